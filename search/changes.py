"""Saves and deletions of records lead to their documents, after the commit.

A save never fails for the search: what goes wrong is logged, and the hourly rebuild
makes it good.
"""

import logging
import threading
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import signals

from search.makers import MAKERS
from search.services import refresh
from sources.bulk import written_in_bulk

logger = logging.getLogger(__name__)
UID = "search.changes"


class Pending(threading.local):
    """Records changed in this thread's transaction, by model."""

    def __init__(self) -> None:
        self.keys: dict[type[models.Model], set[int]] = {}

    def take(self) -> dict[type[models.Model], set[int]]:
        taken, self.keys = self.keys, {}
        return taken


pending = Pending()


def connect() -> None:
    """Listen to the models that documents are made of, and to no others."""
    watched = {model for maker in MAKERS for model in (maker.model, *maker.follows)}
    for model in watched:
        signals.post_save.connect(_saved, sender=model, dispatch_uid=UID)
        signals.pre_delete.connect(_deleted, sender=model, dispatch_uid=UID)
        written_in_bulk.connect(_written, sender=model, dispatch_uid=UID)
    for maker in MAKERS:
        for link in maker.links:
            signals.m2m_changed.connect(
                _linked, sender=link.through, dispatch_uid=f"{UID}.{maker.kind}"
            )


def note(model: type[models.Model], keys: Iterable[int]) -> None:
    """Look at these records once the transaction is committed."""
    pending.keys.setdefault(model, set()).update(keys)
    transaction.on_commit(catch_up, robust=True)


def catch_up() -> None:
    """Refresh all documents that tell of the records noted."""
    taken = pending.take()
    for maker in MAKERS:
        keys = set(taken.get(maker.model, ()))
        for model in maker.follows:
            if taken.get(model):
                keys |= maker.following(model, taken[model])
        if keys:
            refresh(maker, keys)


def _saved(sender: type[models.Model], instance: Any, raw: bool, **_: Any) -> None:
    note(sender, [] if raw else [instance.pk])


def _deleted(sender: type[models.Model], instance: Any, **_: Any) -> None:
    """What follows the record is asked now: afterwards nothing leads there."""
    note(sender, [instance.pk])
    for maker in MAKERS:
        if sender in maker.follows:
            note(maker.model, maker.following(sender, [instance.pk]))


def _linked(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **_: Any
) -> None:
    if action.startswith("post_"):
        key = instance.pk
        for maker in MAKERS:
            if any(link.through is sender for link in maker.links):
                note(maker.model, (pk_set or ()) if reverse else [key])


def _written(sender: type[models.Model], **_: Any) -> None:
    """All records of a model, where nobody says which."""
    note(sender, sender._default_manager.values_list("pk", flat=True))
