"""Domains, strategies with their priorities, and what the guide explains."""

from strategies.models.domains import Domain, Theme
from strategies.models.guide import CodeList, CodeListEntry, GlossaryTerm
from strategies.models.strategies import Priority, Strategy

__all__ = [
    "CodeList",
    "CodeListEntry",
    "Domain",
    "GlossaryTerm",
    "Priority",
    "Strategy",
    "Theme",
]
