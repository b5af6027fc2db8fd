"""OECD dataflows from its SDMX REST API.

The options of the dataflow name the OECD's own: ``flow``, such as
"OECD.CFE.EDS,DSD_REG_ECO@DF_GDP,", and, to take a part of it, ``key``: "A.TL2...".
"""

import re
from typing import Any

from django.conf import settings
from django.db import transaction

from indicators.ingestors.download import Download, check_download, load_download
from indicators.services.definitions import get_dataflow
from indicators.services.ingest import checked_code
from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.registry import Check, Fetcher, FetchRequest

AGENCY = "OECD"
# SDMX-CSV with labels by preference; any form that reader.py knows will do.
ACCEPT = (
    "application/vnd.sdmx.data+csv;version=2.0.0;labels=both, "
    "application/vnd.sdmx.data+csv;labels=both;q=0.9, "
    "application/vnd.sdmx.genericdata+xml;version=2.1;q=0.5, "
    "application/vnd.sdmx.data+json;version=1.0.0;q=0.4"
)
_FLOW = re.compile(r"[A-Z][A-Z0-9_.]*,[A-Za-z0-9_@-]+,[0-9.]*", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_.+-]*", re.ASCII)


def fetch(request: FetchRequest) -> IngestRun:
    """Get a dataflow of the OECD's (or a file of it) and load it whole."""
    return load_download(request, _download(request.code))


def check(request: FetchRequest) -> Check:
    return check_download(request, _download(request.code))


def target(code: str) -> str:
    return f"{AGENCY}:{checked_code(code)}"


@transaction.atomic  # what cannot be fetched leaves no dataflow behind
def _download(code: str) -> Download:
    dataflow = get_dataflow(AGENCY, checked_code(code))
    flow = _option(dataflow.options, "flow", _FLOW, dataflow)
    key = _option(dataflow.options, "key", _KEY, dataflow) or "all"
    url = f"{settings.OECD_HOST}/data/{flow}/{key}?dimensionAtObservation=AllDimensions"
    return Download(dataflow, url, f"{dataflow.code}.csv", ACCEPT)


def _option(
    options: dict[str, Any], name: str, form: re.Pattern[str], dataflow: object
) -> str:
    text = str(options.get(name, ""))
    if form.fullmatch(text) is None:
        raise IngestError(
            f"{dataflow} has {text!r} as option {name} in "
            "indicators/definitions/dataflows.yaml. Write the OECD's own there: a flow "
            "such as 'OECD.CFE.EDS,DSD_REG_ECO@DF_GDP,', a key such as 'A.TL2...'."
        )
    return text


FETCHER = Fetcher(
    name="oecd",
    summary="dataflows by code from the OECD's SDMX API",
    fetch=fetch,
    target=target,
    check=check,
)
