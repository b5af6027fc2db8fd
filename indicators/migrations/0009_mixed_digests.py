"""Digests of vintages anew: they are mixed from numbers now, and no longer from text."""

from django.db import migrations

from indicators.batches import SeriesBatch
from indicators.series import Observations

SIZE = 5_000
CONTENT = ("frequency", "start", "values", "statuses", "confidentiality")

POSTGRESQL = (
    "UPDATE indicators_vintage SET digest = given.digest "
    "FROM unnest(%s::bigint[], %s::bigint[]) AS given (id, digest) "
    "WHERE indicators_vintage.id = given.id"
)
OTHERS = "UPDATE indicators_vintage SET digest = %s WHERE id = %s"


def renew(apps, schema_editor):
    vintages = apps.get_model("indicators", "Vintage").objects.order_by("pk")
    last = 0
    while rows := list(vintages.filter(pk__gt=last).values_list("pk", *CONTENT)[:SIZE]):
        items = [Observations.canonical(*row[1:]) for row in rows]
        digests = SeriesBatch.of(items).digests().tolist()
        keys = [row[0] for row in rows]
        with schema_editor.connection.cursor() as cursor:
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL, [keys, digests])
            else:
                cursor.executemany(OTHERS, list(zip(digests, keys, strict=True)))
        last = keys[-1]


class Migration(migrations.Migration):
    dependencies = [("indicators", "0008_flags_as_text")]

    operations = [migrations.RunPython(renew, elidable=True)]
