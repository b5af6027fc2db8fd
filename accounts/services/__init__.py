"""Writes of this app."""

from accounts.services.starter import load_starter_organisations

__all__ = ["load_starter_organisations"]
