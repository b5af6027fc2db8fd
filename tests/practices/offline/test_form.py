"""The form as DOCX and CSV: what is written into it is what is read from it."""

import csv
import io

import docx
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from practices.offline.asking import Asked, Filled, OfflineForm, Part
from practices.offline.reading import MOST_BYTES, MOST_ROWS, read
from practices.offline.values import items, number_text, single_number, yes_or_no
from practices.offline.writing import as_csv, as_docx
from practices.uploads import Reason, Refused
from tests.factories import files as made

FORM = OfflineForm(
    title="The form",
    language="en",
    about=["Write on the right."],
    parts=[
        Part("In short", [Asked("title", "Title", "What it is.", "2 to 30 words."),
                          Asked("summary", "Summary")]),
        Part("Topics", [Asked("themes", "Topics", "", "", ("Health", "Food, feed"))]),
        Part("Evidence 1", [Asked("unit", "Unit")], "evidence.1"),
        Part("Evidence 2", [Asked("unit", "Unit")], "evidence.2"),
    ],
    columns=("Asked", "Yours"),
    lists_heading="Lists",
)  # fmt: skip
TEXTS = {
    "title": "Vouchers, “for” firms",
    "summary": "First line\nsecond; with = signs",
    "themes": "Health\nFood, feed",
    "evidence.1.unit": "%",
}


def filled_docx(texts, form=FORM):
    document = docx.Document(io.BytesIO(as_docx(form)))
    for table in document.tables:
        for row in table.rows:
            key = row.cells[0].paragraphs[0].text.rpartition("[")[2].rstrip("]")
            if key in texts:
                row.cells[1].text = texts[key]
    return document


def saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def filled_csv(texts, form=FORM, delimiter=","):
    rows = list(csv.reader(io.StringIO(as_csv(form).decode("utf-8-sig"))))
    target = io.StringIO()
    out = csv.writer(target, delimiter=delimiter)
    for row in rows:
        out.writerow([*row[:-1], texts.get(row[0], row[-1])])
    return target.getvalue()


def assert_is_what_was_written(filled):
    assert dict(filled.fields) == {
        name: text for name, text in TEXTS.items() if "." not in name
    }
    assert list(filled.evidence) == [{"unit": "%"}]
    assert not filled.left


def test_an_empty_form_says_nothing():
    for content in (as_docx(FORM), as_csv(FORM)):
        filled = read(content, FORM.lines())
        assert filled == Filled({}, [], [])


def test_a_filled_in_document_is_read():
    content = saved(filled_docx(TEXTS))
    assert_is_what_was_written(read(content, FORM.lines()))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_a_filled_in_sheet_is_read_however_it_was_saved(delimiter, encoding):
    content = filled_csv(TEXTS, delimiter=delimiter).encode(encoding)
    assert_is_what_was_written(read(content, FORM.lines()))


def test_the_document_can_be_moved_through_and_read_aloud():
    document = docx.Document(io.BytesIO(as_docx(FORM)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["In short", "Topics", "Evidence 1", "Evidence 2", "Lists"]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert document.core_properties.title == "The form"
    assert document.core_properties.author == ""


def test_what_stands_elsewhere_is_not_lost():
    document = filled_docx(TEXTS)
    document.add_paragraph("A remark of ours.")
    row = document.tables[0].add_row()
    row.cells[0].text, row.cells[1].text = "Budget", "A lot"
    row = document.tables[0].add_row()
    row.cells[0].text, row.cells[1].text = "Title [title]", "Another title"
    nested = document.tables[1].rows[1].cells[1].add_table(1, 1)
    nested.cell(0, 0).text = "Inside"
    filled = read(saved(document), FORM.lines())
    assert list(filled.left) == [
        "A lot",
        "Budget",
        "title: Another title",
        "A remark of ours.",
    ]
    assert filled.fields["themes"] == "Health\nFood, feed\nInside"


def test_what_a_sheet_says_elsewhere_is_not_lost():
    text = filled_csv(TEXTS) + "budget,,,,A lot\nloose words\ntitle,,,,Again,beyond\n"
    filled = read(text.encode(), FORM.lines())
    assert filled.fields["budget"] == "A lot"
    assert list(filled.left) == ["loose words", "title: Again", "beyond"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (bytes(MOST_BYTES + 1), Reason.TOO_LARGE),
        (b"%PDF-1.7", Reason.UNKNOWN),
        (b"name,age\nAnn,3\n", Reason.UNKNOWN),
        (b"field,value\n" + b"title,x\n" * MOST_ROWS, Reason.BOMB),
        (b"field,value\x00\n", Reason.UNKNOWN),
        (b"<html>field,value</html>", Reason.MARKUP),
        (b'field,value\ntitle,"' + b"x" * 200_000, Reason.DAMAGED),
        (made.sheet(), Reason.UNKNOWN),
        (made.archive({"run.exe": "MZ"}), Reason.UNKNOWN),
        (
            made.changed(made.document(), **{"word/vbaProject.bin": b"macro"}),
            Reason.MACROS,
        ),
    ],
)
def test_what_is_no_form_is_refused(content, reason):
    with pytest.raises(Refused) as refused:
        read(content, FORM.lines())
    assert refused.value.reason is reason


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=40
)


@given(WORDS, WORDS)
@limits(max_examples=25)
def test_any_text_comes_back_from_a_sheet(title, unit):
    content = filled_csv({"title": title, "evidence.1.unit": unit})
    filled = read(content.encode("utf-8-sig"), FORM.lines())
    assert filled.fields.get("title", "") == title
    assert [piece["unit"] for piece in filled.evidence] == ([unit] if unit else [])


@pytest.mark.parametrize(
    ("text", "number"),
    [("7500", "7500"), ("7 500", "7500"), ("7.500,00 €", "7500.00"),
     ("EUR 7,500", "7500"), ("1,250,000", "1250000"), ("12,50", "12.50"),
     ("0.5", "0.5"), ("a lot", "a lot")],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text, number):
    assert number_text(text) == number


def test_values_and_answers():
    assert single_number("12,345") == "12.345"
    assert single_number("30 %") == "30"
    assert [yes_or_no(text) for text in ("Yes", "no", "perhaps")] == [True, False, None]
    assert items("• Health;\n- Food, feed\n\n") == ["Health", "Food, feed"]
