"""Where the official boundaries are, and what must be said beside them. Pure."""

from sources.exceptions import IngestError

# The wording EuroGeographics asks for in the legend of every map.
NOTICE = "© EuroGeographics for the administrative boundaries"
SCALES = ("01M", "03M", "10M", "20M", "60M")
VERSIONS = (2003, 2006, 2010, 2013, 2016, 2021, 2024)


def file_name(*, version: int, scale: str) -> str:
    """GISCO's name of the regions of all levels, longitude and latitude."""
    return f"NUTS_RG_{scale}_{version}_4326.geojson"


def boundary_url(host: str, *, version: int, scale: str) -> str:
    """Address in GISCO's distribution service; IngestError for what it never had."""
    if version not in VERSIONS:
        known = ", ".join(str(year) for year in VERSIONS)
        raise IngestError(f"GISCO has no NUTS {version}. It has {known}.")
    if scale not in SCALES:
        raise IngestError(
            f"GISCO has no scale {scale!r}. It has {', '.join(SCALES)} "
            "(1:1 million to 1:60 million)."
        )
    name = file_name(version=version, scale=scale)
    return f"{host.rstrip('/')}/distribution/v2/nuts/geojson/{name}"
