from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("indicators", "0006_fast_load"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="dataflow",
            options={
                "ordering": ["agency", "code"],
                "permissions": [("upload_observations", "Can upload observations")],
                "verbose_name": "dataflow",
                "verbose_name_plural": "dataflows",
            },
        ),
    ]
