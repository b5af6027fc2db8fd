"""What comes out: the same to look at, and nothing that tells of its makers."""

import io
from contextlib import suppress

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from practices.uploads import Format, Refused, clean, files
from practices.uploads.segments import without_metadata
from tests.factories import files as made

TELLING = (b"Ann Author", b"GPS", b"Exif", b"xmp", b"<script", b"alert(")


def assert_silent(content):
    for words in TELLING:
        assert words not in content


def opened(cleaned):
    return Image.open(io.BytesIO(cleaned.content))


def test_a_photograph_stands_upright_and_says_nothing():
    before = made.photograph((64, 40))
    assert b"Ann Author" in before
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825)[1] == "N"
    cleaned = clean(before)
    image = opened(cleaned)
    assert (cleaned.width, cleaned.height) == image.size == (40, 64)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert_silent(cleaned.content)


def test_a_png_loses_its_texts_and_keeps_its_pixels():
    before = made.png_with_texts()
    cleaned = clean(before)
    assert cleaned.format is Format.PNG
    assert opened(cleaned).info == {}
    assert_silent(cleaned.content)
    pixels = Image.open(io.BytesIO(before)).convert("RGB").tobytes()
    assert opened(cleaned).convert("RGB").tobytes() == pixels


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_an_image_goes(kind):
    page = b"<html><script>alert(1)</script></html>"
    polyglot = made.image(kind) + page + made.archive({"run.exe": b"MZ"})
    cleaned = clean(polyglot)
    assert cleaned.format is Format[kind]
    assert_silent(cleaned.content)
    assert b"PK\x03\x04" not in cleaned.content
    assert opened(cleaned).size == (64, 40)


def test_colours_of_a_profile_become_those_of_srgb():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    cleaned = clean(made.image("JPEG", icc_profile=profile))
    assert "icc_profile" not in opened(cleaned).info


def test_what_can_be_seen_through_stays_so():
    target = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(target, "PNG")
    assert opened(clean(target.getvalue())).getpixel((0, 0))[3] == 0


def test_a_large_image_is_made_smaller_with_copies_for_narrow_windows():
    cleaned = clean(made.image("JPEG", (3000, 1500)))
    assert (cleaned.width, cleaned.height) == (files.SIDE, files.SIDE // 2)
    sizes = {
        width: Image.open(io.BytesIO(content)).size
        for width, content in cleaned.smaller.items()
    }
    assert sizes == {480: (480, 240), 960: (960, 480)}
    assert clean(made.image("JPEG", (300, 200))).smaller == {}


def test_a_pdf_keeps_its_pages_and_loses_its_makers():
    cleaned = clean(made.pdf(3))
    reader = PdfReader(io.BytesIO(cleaned.content))
    assert len(reader.pages) == 3
    assert "/Author" not in (reader.metadata or {})
    assert_silent(cleaned.content)


def test_a_photograph_and_xmp_in_a_pdf_say_nothing():
    before = made.pdf_with_photograph()
    assert b"Ann Author" in before
    cleaned = clean(before)
    reader = PdfReader(io.BytesIO(cleaned.content))
    assert "/Metadata" not in reader.root_object
    image = reader.pages[0].images[0].image
    assert image is not None
    assert image.size == (64, 40)
    assert_silent(cleaned.content)


def test_what_follows_the_end_of_a_pdf_goes():
    assert_silent(clean(made.pdf() + b"<script>alert(1)</script>").content)


def test_a_link_in_a_pdf_stays_and_its_outline_and_language_too():
    act = made.action("URI", URI="https://example.org/report")
    writer = PdfWriter(io.BytesIO(made.pdf_with_annotation("Link", act)))
    writer.add_outline_item(title="Results", page_number=0)
    writer.root_object[NameObject("/Lang")] = made.TextStringObject("en")
    reader = PdfReader(io.BytesIO(clean(made.written(writer)).content))
    note = reader.pages[0].annotations[0].get_object()
    assert note["/A"]["/URI"] == "https://example.org/report"
    assert [item.title for item in reader.outline] == ["Results"]
    assert reader.root_object["/Lang"] == "en"


def test_a_document_keeps_its_text_and_loses_its_makers():
    cleaned = clean(made.document())
    assert cleaned.format is Format.DOCX
    read = docx.Document(io.BytesIO(cleaned.content))
    assert [p.text for p in read.paragraphs if p.text] == [
        "Results",
        "Thirty firms took part.",
    ]
    assert len(read.inline_shapes) == 1
    for content in made.parts(cleaned.content).values():
        assert_silent(content)


def test_who_changed_or_commented_a_document_is_not_told():
    change = b'<w:ins w:id="1" w:author="Ann Author" w:date="2026-01-01T00:00:00Z">'
    before = made.changed(
        made.document(),
        **{
            "word/document.xml": lambda old: old.replace(
                b"</w:body>", b"<w:p>" + change + b"</w:ins></w:p></w:body>"
            )
        },
    )
    cleaned = made.parts(clean(before).content)
    assert b"<w:ins" in cleaned["word/document.xml"]
    assert_silent(cleaned["word/document.xml"])


def test_the_template_of_an_office_is_forgotten():
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'relationships"><Relationship Id="rId1" TargetMode="External" Target="'
        b'file:///C:/Users/ann/Normal.dotm" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    attached = (
        b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships" r:id="rId1"/></w:settings>'
    )
    before = made.changed(
        made.document(),
        **{
            "word/_rels/settings.xml.rels": rels,
            "word/settings.xml": lambda old: old.replace(b"</w:settings>", attached),
        },
    )
    cleaned = made.parts(clean(before).content)
    assert b"Normal.dotm" not in cleaned["word/_rels/settings.xml.rels"]
    assert b"attachedTemplate" not in cleaned["word/settings.xml"]


def test_a_workbook_keeps_its_cells():
    cleaned = clean(made.sheet())
    assert cleaned.format is Format.XLSX
    book = openpyxl.load_workbook(io.BytesIO(cleaned.content))
    assert [[c.value for c in row] for row in book.active] == [
        ["year", "firms"],
        [2019, 30],
    ]
    for content in made.parts(cleaned.content).values():
        assert_silent(content)


def test_an_open_document_keeps_its_text_and_begins_with_its_type():
    cleaned = clean(made.open_document())
    assert cleaned.format is Format.ODT
    parts = made.parts(cleaned.content)
    assert next(iter(parts)) == "mimetype"
    assert "meta.xml" not in parts
    assert b"meta.xml" not in parts["META-INF/manifest.xml"]
    assert b"Thirty firms." in parts["content.xml"]


@given(st.binary(max_size=300))
@limits(max_examples=60)
def test_no_bytes_do_more_than_be_refused(content):
    with pytest.raises(Refused):
        clean(content)


SEEDS = [made.image("JPEG"), made.image(), made.pdf(), made.sheet()]


@given(st.sampled_from(SEEDS), st.data())
@limits(max_examples=100)
def test_a_damaged_file_is_refused_or_cleaned(seed, data):
    place = data.draw(st.integers(0, len(seed) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=8))
    with suppress(Refused):  # any other error fails the test
        cleaned = clean(seed[:place] + damage + seed[place + len(damage) :])
        # What was written here is taken here again.
        assert clean(cleaned.content).format is cleaned.format


@given(st.binary(max_size=200))
def test_segments_are_only_ever_left_out(content):
    kept = without_metadata(b"\xff\xd8" + content)
    assert kept[:2] == b"\xff\xd8"
    assert len(kept) <= len(content) + 2
