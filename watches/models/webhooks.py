"""Endpoints of organisations, and the messages that are sent to them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Scope


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def live(self) -> Self:
        """In use, of a person who may sign in and still writes for the organisation."""
        member = Scope.objects.with_role(Scope.Role.CONTRIBUTOR).filter(
            user=OuterRef("user"), organisation=OuterRef("organisation")
        )
        return self.filter(
            Exists(member), state=Endpoint.State.IN_USE, user__is_active=True
        )


class Endpoint(models.Model):
    """An address of an organisation that is told what changed; one person keeps it.

    Its secret is nowhere: it follows from SECRET_KEY and ``salt``
    (``watches.webhooks.signatures``). While a secret is replaced, ``former_salt``
    signs too, until ``former_until``. ``failing_since`` is the first of the failures
    that no success has followed yet. ``why`` says in public words why it is off.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for an administrator")
        IN_USE = "in_use", _("in use")
        REFUSED = "refused", _("refused")
        OFF = "off", _("switched off")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="endpoints",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="endpoints",
        verbose_name=_("organisation"),
    )
    url = models.URLField(_("address"), max_length=500)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.PROPOSED
    )
    why = models.CharField(_("why it is off"), max_length=200, blank=True)
    salt = models.CharField(max_length=32, editable=False)
    former_salt = models.CharField(max_length=32, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.UniqueConstraint(fields=["user", "url"], name="endpoint_unique"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "in_use", "refused", "off"]),
                name="endpoint_state_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return reverse("watches:webhook", args=[self.pk])


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> Self:
        return self.filter(state=Message.State.WAITING)

    def due(self) -> Self:
        return self.waiting().filter(next_at__lte=timezone.now())


class Message(models.Model):
    """One message to an endpoint, and what became of it.

    ``ident`` and ``body`` stay the same however often it is sent, so that the receiver
    can tell a repetition. ``status``, ``problem`` and ``milliseconds`` are of the last
    attempt. It is tried from ``next_at`` on as long as it waits.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("given up")

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="messages")
    ident = models.CharField(_("message"), max_length=40, unique=True)
    is_test = models.BooleanField(_("test"), default=False)
    label = models.CharField(_("about"), max_length=300)
    body = models.TextField(_("content"))
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.WAITING
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now, editable=False)
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField(
        _("duration (ms)"), null=True, blank=True
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="message_due"
            ),
            models.Index(fields=["endpoint", "-created_at"], name="message_log"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "delivered", "failed"]),
                name="message_state_valid",
            )
        ]

    def __str__(self) -> str:
        return self.ident
