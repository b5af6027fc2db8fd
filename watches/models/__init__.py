"""Who watches what, and the endpoints of organisations that are told."""

from watches.models.watches import Watch
from watches.models.webhooks import Endpoint, Message

__all__ = ["Endpoint", "Message", "Watch"]
