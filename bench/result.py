"""One measurement, the table of them, and the file they are kept in."""

import json
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Result:
    """A median with its unit, how it compares to a floor, and its bound.

    ``bound`` is the largest value allowed, in ``unit``; ``bound_on`` says whether it
    holds for the value or for the ratio to the floor. None: for information only.
    """

    name: str
    value: float
    unit: str
    bound: float | None
    ratio: float | None = None
    floor: str = ""
    bound_on: str = "value"

    @property
    def passed(self) -> bool:
        if self.bound is None:
            return True
        measured = self.ratio if self.bound_on == "ratio" else self.value
        return measured is not None and measured <= self.bound

    def row(self) -> tuple[str, str, str, str, str]:
        """Name, value, ratio, bound and verdict as texts."""
        ratio = f"{self.ratio:.1f} x {self.floor}" if self.ratio is not None else ""
        unit = "x" if self.bound_on == "ratio" else self.unit
        return (
            self.name,
            f"{self.value:,.1f} {self.unit}",
            ratio,
            "" if self.bound is None else f"<= {self.bound:g} {unit}",
            "" if self.bound is None else "PASS" if self.passed else "FAIL",
        )


def median_ms(function: Callable[[], object], *, runs: int = 30) -> float:
    """The median time of a call in milliseconds; the first two calls warm up."""
    times = []
    for _ in range(runs + 2):
        began = perf_counter()
        function()
        times.append((perf_counter() - began) * 1000)
    return median(times[2:])


def table(results: list[Result]) -> str:
    """The results as aligned columns."""
    rows = [("measured", "median", "against", "bound", "")]
    rows += [result.row() for result in results]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )


def save(results: list[Result], folder: Path) -> Path:
    """Write the results as JSON, named by the moment; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(UTC)
    path = folder / f"{moment:%Y%m%dT%H%M%SZ}.json"
    content = {
        "measured_at": moment.isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.platform(),
        "results": [{**asdict(item), "passed": item.passed} for item in results],
    }
    path.write_text(json.dumps(content, indent=2) + "\n")
    return path
