"""Writes of this app: what comes with the portal."""

from practices.services.starter import load_starter_practices

__all__ = ["load_starter_practices"]
