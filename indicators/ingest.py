"""What the indicators app can fetch."""

from indicators.services.ingest import fetch_eurostat
from sources.registry import Fetcher, register

register(
    Fetcher(
        name="eurostat",
        summary="datasets by code from Eurostat's dissemination API",
        fetch=fetch_eurostat,
    )
)
