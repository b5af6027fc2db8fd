"""A region's page as data: identity, key figures, trends by theme, sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils import timezone

from dashboards.exhibits.base import SourceLine, source_lines
from dashboards.figures.sparkline import Sparkline, Strip, sparkline, strip
from dashboards.overview import Overview, Standing
from indicators.frames import IndicatorFrame, Observation, Origin
from indicators.models import Indicator
from indicators.queries import indicator_frames
from indicators.reading import Reading
from regions.atlas import Atlas, Territory

# A figure more than so many years behind the calendar carries "older data".
OLDER_AFTER_YEARS = 5


@dataclass(frozen=True)
class KeyFigure:
    """An indicator's latest value for one region, with what to compare it to.

    ``country`` and ``eu`` are values of the same period; the boolean beside each says
    that no total is published and the median region stands in.
    """

    overview: Overview
    territory: Territory
    observation: Observation

    @property
    def indicator(self) -> Indicator:
        return self.overview.indicator

    @cached_property
    def standing(self) -> Standing:
        """Its places among regions of the same level."""
        return self.overview.standing_of(
            self.territory.code, self.observation.time_period
        )

    @cached_property
    def country(self) -> tuple[float | None, bool]:
        return self.overview.country_value(
            self.territory.country, self.observation.time_period
        )

    @cached_property
    def eu(self) -> tuple[float | None, bool]:
        return self.overview.eu_value(self.observation.time_period)

    @cached_property
    def history(self) -> list[Observation]:
        return self.overview.frame.observations(self.territory.code)

    @cached_property
    def spark(self) -> Sparkline:
        return sparkline([item.obs_value for item in self.history])

    @cached_property
    def strip(self) -> Strip | None:
        """All EU regions of the level in the same year, and this one among them."""
        values = self.overview.eu_values(self.observation.time_period)
        value = self.observation.obs_value
        if value is None or values.empty:
            return None
        return strip(
            values.tolist(),
            mine=value,
            median=float(values.median()),
            lower_is_better=self.overview.direction == "lower",
        )

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Codes the value shown was published as, or was converted from."""
        found = self.overview.frame.origins.get(self.territory.code, ())
        is_converted = self.observation.is_converted
        return tuple(o for o in found if (o.relation == "converted") == is_converted)

    @property
    def first_period(self) -> str:
        """The first year with a value."""
        known = (x.time_period for x in self.history if x.obs_value is not None)
        return next(known, "")

    @property
    def sources(self) -> tuple[SourceLine, ...]:
        return source_lines(self.indicator)

    @property
    def is_older(self) -> bool:
        year = int(self.observation.time_period[:4])
        today = self.overview.reading.as_of or timezone.now()
        return today.year - year > OLDER_AFTER_YEARS


@dataclass(frozen=True)
class Profile:
    """Everything the page and the API say about one region."""

    territory: Territory
    atlas: Atlas
    key_figures: list[KeyFigure]
    absent: list[Indicator]
    frames: Mapping[str, IndicatorFrame]

    @property
    def headlines(self) -> list[KeyFigure]:
        return [item for item in self.key_figures if item.indicator.is_headline]

    @property
    def by_theme(self) -> list[tuple[str, list[KeyFigure]]]:
        """Key figures grouped by theme, themes in the order of their first one."""
        order = list(dict.fromkeys(item.indicator.theme for item in self.key_figures))
        ranked = sorted(
            self.key_figures, key=lambda item: order.index(item.indicator.theme)
        )
        grouped = groupby(ranked, key=lambda item: item.indicator.theme)
        return [(theme, list(items)) for theme, items in grouped]

    def figure(self, slug: str) -> KeyFigure | None:
        found = (item for item in self.key_figures if item.indicator.slug == slug)
        return next(found, None)

    @property
    def origins(self) -> list[Origin]:
        """Published codes that differ from the one shown, each once."""
        return list(
            dict.fromkeys(
                origin for item in self.key_figures for origin in item.origins
            )
        )


def build_profile(
    code: str, *, atlas: Atlas, indicators: Iterable[Indicator], reading: Reading
) -> Profile:
    """The profile of a region of the atlas; a constant number of queries."""
    indicators = list(indicators)
    frames = indicator_frames(indicators, reading=reading)
    territory = atlas[code]
    figures = list(_key_figures(territory, atlas, reading, indicators, frames))
    shown = {item.indicator.slug for item in figures}
    absent = [item for item in indicators if item.slug not in shown]
    return Profile(territory, atlas, figures, absent, frames)


def _key_figures(
    territory: Territory,
    atlas: Atlas,
    reading: Reading,
    indicators: list[Indicator],
    frames: Mapping[str, IndicatorFrame],
) -> Iterable[KeyFigure]:
    for indicator in indicators:
        frame = frames[indicator.slug]
        observation = frame.latest(territory.code)
        if observation is not None:
            level = territory.level
            overview = Overview(indicator, frame, atlas, reading, level=level)
            yield KeyFigure(overview, territory, observation)
