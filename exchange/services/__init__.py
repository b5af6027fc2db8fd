"""Writes of this app: an import from upload to undo."""

from exchange.services.batches import RefusedError, adjust, confirm, discard, take
from exchange.services.undo import undo

__all__ = ["RefusedError", "adjust", "confirm", "discard", "take", "undo"]
