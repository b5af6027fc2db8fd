"""What a message says of its dataflow: checked before the load, kept after it."""

from indicators.models import Dataflow
from indicators.parsers.types import Structure
from indicators.services.spans import Spans
from sources.exceptions import IngestError
from sources.models import IngestRun

MAX_NAME = 400  # Dataflow.name
_WRITTEN = (
    "name", "dimensions", "nuts_version", "edition", "note", "source_updated",
    "fetched_at", "first_period", "last_period",
)  # fmt: skip


def check_dataflow(structure: Structure, dataflow: Dataflow, file: str) -> None:
    """Refuse a message that says it is another dataflow, whatever its dimensions."""
    # The OECD writes DSD_REG@DF_GDP, other publishers a dash or a dot.
    stated = structure.dataflow.rpartition("@")[2]
    if stated and _letters(stated) != _letters(dataflow.code):
        raise IngestError(
            f"{file} says that it holds the dataflow {stated}, not {dataflow.code}. "
            "Nothing was loaded. Check the file, or load it as what it is."
        )


def _letters(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum())


def key_order(structure: Structure, dataflow: Dataflow, file: str) -> list[int]:
    """Positions of the dataflow's dimensions in the file's key."""
    if not dataflow.dimensions:
        dataflow.dimensions = list(structure.dimensions)
    expected, found = list(dataflow.dimensions), list(structure.dimensions)
    if sorted(expected) != sorted(found):
        strange = [name for name in found if name not in expected]
        lacking = [name for name in expected if name not in found]
        problem = "; ".join(
            text
            for names, text in (
                (strange, f"unknown dimension {', '.join(strange)}"),
                (lacking, f"missing dimension {', '.join(lacking)}"),
            )
            if names
        )
        raise IngestError(
            f"{file}, line 1: {problem}. {dataflow} has the dimensions "
            f"{', '.join(expected)} besides geo and time. Check the dataflow code."
        )
    return [found.index(name) for name in expected]


def update_facts(
    dataflow: Dataflow,
    structure: Structure,
    run: IngestRun,
    *,
    spans: Spans,
    complete: bool,
) -> None:
    """Write down what the message says, and the periods held."""
    dataflow.name = dataflow.name or structure.name[:MAX_NAME]
    if complete:
        # What was said of the edition held before is no longer true.
        dataflow.edition = dataflow.note = ""
    _update_span(dataflow, spans, complete=complete)
    if structure.updated:
        dataflow.source_updated = structure.updated
        run.source_updated = structure.updated
    dataflow.save(update_fields=_WRITTEN)


def _update_span(dataflow: Dataflow, spans: Spans, *, complete: bool) -> None:
    """The periods held; texts of one frequency sort by time."""
    texts = spans.texts()
    if not (complete and texts):
        texts += [dataflow.first_period, dataflow.last_period]
    known = [text for text in texts if text]
    if known:
        dataflow.first_period = min(known)
        dataflow.last_period = max(known)
