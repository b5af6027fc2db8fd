"""The kinds of facet: a column, rows that belong to the record, parts of a scale."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils.translation import gettext as _

NOT_RECORDED = "none"

Records = QuerySet[Any]
Counts = dict[str, tuple[str, int]]  # value -> label, number of records


@dataclass(frozen=True, kw_only=True)
class Facet(ABC):
    """A question whose answers narrow the list; ``name`` is its query parameter."""

    name: str
    label: Any  # a text, or one translated later
    is_open: bool = True

    @abstractmethod
    def condition(self, chosen: Sequence[str]) -> Q:
        """What a record must meet to have any of the values chosen."""

    @abstractmethod
    def counts(self, records: Records) -> Counts:
        """Every value among ``records``, in the order to show."""

    def words(self, value: str) -> str:
        """The label of a value that no record left has."""
        return missing_label(value)


@dataclass(frozen=True, kw_only=True)
class ColumnFacet(Facet):
    """A column of the record, or one of a record it belongs to.

    ``wording`` turns a value into its label unless ``label_field`` holds one. ``parse``
    turns the parameter's text into the column's type and raises ValueError for what
    cannot be one; such a value simply matches nothing. ``seen`` says when readers may
    see the value (it belongs to a public record); otherwise it is not recorded.
    """

    field: str
    label_field: str = ""
    wording: Callable[[Any], Any] = str
    parse: Callable[[str], Any] = str
    missing: Q | None = None
    seen: Q | None = None
    by_value: bool = False  # in order of the value; else the largest count first

    def words(self, value: str) -> str:
        return _words(value, self.parse, self.wording)

    def condition(self, chosen: Sequence[str]) -> Q:
        wanted = Q(**{f"{self.field}__in": _parsed(chosen, self.parse)})
        if self.seen is not None:
            wanted &= self.seen
        if NOT_RECORDED in chosen:
            wanted |= self.missing or Q(**{f"{self.field}__isnull": True})
            if self.seen is not None:
                wanted |= ~self.seen
        return wanted

    def counts(self, records: Records) -> Counts:
        named = [self.field, *([self.label_field] if self.label_field else [])]
        rows = records.order_by()
        if self.seen is not None:
            shown = {f"shown{i}": self._shown(name) for i, name in enumerate(named)}
            rows, named = rows.annotate(**shown), list(shown)
        rows = rows.values_list(*named).annotate(n=Count("pk"))
        return _ordered(rows, self.wording, by_value=self.by_value)

    def _shown(self, name: str) -> Case:
        return Case(When(self.seen, then=F(name)))


@dataclass(frozen=True, kw_only=True)
class RelatedFacet(Facet):
    """A column of rows that belong to the record, as its partners' countries.

    ``rows`` gives those that may be seen, ``link`` is their way back to the record.
    """

    rows: Callable[[], QuerySet[Any]]
    link: str
    field: str
    label_field: str = ""
    wording: Callable[[Any], Any] = str
    parse: Callable[[str], Any] = str
    by_value: bool = False

    def words(self, value: str) -> str:
        return _words(value, self.parse, self.wording)

    def condition(self, chosen: Sequence[str]) -> Q:
        having = {f"{self.field}__in": _parsed(chosen, self.parse)}
        wanted = Q(pk__in=self.rows().filter(**having).values(self.link))
        if NOT_RECORDED in chosen:
            wanted |= ~Q(pk__in=self._recorded().values(self.link))
        return wanted

    def counts(self, records: Records) -> Counts:
        named = [self.field, *([self.label_field] if self.label_field else [])]
        rows = (
            self._recorded()
            .filter(**{f"{self.link}__in": records.order_by().values("pk")})
            .order_by()
            .values_list(*named)
            .annotate(n=Count(self.link, distinct=True))
        )
        counts = _ordered(rows, self.wording, by_value=self.by_value)
        missing = records.exclude(pk__in=self._recorded().values(self.link)).count()
        if missing:
            counts[NOT_RECORDED] = (missing_label(NOT_RECORDED), missing)
        return counts

    def _recorded(self) -> QuerySet[Any]:
        # A null link would make SQL's NOT IN true of nothing.
        given = {f"{self.field}__isnull": False, f"{self.link}__isnull": False}
        return self.rows().filter(**given)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A named part of a scale, such as "under EUR 1.5 million"."""

    value: str
    label: Any
    condition: Q


@dataclass(frozen=True, kw_only=True)
class BucketFacet(Facet):
    """A scale cut into parts; they may overlap, and empty ones are shown too."""

    buckets: Sequence[Bucket]

    def condition(self, chosen: Sequence[str]) -> Q:
        wanted = Q(pk__in=[])
        for bucket in self.buckets:
            if bucket.value in chosen:
                wanted |= bucket.condition
        return wanted

    def counts(self, records: Records) -> Counts:
        found = records.order_by().aggregate(
            **{
                f"n{i}": Count("pk", filter=bucket.condition)
                for i, bucket in enumerate(self.buckets)
            }
        )
        return {
            bucket.value: (str(bucket.label), found[f"n{i}"])
            for i, bucket in enumerate(self.buckets)
        }


def _parsed(chosen: Sequence[str], parse: Callable[[str], Any]) -> list[Any]:
    values = []
    for text in chosen:
        if text == NOT_RECORDED:
            continue
        try:
            values.append(parse(text))
        except ValueError:
            continue
    return values


def _ordered(rows: Any, wording: Callable[[Any], Any], *, by_value: bool) -> Counts:
    """Rows (value, [label,] count) as counts; what is empty counts as not recorded."""
    counts: Counts = {}
    missing = 0
    for value, *label, count in rows:
        if value is None or value == "":
            missing += count
        else:
            counts[str(value)] = (str(label[0] if label else wording(value)), count)

    def rank(item: tuple[str, tuple[str, int]]) -> tuple[Any, ...]:
        value, (label, count) = item
        return (value,) if by_value else (-count, label.casefold(), value)

    ordered = dict(sorted(counts.items(), key=rank))
    if missing:
        ordered[NOT_RECORDED] = (missing_label(NOT_RECORDED), missing)
    return ordered


def _words(
    value: str, parse: Callable[[str], Any], wording: Callable[[Any], Any]
) -> str:
    parsed = _parsed([value], parse)
    return str(wording(parsed[0])) if parsed else missing_label(value)


def missing_label(value: str) -> str:
    return _("Not recorded") if value == NOT_RECORDED else value
