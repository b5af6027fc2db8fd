"""The full-text index of the database in use."""

from django.db import migrations


def install(apps, schema_editor):
    from search.engines import engine

    for warning in engine().install():
        print(f"\n  {warning}")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
