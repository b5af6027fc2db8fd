"""Flags as one text with a tab between two, in place of an array of texts."""

from django.db import migrations

import indicators.fields

NAMES = ("statuses", "confidentiality")
TABLE = "indicators_vintage"
# On SQLite both are text: a JSON list before, the tabs after.
TO_TABS = (
    "UPDATE {table} SET {name} = (SELECT group_concat(value, char(9))"
    " FROM json_each({name})) WHERE {name} IS NOT NULL"
)
TO_JSON = (
    "UPDATE {table} SET {name} = '[\"' || replace({name}, char(9), '\",\"') || '\"]'"
    " WHERE {name} IS NOT NULL"
)


def to_text(apps, schema_editor):
    _change(schema_editor, TO_TABS, "array_to_string", "text")


def to_arrays(apps, schema_editor):
    _change(schema_editor, TO_JSON, "string_to_array", "text[]")


def _change(schema_editor, sqlite, function, kind):
    for name in NAMES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"ALTER TABLE {TABLE} ALTER COLUMN {name} TYPE {kind}"
                f" USING {function}({name}, E'\\t')"
            )
        else:
            schema_editor.execute(sqlite.format(table=TABLE, name=name))


class Migration(migrations.Migration):
    dependencies = [("indicators", "0007_upload_permission")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(to_text, to_arrays)],
            state_operations=[
                migrations.AlterField(
                    model_name="vintage",
                    name="statuses",
                    field=indicators.fields.FlagsField(
                        blank=True, null=True, verbose_name="statuses"
                    ),
                ),
                migrations.AlterField(
                    model_name="vintage",
                    name="confidentiality",
                    field=indicators.fields.FlagsField(
                        blank=True, null=True, verbose_name="confidentiality"
                    ),
                ),
            ],
        ),
    ]
