"""What the geo codes of a file mean, before anything is loaded."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from indicators.models import Dataflow, ReferenceArea
from regions.codes import GeoKind, classify_geo, nuts_country, resolve_version
from regions.models import Region

LIKENESS = 50  # of 100: ES99 and ES21 are half alike


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """A code nobody knows, with the line it is on and the likeliest one meant."""

    code: str
    line: int
    suggestion: str = ""
    name: str = ""

    @property
    def sentence(self) -> str:
        """The code, its place, and what was probably meant."""
        place = _("Line %(line)s:") % {"line": self.line} if self.line else ""
        problem = _("unknown geo code %(code)r.") % {"code": self.code}
        meant = _("Is %(code)s, %(name)s, meant?") if self.suggestion else ""
        words = {"code": self.suggestion, "name": self.name}
        return " ".join(part for part in (place, problem, meant % words) if part)


class GeoCodes:
    """The codes of all NUTS versions, looked at for one dataflow; two queries."""

    def __init__(self, dataflow: Dataflow) -> None:
        self.dataflow = dataflow
        self.names: dict[int, dict[str, str]] = defaultdict(dict)
        rows = Region.objects.values_list("version", "code", "name")
        for version, code, name in rows:
            self.names[version][code] = name
        self.known = {code for names in self.names.values() for code in names}
        self.held = set(
            ReferenceArea.objects.filter(dataflow_id=dataflow.pk).values_list(
                "code", flat=True
            )
        )

    def kinds(self, codes: Collection[str]) -> Counter[str]:
        """How many codes are regions, aggregates and so on; names for people."""
        kinds = (self._kind(code) for code in codes)
        labels = dict(ReferenceArea.Kind.choices)
        return Counter(
            str(labels[kind.value]) for kind in kinds if kind is not GeoKind.UNKNOWN
        )

    def is_unknown(self, code: str) -> bool:
        return code not in self.held and self._kind(code) is GeoKind.UNKNOWN

    def version(self, codes: Collection[str]) -> int:
        """The NUTS version that would prevail once these codes are loaded."""
        stated = self.dataflow.options.get("nuts_version")
        if stated in self.names:
            return int(stated)
        agency = self.dataflow.agency
        nuts = {nuts_country(code, agency=agency) or code for code in codes}
        return resolve_version(self.held | nuts, self.names)

    def name(self, code: str, version: int) -> str:
        """The region's name; "" for a code that is no region."""
        nuts_code = nuts_country(code, agency=self.dataflow.agency) or code
        for candidate in (version, *sorted(self.names, reverse=True)):
            if nuts_code in self.names[candidate]:
                return self.names[candidate][nuts_code]
        return ""

    def unknown(self, code: str, line: int, version: int) -> UnknownCode:
        """The code with the valid one that is most like it, if one is."""
        choices = self.names[version]
        upper = code.upper()
        found = process.extractOne(
            upper, choices.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS
        )
        if found is None:
            return UnknownCode(code, line)
        return UnknownCode(code, line, found[0], choices[found[0]])

    def _kind(self, code: str) -> GeoKind:
        return classify_geo(code, self.known, agency=self.dataflow.agency)
