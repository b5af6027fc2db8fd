"""Requests for a match, what is proposed, and who is introduced."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_verified_staff"),
        ("practices", "0004_search_text"),
        ("regions", "0002_regionchange_shares_of_new"),
        ("strategies", "0002_search_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Introduction",
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
                ("message", models.TextField(blank=True, verbose_name="first words")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("agreed", "both sides agreed"),
                            ("refused", "the other side declined"),
                            ("ended", "ended"),
                        ],
                        default="asked",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="asked"
                    ),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="answered"
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "reported_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="reported"
                    ),
                ),
                ("report", models.TextField(blank=True, verbose_name="what is wrong")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "introduction",
                "verbose_name_plural": "introductions",
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MatchMessage",
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
                ("text", models.TextField(verbose_name="message")),
                (
                    "written_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="written"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="from",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="practices.introduction",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["written_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="MatchProposal",
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
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("portal", "proposed by the portal"),
                            ("curator", "chosen by a curator"),
                        ],
                        max_length=7,
                        verbose_name="from",
                    ),
                ),
                (
                    "score",
                    models.FloatField(blank=True, null=True, verbose_name="score"),
                ),
                ("reasons", models.JSONField(default=list)),
                (
                    "note",
                    models.TextField(blank=True, verbose_name="note of the curator"),
                ),
                (
                    "is_offered",
                    models.BooleanField(default=True, verbose_name="offered"),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.goodpractice",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": [
                    models.OrderBy(models.F("score"), descending=True, nulls_last=True),
                    "id",
                ],
            },
        ),
        migrations.AddField(
            model_name="introduction",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="introduction",
                to="practices.matchproposal",
            ),
        ),
        migrations.CreateModel(
            name="MatchRequest",
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
                ("challenge", models.TextField(verbose_name="challenge")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open: nothing is proposed yet"),
                            ("proposed", "proposed by the portal"),
                            ("completed", "completed by a curator"),
                            ("introduced", "introduced"),
                            ("closed", "closed"),
                            ("declined", "declined"),
                        ],
                        db_index=True,
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="asked"
                    ),
                ),
                (
                    "touched_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="last change"
                    ),
                ),
                (
                    "silence_asked_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="strategies.domain",
                        verbose_name="domain",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                        verbose_name="region",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "match request",
                "verbose_name_plural": "match requests",
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="matchproposal",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposals",
                to="practices.matchrequest",
            ),
        ),
        migrations.CreateModel(
            name="MatchStep",
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
                ("act", models.CharField(max_length=10, verbose_name="what")),
                (
                    "from_state",
                    models.CharField(blank=True, max_length=10, verbose_name="from"),
                ),
                ("to_state", models.CharField(max_length=10, verbose_name="to")),
                ("part", models.CharField(max_length=7, verbose_name="as")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="when"
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.introduction",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="story",
                        to="practices.matchrequest",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a match",
                "verbose_name_plural": "steps of matches",
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "asked"), _negated=True),
                    ("answered_at__isnull", True),
                    _connector="OR",
                ),
                name="introduction_answered_at_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("practice__isnull", False), ("region__isnull", True)),
                    models.Q(("practice__isnull", True), ("region__isnull", False)),
                    _connector="OR",
                ),
                name="matchproposal_subject_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchproposal",
            constraint=models.UniqueConstraint(
                fields=("request", "region"), name="matchproposal_region_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="matchproposal",
            constraint=models.UniqueConstraint(
                fields=("request", "practice"), name="matchproposal_practice_unique"
            ),
        ),
    ]
