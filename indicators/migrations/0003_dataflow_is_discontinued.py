from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_dataflow_fetching"),
    ]

    operations = [
        migrations.AddField(
            model_name="dataflow",
            name="is_discontinued",
            field=models.BooleanField(default=False, verbose_name="no longer updated"),
        ),
    ]
