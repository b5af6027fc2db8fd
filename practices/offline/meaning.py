"""What the texts of a filled-in form say, in the keys of a content."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Organisation
from practices.content import Content, check_order, cleaned
from practices.content.fields import EVIDENCE, EVIDENCE_VALUES, EVIDENCE_YEARS, FIELDS
from practices.content.reading import domain_key, region_key
from practices.languages import LANGUAGES
from practices.models import EvidenceItem
from practices.offline.asking import Filled
from practices.offline.values import items, number_text, single_number, yes_or_no
from programmes.models import Programme
from projects.models import Project
from regions.models import Region
from sources.curation import Publication
from strategies.models import Domain, Theme

# Who is not held here is named as text instead.
_CODE_OF_LEVEL_2 = 4  # characters
AS_TEXT = {"organisation": "organisation_name", "project": "project_name"}


@dataclass(frozen=True, slots=True)
class Told:
    """One text and what is wrong with it; nothing where ``errors`` is empty."""

    name: str
    text: str
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Meaning:
    """``content`` is what a draft can be made of; all texts are in the other three."""

    content: Content
    fields: list[Told]
    evidence: list[tuple[Mapping[str, str], list[str]]]
    left: list[str]

    @property
    def wrong(self) -> list[Told]:
        return [told for told in self.fields if told.errors]

    @property
    def is_whole(self) -> bool:
        """Whether a draft would say all that the form says."""
        return not (self.wrong or self.left or any(e for _p, e in self.evidence))


def meaning_of(filled: Filled) -> Meaning:
    """Every text is either in the content or comes back with what is wrong."""
    content: Content = {}
    told, left = [], list(filled.left)
    for name, text in filled.fields.items():
        if name not in FIELDS or name == "evidence":
            left.append(f"{name}: {text}")
            continue
        found, errors = _field(name, text)
        content |= found
        told.append(Told(name, text, errors))
    pieces = [_piece(piece) for piece in filled.evidence]
    if items_told := [item for _piece, item, errors in pieces if not errors]:
        content["evidence"] = items_told
    shown = [(piece, errors) for piece, _item, errors in pieces]
    meaning = Meaning(content, told, shown, left)
    _check_order(meaning)
    return meaning


def _field(name: str, text: str) -> tuple[Content, list[str]]:
    try:
        return cleaned(_READERS.get(name, _plain)(name, text)), []
    except ValidationError as error:
        return {}, error.messages


def _check_order(meaning: Meaning) -> None:
    content = meaning.content
    try:
        check_order({"start": "", "end": "", **content})
    except ValidationError as error:
        content.pop("end")
        for told in meaning.fields:
            if told.name == "end":
                told.errors.extend(error.messages)


def _plain(name: str, text: str) -> Content:
    return {name: text}


def _language(name: str, text: str) -> Content:
    for code, label in LANGUAGES:
        if text.strip().lower() in (code, str(label).lower()):
            return {name: code}
    raise ValidationError(_("Name one language, such as English, or its code (en)."))


def _failure(name: str, text: str) -> Content:
    value = yes_or_no(text)
    if value is None:
        raise ValidationError(_("Yes or no is expected here."))
    return {name: value}


def _cost(name: str, text: str) -> Content:
    return {name: number_text(text)}


def _linked(name: str, text: str) -> Content:
    """By address or name; who is not held here is kept as text, where that can be."""
    choices, columns = _NAMED[name]
    wanted = Q()
    for column in columns:
        wanted |= Q(**{f"{column}__iexact": text})
    slugs = list(choices().filter(wanted).values_list("slug", flat=True)[:2])
    if len(slugs) == 1:
        return {name: slugs[0]}
    if name in AS_TEXT:
        return {AS_TEXT[name]: text}
    raise ValidationError(
        _("“%(text)s” is not held here. Leave it empty, or name it as its page does.")
        % {"text": text[:80]}
    )


def _listed(name: str, text: str) -> Content:
    """Names or codes; a line that is one of neither is tried piece by piece."""
    keys = _keys(name)
    found: list[str] = []
    unknown: list[str] = []
    for item in items(text):
        pieces = [item] if _key(keys, item) else item.split(",")
        for piece in filter(None, map(str.strip, pieces)):
            key = _key(keys, piece)
            (found if key else unknown).append(key or piece)
    if unknown:
        raise ValidationError(
            _("Not found: %(names)s. Use names or codes of the list, one a line.")
            % {"names": ", ".join(unknown)[:300]}
        )
    return {name: list(dict.fromkeys(found))}


def _key(keys: Mapping[str, str], item: str) -> str | None:
    """By its name, its code, or both as in the list: "Mining (economic:mining)"."""
    inner = item.rstrip(")").rpartition("(")[2]
    return keys.get(_fold(item)) or keys.get(_fold(inner))


def _keys(name: str) -> dict[str, str]:
    """Folded name or code -> key; names that several have stand for none.

    But for a region and its only part, which bear one name: the one of NUTS level 2.
    """
    codes: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for key, code, label in _ROWS[name]():
        codes[_fold(key)] = key
        codes.setdefault(_fold(code), key)
        names.setdefault(_fold(label), []).append(key)
    if name == "regions":
        names = {label: _second_level(keys) for label, keys in names.items()}
    single = {label: keys[0] for label, keys in names.items() if len(keys) == 1}
    return {**single, **codes}


def _second_level(keys: list[str]) -> list[str]:
    found = [key for key in keys if len(key.partition("@")[0]) == _CODE_OF_LEVEL_2]
    return found if len(keys) > 1 else keys


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _themes() -> Iterable[tuple[str, str, str]]:
    for theme in Theme.objects.all():
        yield theme.slug, theme.slug, theme.name


def _domains() -> Iterable[tuple[str, str, str]]:
    for domain in Domain.objects.all():
        yield domain_key(domain), domain_key(domain), domain.name


def _regions() -> Iterable[tuple[str, str, str]]:
    for region in Region.objects.filter(version=settings.NUTS_VERSION):
        yield region_key(region), region.code, region.name


def _piece(
    piece: Mapping[str, str],
) -> tuple[Mapping[str, str], Content, list[str]]:
    """A piece of evidence with its content, or with what is wrong with it."""
    unknown = sorted(set(piece) - set(EVIDENCE))
    if unknown:
        text = _("There is no field “%(name)s”.") % {"name": unknown[0][:40]}
        return piece, {}, [text]
    item: Content = {**piece, "kind": _kind(piece.get("kind", ""))}
    for name in (*EVIDENCE_VALUES, *EVIDENCE_YEARS):
        item[name] = single_number(piece.get(name, ""))
    try:
        return piece, cleaned({"evidence": [item]})["evidence"][0], []
    except ValidationError as error:
        # Pieces are asked one by one here, and so each is called the first there.
        first = _("Evidence %(place)d: %(message)s") % {"place": 1, "message": ""}
        return piece, {}, [text.removeprefix(first) for text in error.messages]


def _kind(text: str) -> str:
    """By code or by name; "" where it is told otherwise and so refused by itself."""
    for code, label in EvidenceItem.Kind.choices:
        if _fold(text) in (code, _fold(str(label))):
            return str(code)
    return text


_NAMED: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
    "organisation": (
        lambda: Organisation.objects.standing().filter(state=Publication.PUBLISHED),
        ("slug", "name"),
    ),
    "project": (lambda: Project.objects.public(), ("slug", "acronym", "name")),
    "programme": (lambda: Programme.objects.public(), ("slug", "acronym", "name")),
}
_ROWS: dict[str, Callable[[], Iterable[tuple[str, str, str]]]] = {
    "themes": _themes,
    "domains": _domains,
    "regions": _regions,
}
_READERS: dict[str, Callable[[str, str], Content]] = {
    "language": _language,
    "is_failure": _failure,
    "cost_eur": _cost,
    **dict.fromkeys(_NAMED, _linked),
    **dict.fromkeys(_ROWS, _listed),
}
