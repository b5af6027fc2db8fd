"""A CSV or XLSX table at an address that an operator configured.

The definitions give the dataflow its ``address`` and, in ``options``, the mapping of
its columns; the environment (TABLE_ADDRESSES) may give another address.
"""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from indicators.ingestors.download import Download, check_download, load_download
from indicators.models import Dataflow
from indicators.services.definitions import get_dataflow, known_agency
from indicators.services.ingest import checked_code
from sources.addresses import refuse_address
from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.registry import Check, Fetcher, FetchRequest


def fetch(request: FetchRequest) -> IngestRun:
    """Get the table of a dataflow (or a file of it) and load it whole."""
    return load_download(request, _download(request))


def check(request: FetchRequest) -> Check:
    return check_download(request, _download(request))


def target(code: str) -> str:
    """``AGENCY:code``; the agency may be left out where the definitions know it."""
    agency, _colon, rest = code.rpartition(":")
    rest = checked_code(rest)
    return f"{agency or known_agency(rest)}:{rest}"


def address_of(dataflow: Dataflow) -> str:
    """Where the table is; "" where nobody has said so."""
    return str(settings.TABLE_ADDRESSES.get(dataflow.target, dataflow.address))


@transaction.atomic  # what cannot be fetched leaves no dataflow behind
def _download(request: FetchRequest) -> Download:
    dataflow = get_dataflow(*target(request.code).split(":"))
    url = address_of(dataflow)
    if request.file is None:
        _refuse(url, dataflow)
    name = PurePosixPath(urlsplit(url).path).name or dataflow.code
    return Download(dataflow, url, name)


def _refuse(url: str, dataflow: Dataflow) -> None:
    if not url:
        raise IngestError(
            f"{dataflow} has no address. Set TABLE_ADDRESSES={dataflow}=https://... or "
            "give it one in indicators/definitions/dataflows.yaml."
        )
    refuse_address(
        url,
        hosts=settings.TABLE_HOSTS,
        private_hosts=settings.TABLE_PRIVATE_HOSTS,
    )


FETCHER = Fetcher(
    name="table",
    summary="CSV and XLSX tables by code from their configured addresses",
    fetch=fetch,
    target=target,
    check=check,
)
