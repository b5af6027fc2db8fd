"""Folded texts, so that words are found however their accents are written."""

from django.db import migrations, models

from regions.text import fold

TEXTS = {
    "Strategy": ("area_name", "nuts_code", "title", "description"),
    "Priority": ("name", "description"),
}


def fill(apps, schema_editor):
    for name, texts in TEXTS.items():
        model = apps.get_model("strategies", name)
        rows = list(model.objects.only(*texts))
        for row in rows:
            row.search_text = fold(" ".join(getattr(row, text) for text in texts))
        model.objects.bulk_update(rows, ["search_text"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("strategies", "0001_initial")]

    operations = [
        migrations.AddField(
            "strategy", "search_text", models.TextField(default="", editable=False)
        ),
        migrations.AddField(
            "priority", "search_text", models.TextField(default="", editable=False)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
