"""A list that can be searched: facets, words, orders, and what it answers."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q
from django.utils.translation import gettext as _

from sources.facets.counting import index_of
from sources.facets.kinds import Counts, Facet, Records
from sources.facets.words import Among, HeldTexts
from sources.kept import stamp_of
from sources.moments import as_of_text
from sources.queryforms import QueryForm

MAX_CHOSEN = 40
MAX_TEXT = 100
MAX_VALUE = 250
SHOWN = 10  # options of a facet before "more"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet as the reader sees it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the list; ends with the primary key, so that pages never overlap."""

    label: Any
    order_by: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on; ``query`` is the query string without it."""

    label: str
    query: str


@dataclass(frozen=True)
class FacetView:
    """A facet ready for a template."""

    name: str
    label: str
    options: tuple[Option, ...]
    is_open: bool

    @cached_property
    def first(self) -> tuple[Option, ...]:
        """What shows at once: the largest, and whatever is chosen."""
        return tuple(
            option
            for place, option in enumerate(self.options)
            if place < SHOWN or option.is_chosen
        )

    @cached_property
    def more(self) -> tuple[Option, ...]:
        """What a reader unfolds."""
        return tuple(option for option in self.options[SHOWN:] if not option.is_chosen)

    @property
    def parts(self) -> tuple[tuple[Option, ...], ...]:
        return (self.first, self.more) if self.more else (self.first,)

    @property
    def chosen(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.is_chosen)


@dataclass(frozen=True)
class Found:
    """What a listing answers: records in order, and how to narrow or widen them.

    ``query`` holds what was asked for, ``sorts`` are names with their labels, ``sort``
    is the one in force. ``kept`` are the parameters that are no filter (a view, a
    moment): they stay when a reader clears the filters.
    """

    records: Records
    total: int
    of: int
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    query: Mapping[str, Any]
    sorts: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def query_string(self) -> str:
        """Exactly this view, for links, downloads and the API."""
        return encode(self.query)

    @property
    def cleared(self) -> str:
        """The query string without any filter."""
        return urlencode(self.kept)


@dataclass(frozen=True)
class Listing:
    """A kind of record that can be searched; the first sort is the usual one.

    ``text`` says what a record must meet to match the words of ``q``, or where the
    texts come from in which they are looked up. ``watched`` are the models that the
    facets' values and those texts come from: with them, which record has which value
    and text is kept until one of their rows changes.
    """

    facets: Sequence[Facet]
    sorts: Mapping[str, Sort]
    text: Callable[[str], Q] | HeldTexts | None = None
    form: type[QueryForm] = field(default=QueryForm)
    watched: Sequence[type[Model]] = ()

    def form_class(self) -> type[QueryForm]:
        """``form`` with a field for each facet, for the words and for the order."""
        return self._form_class

    @cached_property
    def _form_class(self) -> type[QueryForm]:
        fields: dict[str, Any] = {facet.name: ValuesField() for facet in self.facets}
        if self.text is not None:
            fields["q"] = forms.CharField(max_length=MAX_TEXT, required=False)
        choices = [(name, sort.label) for name, sort in self.sorts.items()]
        fields["sort"] = forms.ChoiceField(choices=choices, initial=choices[0][0])
        return type("ListingQuery", (self.form,), fields)

    def narrowed(self, records: Records, query: Mapping[str, Any]) -> Records:
        """The records that meet the query."""
        if self.text is not None and query.get("q"):
            if isinstance(self.text, HeldTexts):
                keys = self.text.find(query["q"], self._stamp)
                records = records.filter(Among(F("pk"), keys))
            else:
                records = records.filter(self.text(query["q"]))
        for facet in self.facets:
            if query.get(facet.name):
                records = records.filter(facet.condition(query[facet.name]))
        return records

    @property
    def _stamp(self) -> Hashable | None:
        return stamp_of(self.watched) if self.watched else None

    def _keys(
        self, records: Records, words: str, stamp: Hashable | None
    ) -> Sequence[Any]:
        """The keys of the records that the words are found in, and maybe of others."""
        if isinstance(self.text, HeldTexts):
            return self.text.find(words, stamp)
        matching = self.narrowed(records, {"q": words}).order_by()
        return list(matching.values_list("pk", flat=True))

    def ordered(self, records: Records, query: Mapping[str, Any]) -> Records:
        sort = self.sorts[query.get("sort") or next(iter(self.sorts))]
        return records.order_by(*sort.order_by, "pk")

    def search(self, records: Records, query: Mapping[str, Any]) -> Found:
        """Facets, counts and chips for cleaned parameters; records stay lazy."""
        asked = self.asked(query)
        stamp = self._stamp
        index = index_of(records, self.facets, stamp)
        among = index.all
        if query.get("q"):
            keys = self._keys(records, query["q"], stamp)
            among = index.bits(keys)
            # Words are dear to look up: the list need not do it again.
            records, query = records.filter(Among(F("pk"), keys)), {**query, "q": ""}
        having = {
            facet.name: index.having(facet, query[facet.name])
            for facet in self.facets
            if query.get(facet.name)
        }
        views = tuple(
            self._view(
                facet,
                index.counts(facet, _shared(among, having, but=facet.name)),
                query.get(facet.name) or [],
            )
            for facet in self.facets
        )
        return Found(
            records=self.ordered(self.narrowed(records, query), query),
            total=_shared(among, having).bit_count(),
            of=len(index),
            facets=views,
            chips=tuple(self._chips(views, asked)),
            query=asked,
            sorts=tuple((name, str(sort.label)) for name, sort in self.sorts.items()),
            sort=query.get("sort") or next(iter(self.sorts)),
            kept=tuple((n, _text(v)) for n, v in asked.items() if n not in self.own),
        )

    @property
    def own(self) -> tuple[str, ...]:
        """The parameters that narrow or order the list."""
        return ("q", "sort", *(facet.name for facet in self.facets))

    def asked(self, query: Mapping[str, Any]) -> dict[str, Any]:
        """What differs from the usual: addresses say no more than they must."""
        fields = self.form_class().base_fields
        return {
            name: value
            for name, value in query.items()
            if value and value != _usual(fields.get(name))
        }

    def _view(self, facet: Facet, counts: Counts, chosen: Sequence[str]) -> FacetView:
        # A value chosen stays on the list, to be taken back, even if nothing has it.
        for value in chosen:
            counts.setdefault(value, (facet.words(value), 0))
        options = tuple(
            Option(value, label, count, value in chosen)
            for value, (label, count) in counts.items()
        )
        return FacetView(facet.name, str(facet.label), options, facet.is_open)

    def _chips(
        self, views: Sequence[FacetView], query: Mapping[str, Any]
    ) -> Iterator[Chip]:
        if self.text is not None and query.get("q"):
            label = _("Words: %(words)s") % {"words": query["q"]}
            yield Chip(label, encode({**query, "q": ""}))
        for view in views:
            for option in view.chosen:
                rest = [item for item in query[view.name] if item != option.value]
                label = f"{view.label}: {option.label}"
                yield Chip(label, encode({**query, view.name: rest}))


def _shared(among: int, having: Mapping[str, int], *, but: str = "") -> int:
    """The records that all facets let through, the one named ``but`` left out."""
    for name, bits in having.items():
        if name != but:
            among &= bits
    return among


class ValuesField(forms.Field):
    """A parameter given once for each value chosen."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[str]:
        texts = [str(item).strip() for item in value or []]
        return list(dict.fromkeys(text for text in texts if text))

    def validate(self, value: list[str]) -> None:
        if len(value) > MAX_CHOSEN:
            raise ValidationError(
                _("At most %(limit)d values can be chosen.") % {"limit": MAX_CHOSEN}
            )
        for text in value:
            if len(text) > MAX_VALUE or not text.isprintable():
                raise ValidationError(_("%(text)s… is no value.") % {"text": text[:20]})


def encode(query: Mapping[str, Any]) -> str:
    """The query string of what is not empty; records stand by their key."""
    given = {name: _text(value) for name, value in query.items() if value}
    return urlencode(given, doseq=True)


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return as_of_text(value)
    return value.pk if isinstance(value, Model) else value


def _usual(found: forms.Field | None) -> Any:
    initial = found.initial if found else None
    return initial() if callable(initial) else initial
