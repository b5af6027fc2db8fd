"""Folded texts, so that words are found however their accents are written."""

from django.db import migrations, models

from regions.text import fold


def fill(apps, schema_editor):
    project = apps.get_model("projects", "Project")
    texts = ("acronym", "also_known_as", "name", "programme_number", "summary")
    rows = list(project.objects.only(*texts))
    for row in rows:
        row.search_text = fold(" ".join(getattr(row, name) for name in texts))
    project.objects.bulk_update(rows, ["search_text"], batch_size=500)
    partner = apps.get_model("projects", "Partner")
    rows = list(partner.objects.only("name", "town"))
    for row in rows:
        row.search_text = fold(f"{row.name} {row.town}")[:400]
    partner.objects.bulk_update(rows, ["search_text"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        migrations.AddField(
            "project", "search_text", models.TextField(default="", editable=False)
        ),
        migrations.AddField(
            "partner",
            "search_text",
            models.CharField(default="", editable=False, max_length=400),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
