"""The kinds of facet: a column, rows that belong to the record, parts of a scale."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, QuerySet, When
from django.utils.translation import gettext as _

NOT_RECORDED = "none"

Records = QuerySet[Any]
Counts = dict[str, tuple[str, int]]  # value -> label, number of records


@dataclass(slots=True)
class Member:
    """A value of a facet, and the keys of the records that have it.

    One that is not shown can be asked for all the same.
    """

    label: str
    keys: set[Any] = field(default_factory=set)
    is_shown: bool = True


Members = dict[str, Member]


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
    def members(self, records: Records, keys: Iterable[Any]) -> Members:
        """Which of ``records`` have which value: those that ``condition`` finds.

        ``keys`` are the primary keys of all of them. One SQL statement.
        """

    def arranged(self, counts: Counts) -> Counts:
        """The values to show, in order."""
        return by_size(counts)

    def values(self, chosen: Sequence[str]) -> list[str]:
        """The values chosen, as ``members`` writes them."""
        return list(chosen)

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

    def values(self, chosen: Sequence[str]) -> list[str]:
        return _written(chosen, self.parse)

    def members(self, records: Records, keys: Iterable[Any]) -> Members:
        named = [self.field, *([self.label_field] if self.label_field else [])]
        rows = records.order_by()
        if self.seen is not None:
            shown = {f"shown{i}": self._shown(name) for i, name in enumerate(named)}
            rows, named = rows.annotate(**shown), list(shown)
        return gathered(rows.values_list("pk", *named), self.wording)

    def arranged(self, counts: Counts) -> Counts:
        return by_value(counts) if self.by_value else by_size(counts)

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

    def values(self, chosen: Sequence[str]) -> list[str]:
        return _written(chosen, self.parse)

    def members(self, records: Records, keys: Iterable[Any]) -> Members:
        named = [self.field, *([self.label_field] if self.label_field else [])]
        rows = self._recorded().filter(
            **{f"{self.link}__in": records.order_by().values("pk")}
        )
        found = gathered(rows.order_by().values_list(self.link, *named), self.wording)
        return with_missing(found, keys)

    def arranged(self, counts: Counts) -> Counts:
        return by_value(counts) if self.by_value else by_size(counts)

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

    def members(self, records: Records, keys: Iterable[Any]) -> Members:
        members = {part.value: Member(str(part.label)) for part in self.buckets}
        rows = records.order_by().annotate(
            **{
                f"in{i}": ExpressionWrapper(
                    bucket.condition, output_field=BooleanField()
                )
                for i, bucket in enumerate(self.buckets)
            }
        )
        named = [f"in{i}" for i in range(len(self.buckets))]
        for key, *inside in rows.values_list("pk", *named):
            for member, is_inside in zip(members.values(), inside, strict=True):
                if is_inside:
                    member.keys.add(key)
        return members

    def arranged(self, counts: Counts) -> Counts:
        """In the order of the scale, with the empty parts."""
        return {
            part.value: counts.get(part.value, (str(part.label), 0))
            for part in self.buckets
        }


def gathered(
    rows: Iterable[tuple[Any, ...]], wording: Callable[[Any], Any] = str
) -> Members:
    """Rows (key, value[, label]) by value; what is empty is not recorded."""
    members: Members = {}
    for key, value, *label in rows:
        text = NOT_RECORDED if value is None or value == "" else str(value)
        member = members.get(text)
        if member is None:
            if text == NOT_RECORDED:
                words = missing_label(NOT_RECORDED)
            else:
                words = str(label[0] if label else wording(value))
            member = members[text] = Member(words)
        member.keys.add(key)
    return members


def with_missing(members: Members, keys: Iterable[Any]) -> Members:
    """The members, and as one more those of ``keys`` that have no value."""
    missing = set(keys).difference(*(member.keys for member in members.values()))
    if missing:
        members[NOT_RECORDED] = Member(missing_label(NOT_RECORDED), missing)
    return members


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


def _written(chosen: Sequence[str], parse: Callable[[str], Any]) -> list[str]:
    values = [str(value) for value in _parsed(chosen, parse)]
    return [*values, NOT_RECORDED] if NOT_RECORDED in chosen else values


def by_size(counts: Counts) -> Counts:
    """The largest first."""
    return _sorted(
        counts, lambda value, label, count: (-count, label.casefold(), value)
    )


def by_value(counts: Counts) -> Counts:
    """In the order of the values."""
    return _sorted(counts, lambda value, _label, _count: (value,))


def _sorted(counts: Counts, rank: Callable[[str, str, int], tuple[Any, ...]]) -> Counts:
    filled = [(value, entry) for value, entry in counts.items() if entry[1]]
    filled.sort(key=lambda item: (item[0] == NOT_RECORDED, rank(item[0], *item[1])))
    return dict(filled)


def _words(
    value: str, parse: Callable[[str], Any], wording: Callable[[Any], Any]
) -> str:
    parsed = _parsed([value], parse)
    return str(wording(parsed[0])) if parsed else missing_label(value)


def missing_label(value: str) -> str:
    return _("Not recorded") if value == NOT_RECORDED else value
