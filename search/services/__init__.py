"""Writes of the search: one record's document, or all of them."""

from search.services.rebuild import Rebuilt, rebuild
from search.services.refresh import refresh

__all__ = ["Rebuilt", "rebuild", "refresh"]
