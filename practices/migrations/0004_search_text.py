"""Folded texts, so that words are found however their accents are written."""

from django.db import migrations, models

from regions.text import fold

TEXTS = (
    "title",
    "summary",
    "description",
    "organisation_name",
    "project_name",
    "resources_needed",
    "evidence_of_success",
    "difficulties",
    "not_worked",
    "transfer_potential",
    "preconditions",
)


def fill(apps, schema_editor):
    practice = apps.get_model("practices", "GoodPractice")
    rows = list(practice.objects.only(*TEXTS))
    for row in rows:
        row.search_text = fold(" ".join(getattr(row, name) for name in TEXTS))
    practice.objects.bulk_update(rows, ["search_text"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("practices", "0003_stages")]

    operations = [
        migrations.AddField(
            "goodpractice", "search_text", models.TextField(default="", editable=False)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
