"""Funding programmes, their calls and themes, and support without money."""

from programmes.models.calls import (
    Call,
    InterventionType,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeTheme,
)
from programmes.models.programmes import (
    EligibleArea,
    Period,
    PolicyArea,
    Programme,
    Succession,
)
from programmes.models.support import SupportActivity

__all__ = [
    "Call",
    "EligibleArea",
    "InterventionType",
    "Period",
    "PolicyArea",
    "Programme",
    "ProgrammeFact",
    "ProgrammePriority",
    "ProgrammeTheme",
    "Succession",
    "SupportActivity",
]
