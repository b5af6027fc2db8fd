"""Hostile files: each is refused for its reason, or comes out without its sting."""

import pytest

from practices.uploads import Reason, Refused, clean, files
from tests.factories import files as made

RELATIONS = "word/_rels/document.xml.rels"
EXTERNAL = (
    b'<Relationship Id="rId99" TargetMode="External" Target="%s" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"/>'
    b"</Relationships>"
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b"<l>&b;</l>"
)
FIELD = (
    b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE'
    b'</w:instrText></w:r><w:r><w:instrText>AUTO c:\\\\cmd "/k calc"</w:instrText>'
    b'</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:body>'
)


def related(target, kind):
    end = EXTERNAL % (target, kind)
    return lambda old: old.replace(b"</Relationships>", end)


def docx_with(**changes):
    return made.changed(made.document(), **changes)


def mostly_zeros():
    return made.changed(made.document(), word__media__image1=bytes(60_000_000))


HOSTILE = {
    "nothing": (lambda: b"", Reason.EMPTY),
    "svg with a script": (
        lambda: (
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        ),
        Reason.MARKUP,
    ),
    "svg behind a byte order mark": (
        lambda: b'\xef\xbb\xbf \n<?xml version="1.0"?><svg onload="alert(1)"/>',
        Reason.MARKUP,
    ),
    "web page": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", Reason.MARKUP),
    "program": (lambda: b"MZ\x90\x00" + bytes(500), Reason.UNKNOWN),
    "shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", Reason.UNKNOWN),
    "gif": (lambda: made.image("GIF"), Reason.UNKNOWN),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, Reason.ENCRYPTED),
    "plain archive": (lambda: made.archive({"run.exe": b"MZ"}), Reason.UNKNOWN),
    "page that begins as jpeg": (
        lambda: b"\xff\xd8\xff<script>alert(1)</script>",
        Reason.DAMAGED,
    ),
    "half a png": (lambda: made.image()[:60], Reason.DAMAGED),
    "too many bytes": (
        lambda: made.image("JPEG") + bytes(files.IMAGE_BYTES),
        Reason.TOO_LARGE,
    ),
    "too many pixels": (
        lambda: made.png_that_claims(20_000, 20_000),
        Reason.TOO_MANY_PIXELS,
    ),
    "animation": (made.animation, Reason.MOVES),
    "pdf with a script": (made.pdf_with_script, Reason.ACTIVE),
    "pdf that starts a program": (
        lambda: made.pdf(OpenAction=made.action("Launch", F="calc.exe")),
        Reason.ACTIVE,
    ),
    "pdf that sends a form": (
        lambda: made.pdf_with_annotation("Link", made.action("SubmitForm")),
        Reason.ACTIVE,
    ),
    "pdf with a link to a script": (
        lambda: made.pdf_with_annotation(
            "Link", made.action("URI", URI="javascript:alert(1)")
        ),
        Reason.EXTERNAL,
    ),
    "pdf with a file inside": (made.pdf_with_file, Reason.ENCLOSED),
    "pdf with a film": (
        lambda: made.pdf_with_annotation("RichMedia"),
        Reason.ENCLOSED,
    ),
    "pdf with a password": (made.pdf_with_password, Reason.ENCRYPTED),
    "pdf without end": (
        lambda: made.pdf(files.PAGES + 1),
        Reason.TOO_MANY_PAGES,
    ),
    "pdf of one line": (lambda: b"%PDF-1.7\nnothing more", Reason.DAMAGED),
    "zip bomb": (mostly_zeros, Reason.BOMB),
    "thousands of parts": (
        lambda: docx_with(**{f"word__p{n}.xml": "" for n in range(files.ENTRIES)}),
        Reason.BOMB,
    ),
    "part outside": (
        lambda: docx_with(**{"..__..__etc__passwd": "root"}),
        Reason.STRANGE_NAME,
    ),
    "part on a drive": (
        lambda: docx_with(**{"C:\\run.exe": "MZ"}),
        Reason.STRANGE_NAME,
    ),
    "macros": (
        lambda: docx_with(word__vbaProject_bin=b"macro"),
        Reason.MACROS,
    ),
    "macros by type": (
        lambda: docx_with(
            TYPES=lambda old: old.replace(
                b"wordprocessingml.document.main", b"x.macroEnabled.main"
            )
        ),
        Reason.MACROS,
    ),
    "object inside": (
        lambda: docx_with(word__embeddings__oleObject1=b"\xd0\xcf"),
        Reason.ENCLOSED,
    ),
    "picture from elsewhere": (
        lambda: made.changed(
            made.document(),
            **{RELATIONS: related(b"http://tracker.example/a.png", b"image")},
        ),
        Reason.EXTERNAL,
    ),
    "link to a script": (
        lambda: made.changed(
            made.document(),
            **{RELATIONS: related(b"javascript:alert(1)", b"hyperlink")},
        ),
        Reason.EXTERNAL,
    ),
    "field that starts a program": (
        lambda: made.changed(
            made.document(),
            **{"word/document.xml": lambda old: old.replace(b"</w:body>", FIELD)},
        ),
        Reason.EXTERNAL,
    ),
    "svg in a document": (
        lambda: made.changed(made.document(), **{"word/media/a.svg": "<svg/>"}),
        Reason.PICTURE,
    ),
    "workbook that asks others": (
        lambda: made.changed(made.sheet(), **{"xl/externalLinks/l.xml": "<a/>"}),
        Reason.EXTERNAL,
    ),
    "odt with a macro": (
        lambda: made.open_document(Basic__Standard__run="Sub x"),
        Reason.MACROS,
    ),
    "odt that runs something": (
        lambda: made.open_document(
            '<script:event-listener xlink:href="vnd.sun.star.script:run"/>'
        ),
        Reason.ACTIVE,
    ),
    "odt that loads a picture": (
        lambda: made.open_document('<draw:image xlink:href="http://t.example/a"/>'),
        Reason.EXTERNAL,
    ),
}
HOSTILE["billion laughs"] = (
    lambda: made.changed(made.document(), **{"word/styles.xml": LAUGHS}),
    Reason.ENTITIES,
)


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_for_its_reason(name):
    build, reason = HOSTILE[name]
    with pytest.raises(Refused) as refused:
        clean(build())
    assert refused.value.reason is reason
