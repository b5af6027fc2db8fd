"""What the guide explains: terms, and lists such as the six steps."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sources.curation import Curated, Publishable, PublishableQuerySet
from sources.slugs import unique_slug


class GlossaryTerm(Curated):
    """A term in plain words. ``aliases`` are other forms under which it is found."""

    slug = models.SlugField(_("address"), max_length=90, unique=True, blank=True)
    term = models.CharField(_("term"), max_length=120, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    aliases = models.JSONField(_("other forms"), default=list, blank=True)
    definition = models.TextField(_("definition"))
    see_also = models.ManyToManyField(
        "self", blank=True, symmetrical=False, related_name="seen_from"
    )

    objects = PublishableQuerySet["GlossaryTerm"].as_manager()
    history = HistoricalRecords()

    class Meta(Curated.Meta):
        ordering = ["term"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.term

    def prepare(self) -> None:
        if not self.slug:
            self.slug = unique_slug(GlossaryTerm, self.term)

    def get_absolute_url(self) -> str:
        return reverse("guide:term", args=[self.slug])


class CodeList(Curated):
    """A list the guide walks through: RIS3 steps, the assessment wheel, objectives."""

    NATURAL_KEY = ("code",)

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)

    objects = PublishableQuerySet["CodeList"].as_manager()

    class Meta(Curated.Meta):
        ordering = ["code"]
        verbose_name = _("list of the guide")
        verbose_name_plural = _("lists of the guide")

    def __str__(self) -> str:
        return self.title


class CodeListEntryQuerySet(PublishableQuerySet["CodeListEntry"]):
    PARENTS = ("code_list",)

    def headings(self) -> "CodeListEntryQuerySet":
        return self.filter(parent__isnull=True)


class CodeListEntry(Publishable):
    """One line of a list, with its own lines below it where there are any."""

    code_list = models.ForeignKey(CodeList, models.CASCADE, related_name="entries")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = CodeListEntryQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["code_list", "position", "id"]
        verbose_name = _("line of a list")
        verbose_name_plural = _("lines of lists")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["code_list", "code"], name="codelistentry_code_unique"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="codelistentry_parent_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.name
