"""Writes of this app: what comes with the portal."""

from strategies.services.guide import load_starter_guide
from strategies.services.starter import load_starter_strategies
from strategies.services.vocabulary import load_starter_vocabulary

__all__ = [
    "load_starter_guide",
    "load_starter_strategies",
    "load_starter_vocabulary",
]
