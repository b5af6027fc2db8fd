"""Bringing the curated YAML definitions into the database."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from indicators.choices import ConversionKind, ConversionWeight
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
        if entry.get("on_demand") and not _is_held(entry):
            continue
        dataflow = get_dataflow(entry["agency"], entry["code"])
        _sync_releases(dataflow, entry)
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
    known_flow = _entry(catalogue, agency, code)
    dataflow, _created = Dataflow.objects.get_or_create(
        agency=agency,
        code=code,
        defaults={
            "source": sync_source(publisher),
            "name": known_flow.get("name", ""),
            "dimensions": known_flow.get("dimensions", []),
            "licence": publisher["licence"],
            "url": dataflow_url(agency, code),
            **_releases(known_flow),
        },
    )
    return dataflow


def _fetcher(entry: dict[str, Any]) -> str:
    """A table that has no address yet is not asked for, so no schedule fails."""
    fetcher: str = entry.get("fetcher", "")
    if fetcher != "table" or entry.get("address"):
        return fetcher
    target = f"{entry['agency']}:{entry['code']}"
    return fetcher if target in settings.TABLE_ADDRESSES else ""


def _entry(catalogue: Any, agency: str, code: str) -> dict[str, Any]:
    """What the definitions say of a dataflow; empty for one that they do not name."""
    found = (
        entry
        for entry in catalogue["dataflows"]
        if (entry["agency"], entry["code"]) == (agency, code)
    )
    return next(found, {})


def options_of(agency: str, code: str) -> dict[str, Any]:
    """The options of a dataflow, also of one that was never loaded."""
    held = Dataflow.objects.filter(agency=agency, code=code)
    options: dict[str, Any] | None = held.values_list("options", flat=True).first()
    if options is None:
        entry = _entry(read_definitions("dataflows"), agency, code)
        options = entry.get("options", {})
    return options


def known_agency(code: str) -> str:
    """The agency of the only dataflow of that code; IngestError for none or several."""
    entries = read_definitions("dataflows")["dataflows"]
    agencies = {entry["agency"] for entry in entries if entry["code"] == code}
    agencies |= set(Dataflow.objects.filter(code=code).values_list("agency", flat=True))
    if len(agencies) != 1:
        found = ", ".join(sorted(agencies)) or "none"
        raise IngestError(
            f"{code!r} is a dataflow of these agencies: {found}. "
            f"Write the agency before it, such as OECD:{code}."
        )
    return str(agencies.pop())


def _releases(entry: dict[str, Any]) -> dict[str, Any]:
    """How often the publisher releases it, and how the portal gets it."""
    return {
        "fetcher": _fetcher(entry),
        "address": entry.get("address", ""),
        "options": entry.get("options", {}),
        "release_every": entry.get("release_every"),
        "is_discontinued": entry.get("discontinued", False),
    }


def _is_held(entry: dict[str, Any]) -> bool:
    flows = Dataflow.objects.filter(agency=entry["agency"], code=entry["code"])
    return flows.exists()


def _sync_releases(dataflow: Dataflow, entry: dict[str, Any]) -> None:
    wanted = _releases(entry)
    if any(getattr(dataflow, name) != value for name, value in wanted.items()):
        Dataflow.objects.filter(pk=dataflow.pk).update(**wanted)


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
    fields |= {
        "conversion": entry.get("conversion", ConversionKind.NONE),
        "weight": entry.get("weight", ConversionWeight.POPULATION),
    }
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
