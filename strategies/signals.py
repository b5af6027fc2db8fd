"""What follows when a term changes: texts link the new forms at once."""

from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from strategies.glossary import KEY
from strategies.models import GlossaryTerm


@receiver([post_save, post_delete], sender=GlossaryTerm)
def forget_forms(**_: Any) -> None:
    cache.delete(KEY)
