"""Every practice gets the stage that goes with its state; from then on both agree."""

from django.db import migrations, models

HOME = {
    "draft": "draft",
    "in_review": "completeness",
    "scheduled": "scheduled",
    "published": "published",
    "archived": "archived",
}


def give_stages(apps, schema_editor):
    practices = apps.get_model("practices", "GoodPractice").objects
    for state, stage in HOME.items():
        practices.filter(state=state).update(stage=stage)


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_practice_life")]

    operations = [
        migrations.RunPython(give_stages, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="goodpractice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__in", ["draft"]), ("state", "draft")),
                    models.Q(
                        (
                            "stage__in",
                            ["approved", "changes_asked", "completeness", "substance"],
                        ),
                        ("state", "in_review"),
                    ),
                    models.Q(("stage__in", ["scheduled"]), ("state", "scheduled")),
                    models.Q(
                        (
                            "stage__in",
                            [
                                "approved",
                                "changes_asked",
                                "completeness",
                                "published",
                                "revising",
                                "revision_asked",
                                "scheduled",
                                "substance",
                            ],
                        ),
                        ("state", "published"),
                    ),
                    models.Q(
                        ("stage__in", ["archived", "declined", "withdrawn"]),
                        ("state", "archived"),
                    ),
                    _connector="OR",
                ),
                name="goodpractice_stage_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="goodpractice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cost_eur__isnull", True), ("cost_eur__gte", 0), _connector="OR"
                ),
                name="goodpractice_cost_eur_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="goodpractice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "scheduled"), _negated=True),
                    ("publish_at__isnull", False),
                    _connector="OR",
                ),
                name="goodpractice_scheduled_valid",
            ),
        ),
    ]
