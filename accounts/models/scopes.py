"""Who may edit what: a role within a territory, a programme or an organisation."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from regions.models import Region


class ScopeQuerySet(models.QuerySet["Scope"]):
    def with_role(self, role: str) -> Self:
        return self.filter(role=role)


class Scope(models.Model):
    """One role of one person, and how far it reaches.

    A curator's role reaches everywhere. A regional editor has a region, a programme
    secretariat the code of a programme (its slug, as programmes lie above accounts),
    a contributor an organisation; an expert may have a region or none.
    """

    class Role(models.TextChoices):
        CURATOR = "curator", _("curator")
        REGIONAL_EDITOR = "regional_editor", _("regional editor")
        SECRETARIAT = "secretariat", _("programme secretariat")
        EXPERT = "expert", _("thematic expert")
        CONTRIBUTOR = "contributor", _("contributor")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="scopes"
    )
    role = models.CharField(_("role"), max_length=15, choices=Role)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="scopes"
    )
    programme_code = models.SlugField(_("programme"), max_length=90, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="scopes"
    )

    objects = ScopeQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role"]
        verbose_name = _("role and scope")
        verbose_name_plural = _("roles and scopes")
        constraints = [
            # Two rows without a region are the same scope: null must count as equal.
            models.UniqueConstraint(
                "user",
                "role",
                Coalesce("region", 0),
                "programme_code",
                Coalesce("organisation", 0),
                name="scope_unique",
            ),
            models.CheckConstraint(
                condition=~Q(role="regional_editor") | Q(region__isnull=False),
                name="scope_region_valid",
            ),
            models.CheckConstraint(
                condition=~Q(role="secretariat") | ~Q(programme_code=""),
                name="scope_programme_code_valid",
            ),
            models.CheckConstraint(
                condition=~Q(role="contributor") | Q(organisation__isnull=False),
                name="scope_organisation_valid",
            ),
        ]

    def __str__(self) -> str:
        reach = self.region or self.programme_code or self.organisation
        return (
            f"{self.get_role_display()}: {reach}" if reach else self.get_role_display()
        )
