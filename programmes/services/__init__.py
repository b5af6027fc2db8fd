"""Writes of this app: what comes with the portal."""

from programmes.services.starter import load_starter_programmes

__all__ = ["load_starter_programmes"]
