"""Bringing the curated YAML definitions into the database."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from indicators.models import Dataflow, Indicator
from sources.exceptions import IngestError
from sources.models import Source

FOLDER = Path(__file__).resolve().parent.parent / "definitions"


def read_definitions(name: str) -> Any:
    """The parsed YAML file ``indicators/definitions/<name>.yaml``."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def sync_definitions() -> None:
    """Make sources, dataflows and indicators agree with the YAML files.

    Safe to repeat. An indicator that is no longer defined is removed; its data, which
    belong to the dataflow, stay.
    """
    catalogue = read_definitions("dataflows")
    for entry in catalogue["sources"]:
        sync_source(entry)
    for entry in catalogue["dataflows"]:
        get_dataflow(entry["agency"], entry["code"])
    definitions = read_definitions("indicators")
    # Ratios name other indicators, so those come first.
    for position, entry in sorted(
        enumerate(definitions), key=lambda item: "numerator" in item[1]
    ):
        _sync_indicator(entry, position)
    Indicator.objects.exclude(
        slug__in=[entry["slug"] for entry in definitions]
    ).delete()


def sync_source(entry: dict[str, Any]) -> Source:
    fields = {name: entry[name] for name in entry if name not in ("code", "agencies")}
    source, _created = Source.objects.update_or_create(
        code=entry["code"], defaults=fields
    )
    return source


def get_dataflow(agency: str, code: str) -> Dataflow:
    """The dataflow's row, made on first use; IngestError for a strange agency."""
    # Found first: a load must not write, and so hold, the row of its publisher.
    found = Dataflow.objects.filter(agency=agency, code=code).first()
    return found or _new_dataflow(agency, code)


def _new_dataflow(agency: str, code: str) -> Dataflow:
    catalogue = read_definitions("dataflows")
    publisher = next(
        (item for item in catalogue["sources"] if agency in item["agencies"]), None
    )
    if publisher is None:
        known = sorted(
            name for item in catalogue["sources"] for name in item["agencies"]
        )
        raise IngestError(
            f"Agency {agency!r} is not known. Known: {', '.join(known)}. "
            "Add it with its licence to indicators/definitions/dataflows.yaml."
        )
    known_flow: dict[str, Any] = next(
        (
            item
            for item in catalogue["dataflows"]
            if (item["agency"], item["code"]) == (agency, code)
        ),
        {},
    )
    dataflow, _created = Dataflow.objects.get_or_create(
        agency=agency,
        code=code,
        defaults={
            "source": sync_source(publisher),
            "name": known_flow.get("name", ""),
            "dimensions": known_flow.get("dimensions", []),
            "licence": publisher["licence"],
            "url": dataflow_url(agency, code),
        },
    )
    return dataflow


def dataflow_url(agency: str, code: str) -> str:
    """Where a person can see the dataset at its publisher."""
    if agency == "ESTAT":
        return f"https://ec.europa.eu/eurostat/databrowser/view/{code}/default/table"
    return ""


def _sync_indicator(entry: dict[str, Any], position: int) -> None:
    fields = {
        name: entry.get(name, "")
        for name in (
            "name", "question", "theme", "definition", "why_it_matters", "caution",
            "unit", "unit_short", "direction", "decimals", "formula",
        )
    }  # fmt: skip
    fields |= {"position": position, "is_headline": entry["headline"]}
    Indicator.objects.update_or_create(
        slug=entry["slug"], defaults=fields | _origin(entry)
    )


def _origin(entry: dict[str, Any]) -> dict[str, Any]:
    if "numerator" in entry:
        return {
            "dataflow": None,
            "slice_key": "",
            "numerator": Indicator.objects.get(slug=entry["numerator"]),
            "denominator": Indicator.objects.get(slug=entry["denominator"]),
            "factor": float(entry.get("factor", 1)),
        }
    dataflow = get_dataflow(*entry["dataflow"].split(":"))
    return {
        "dataflow": dataflow,
        "slice_key": ".".join(entry["slice"][name] for name in dataflow.dimensions),
        "numerator": None,
        "denominator": None,
        "factor": 1.0,
    }
