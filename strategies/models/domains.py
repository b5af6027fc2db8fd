"""The vocabularies by which priorities, projects and practices are found."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.slugs import unique_slug


class DomainQuerySet(models.QuerySet["Domain"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def headings(self) -> Self:
        """The broad domains; the fine ones hang below them."""
        return self.filter(parent__isnull=True)


class Domain(models.Model):
    """What a priority is about, in one of three code lists after Eye@RIS3.

    Economic domains build on NACE and OECD categories, scientific ones on NABS 2007.
    Codes are the portal's own (``ict``, ``07.04``) and unique within a kind; the
    note on how far the lists follow the original is the code list ``eye-ris3``.
    """

    class Kind(models.TextChoices):
        ECONOMIC = "economic", _("economic domain")
        SCIENTIFIC = "scientific", _("scientific domain")
        POLICY = "policy", _("policy objective")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = DomainQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "code"]
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"], name="domain_kind_code_unique"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="domain_parent_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("strategies:domain", args=[self.kind, self.code])


class Theme(models.Model):
    """A plain word under which projects and practices are found ("clusters").

    ``domains`` are those that whatever carries the theme is about, as a first draft.
    """

    slug = models.SlugField(_("address"), max_length=90, unique=True, blank=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    domains = models.ManyToManyField(
        Domain, blank=True, related_name="themes", verbose_name=_("domains")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.slug:
            self.slug = unique_slug(Theme, self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
