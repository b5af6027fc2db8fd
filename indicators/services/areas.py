"""From a geo code as published to the region it means, one dataflow at a time."""

from collections import defaultdict

from django.conf import settings

from indicators.models import Dataflow, ReferenceArea
from indicators.services.stores import Newcomers
from regions.codes import GeoKind, classify_geo, nuts_country, resolve, resolve_version
from regions.models import Region
from sources.exceptions import IngestError

ADVICE = (
    "Nothing was loaded. Correct the code, or load the NUTS version it belongs to "
    "(manage.py load_starter brings 2010 to 2024)."
)


class AreaResolver:
    """Finds or makes the reference areas of one dataflow during a load.

    Codes nobody knows are collected with their lines, so that one message names all.
    """

    def __init__(self, dataflow: Dataflow, newcomers: Newcomers) -> None:
        self.dataflow = dataflow
        self.newcomers = newcomers
        self.codes_by_version: dict[int, dict[str, int]] = defaultdict(dict)
        rows = Region.objects.values_list("version", "code", "id")
        for version, code, region_id in rows:
            self.codes_by_version[version][code] = region_id
        if not self.codes_by_version:
            raise IngestError(
                "No NUTS regions are loaded, so no geo code can be understood. "
                "Run manage.py load_starter first."
            )
        self.known = {
            code for codes in self.codes_by_version.values() for code in codes
        }
        self.ids: dict[str, int] = dict(
            ReferenceArea.objects.filter(dataflow_id=dataflow.pk).values_list(
                "code", "id"
            )
        )
        self.unknown: dict[str, int] = {}

    def area_id(self, code: str, line: int) -> int | None:
        """The area's id; None when the code is unknown (and now on the list).

        The id of an area met first is below zero (see ``Newcomers``).
        """
        found = self.ids.get(code)
        if found is not None or code in self.unknown:
            return found
        kind = self._kind(code)
        if kind is GeoKind.UNKNOWN:
            self.unknown[code] = line
            return None
        region_id = (
            self._region_id(code, settings.NUTS_VERSION)
            if kind is GeoKind.REGION
            else None
        )
        self.ids[code] = self.newcomers.add_area(code, kind.value, region_id)
        return self.ids[code]

    def settle(self) -> int:
        """Point every region code at the NUTS version that prevails in the dataflow.

        All areas are stored by now. Returns how many codes mean another region than
        before.
        """
        areas = list(
            ReferenceArea.objects.filter(
                dataflow=self.dataflow, kind=ReferenceArea.Kind.REGION
            )
        )
        prevailing = self._stated_version() or resolve_version(
            {self._nuts_code(area.code) for area in areas}, self.codes_by_version
        )
        moved = []
        for area in areas:
            region_id = self._region_id(area.code, prevailing)
            if region_id != area.region_id:
                area.region_id = region_id
                moved.append(area)
        ReferenceArea.objects.bulk_update(moved, ["region"], batch_size=500)
        self.dataflow.nuts_version = prevailing
        return len(moved)

    def refuse_unknown(self, file: str) -> None:
        """Raise IngestError that names every unknown code with its line."""
        if not self.unknown:
            return
        lines = [
            f"{file}, line {line}: unknown geo code {code!r}"
            if line
            else f"{file}: unknown geo code {code!r}"
            for code, line in self.unknown.items()
        ]
        more = f" (and {len(lines) - 1} more codes)" if len(lines) > 1 else ""
        raise IngestError(f"{lines[0]}{more}. {ADVICE}", lines)

    def _stated_version(self) -> int | None:
        """The NUTS version that the options of the dataflow state, if it is loaded."""
        stated = self.dataflow.options.get("nuts_version")
        return stated if stated in self.codes_by_version else None

    def _kind(self, code: str) -> GeoKind:
        if self._nuts_code(code) in self.known:
            return GeoKind.REGION
        return classify_geo(code, self.known, agency=self.dataflow.agency)

    def _nuts_code(self, code: str) -> str:
        """The NUTS code of a country written in ISO (AUT, GR); others unchanged."""
        if code in self.known:
            return code
        return nuts_country(code, agency=self.dataflow.agency) or code

    def _region_id(self, code: str, prevailing: int) -> int:
        nuts_code = self._nuts_code(code)
        version = resolve(nuts_code, prevailing, self.codes_by_version)
        return self.codes_by_version[version][nuts_code]
