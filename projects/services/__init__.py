"""Writes of this app: what comes with the portal."""

from projects.services.starter import load_starter_projects

__all__ = ["load_starter_projects"]
