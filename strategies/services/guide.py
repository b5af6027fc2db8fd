"""The glossary and the guide's lists that come with the portal."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from sources.curation import Publication
from sources.progress import Progress, silent
from sources.starter import Entry, load_entries
from sources.starter_files import read_starter
from strategies.models import CodeList, CodeListEntry, GlossaryTerm

STARTER = Path(__file__).resolve().parent.parent / "starter"


@transaction.atomic
def load_starter_guide(progress: Progress = silent) -> None:
    """Load terms and lists; a repeat changes nothing."""
    _load_terms(progress)
    raws = read_starter(STARTER / "guide.yaml")["lists"]
    lists = load_entries(CodeList, [_list(raw) for raw in raws])
    progress(f"lists of the guide: {lists}")
    for raw in raws:
        if raw["code"] in lists.touched:
            _replace_lines(lists.records[raw["code"]], raw["entries"])


def _load_terms(progress: Progress) -> None:
    raws = read_starter(STARTER / "glossary.yaml")["terms"]
    terms = load_entries(GlossaryTerm, [_term(raw) for raw in raws])
    by_name = {record.term: record for record in terms.records.values()}
    for raw in raws:
        if raw["slug"] in terms.touched and "see_also" in raw:
            seen = [by_name[name] for name in raw["see_also"]]
            terms.records[raw["slug"]].see_also.set(seen)
    progress(f"terms: {terms}")


def _term(raw: dict[str, Any]) -> Entry:
    values = {
        "slug": raw["slug"],
        "term": raw["term"],
        "abbreviation": raw.get("abbreviation", ""),
        "definition": raw["definition"],
    }
    return Entry(raw["slug"], raw, values)


def _list(raw: dict[str, Any]) -> Entry:
    values = {
        "code": raw["code"],
        "title": raw["title"],
        "text": raw.get("text", ""),
    }
    return Entry(raw["code"], raw, values)


def _replace_lines(code_list: CodeList, raws: Sequence[dict[str, Any]]) -> None:
    """Headings first, then the lines below them; drafts take their lines along."""
    code_list.entries.all().delete()
    headings = [_line(code_list, raw, n) for n, raw in enumerate(raws)]
    CodeListEntry.objects.bulk_create(headings)
    CodeListEntry.objects.bulk_create(_parts(headings, raws))


def _parts(
    headings: Sequence[CodeListEntry], raws: Sequence[dict[str, Any]]
) -> Iterator[CodeListEntry]:
    for heading, raw in zip(headings, raws, strict=True):
        for position, part in enumerate(raw.get("parts", [])):
            line = _line(heading.code_list, part, position)
            line.parent = heading
            if heading.state == Publication.DRAFT:
                line.state = Publication.DRAFT
            yield line


def _line(code_list: CodeList, raw: Mapping[str, Any], position: int) -> CodeListEntry:
    return CodeListEntry(
        code_list=code_list,
        code=raw["code"],
        name=raw["name"],
        text=raw.get("text", ""),
        position=position,
        state=Publication.DRAFT if raw.get("draft") else Publication.PUBLISHED,
    )
