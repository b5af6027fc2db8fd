"""What writers in bulk say, as ``bulk_create`` and ``update`` send no signal.

``written_in_bulk.send(Model)`` after such a write, inside its transaction: whoever
keeps something derived of the model's records (the search) looks at all of them.
"""

from django.dispatch import Signal

written_in_bulk = Signal()
