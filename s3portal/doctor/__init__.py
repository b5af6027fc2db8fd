"""What is wrong with an installation: small checks, each with its advice.

``installation`` looks at this machine, ``processes`` at what runs, ``content`` at what
the database and the folders hold.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MODULES = ("installation", "processes", "content")


class Result(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """What a check saw (``message``) and what to do about it (``advice``)."""

    result: Result
    message: str
    advice: str = ""


@dataclass(frozen=True)
class Options:
    """``is_deep``: read every snapshot instead of some; ``wait``: seconds a worker has
    to answer."""

    is_deep: bool = False
    wait: float = 2.0


Look = Callable[[Options], Finding]
CHECKS: dict[str, Look] = {}


def check(name: str) -> Callable[[Look], Look]:
    """Register a check under the name the report shows."""

    def register(look: Look) -> Look:
        CHECKS[name] = look
        return look

    return register


def ok(message: str) -> Finding:
    return Finding(Result.OK, message)


def warn(message: str, advice: str) -> Finding:
    return Finding(Result.WARN, message, advice)


def fail(message: str, advice: str) -> Finding:
    return Finding(Result.FAIL, message, advice)


def examine(options: Options) -> Iterator[tuple[str, Finding]]:
    """Run every check; one that breaks is a finding too, and the rest go on."""
    for module in MODULES:
        importlib.import_module(f"s3portal.doctor.{module}")
    for name, look in CHECKS.items():
        try:
            yield name, look(options)
        except Exception as error:  # a broken installation breaks checks in any way
            yield name, _broken(error)


def _broken(error: Exception) -> Finding:
    from s3portal import faults  # needs the settings

    text = faults.sentence(error)
    if text:
        return fail(text, "See the first failed check.")
    return fail(
        f"The check itself failed: {type(error).__name__}: {error}.",
        "See the first failed check.",
    )
