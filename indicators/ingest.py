"""What the indicators app can fetch."""

from indicators.ingestors import oecd, table, upload
from indicators.services.eurostat import check_eurostat
from indicators.services.ingest import eurostat_target, fetch_eurostat
from sources.registry import Fetcher, register

register(
    Fetcher(
        name="eurostat",
        summary="datasets by code from Eurostat's dissemination API",
        fetch=fetch_eurostat,
        target=eurostat_target,
        check=check_eurostat,
    )
)
for ingestor in (oecd, table, upload):
    register(ingestor.FETCHER)
