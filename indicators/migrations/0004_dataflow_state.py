import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_dataflow_is_discontinued"),
        ("sources", "0002_run_lifecycle"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataflowState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("valid_to", models.DateTimeField(verbose_name="true until")),
                (
                    "edition",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="edition"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "source_updated",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="source release"
                    ),
                ),
                (
                    "fetched_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="fetched"),
                ),
                (
                    "first_period",
                    models.CharField(
                        blank=True, max_length=10, verbose_name="first period"
                    ),
                ),
                (
                    "last_period",
                    models.CharField(
                        blank=True, max_length=10, verbose_name="last period"
                    ),
                ),
                (
                    "nuts_version",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="prevailing NUTS version"
                    ),
                ),
                (
                    "areas",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="regions meant"
                    ),
                ),
                (
                    "dataflow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past",
                        to="indicators.dataflow",
                    ),
                ),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dataflow_before",
                        to="sources.ingestrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier state of a dataflow",
                "verbose_name_plural": "earlier states of dataflows",
                "ordering": ["dataflow", "valid_to"],
                "permissions": [("roll_back", "Can roll back a run")],
                "indexes": [
                    models.Index(
                        fields=["dataflow", "valid_to"],
                        name="dataflowstate_valid_to_idx",
                    )
                ],
            },
        ),
    ]
