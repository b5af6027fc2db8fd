"""Files as people and attackers send them, made in memory."""

import io
import struct
import zipfile
import zlib
from typing import Any

import docx
import openpyxl
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

PLACE = b"GPSLatitude of a home"


def image(kind: str = "PNG", size: tuple[int, int] = (64, 40), **options: Any) -> bytes:
    target = io.BytesIO()
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.save(target, kind, **options)
    return target.getvalue()


def photograph(size: tuple[int, int] = (64, 40)) -> bytes:
    """A JPEG that says where, when and by whom, and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by 90 degrees
    exif[0x013B] = "Ann Author"
    exif.get_ifd(0x8825).update({1: "N", 2: (42.0, 51.0, 3.5), 29: "2026:01:02"})
    return image("JPEG", size, exif=exif, comment=b"Taken by Ann Author")


def png_with_texts() -> bytes:
    info = PngInfo()
    info.add_text("Author", "Ann Author")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Ann Author</x:xmpmeta>")
    info.add_text("Long", "Ann Author " * 50, zip=True)
    return image(pnginfo=info)


def animation() -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:])
    return target.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A small file that says it has many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))

    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    parts = chunk(b"IHDR", header), chunk(b"IDAT", data), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def pdf(pages: int = 1, **root: Any) -> bytes:
    """Blank pages; ``root`` are entries of its catalogue."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Ann Author"})
    for key, value in root.items():
        writer.root_object[NameObject(f"/{key}")] = value
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def action(kind: str, **more: str) -> DictionaryObject:
    entries = {f"/{key}": TextStringObject(value) for key, value in more.items()}
    return pdf_dictionary({"/S": NameObject(f"/{kind}"), **entries})


def pdf_dictionary(entries: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject(k): v for k, v in entries.items()})


def pdf_with_script() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    script = action("JavaScript", JS="app.alert(1)")
    names = ArrayObject([TextStringObject("run"), script])
    tree = pdf_dictionary({"/Names": names})
    writer.root_object[NameObject("/Names")] = pdf_dictionary({"/JavaScript": tree})
    return written(writer)


def pdf_with_annotation(kind: str, act: DictionaryObject | None = None) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    box = ArrayObject(map(NumberObject, (0, 0, 50, 50)))
    note = pdf_dictionary({"/Subtype": NameObject(f"/{kind}"), "/Rect": box})
    if act is not None:
        note[NameObject("/A")] = act
    page[NameObject("/Annots")] = ArrayObject([note])
    return written(writer)


def pdf_with_file() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("run.exe", b"MZ")
    return written(writer)


def pdf_with_password() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def pdf_with_photograph() -> bytes:
    """A page that shows a photograph, with XMP beside it."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    shown = StreamObject()
    shown._data = photograph()
    entries = {"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/DCTDecode"}
    for key, value in entries.items():
        shown[NameObject(key)] = NameObject(value)
    for key, number in {"/Width": 64, "/Height": 40, "/BitsPerComponent": 8}.items():
        shown[NameObject(key)] = NumberObject(number)
    shown[NameObject("/ColorSpace")] = NameObject("/DeviceRGB")
    place = writer._add_object(shown)
    images = pdf_dictionary({"/Im0": place})
    page[NameObject("/Resources")] = pdf_dictionary({"/XObject": images})
    told = DecodedStreamObject()
    told.set_data(b"<x:xmpmeta>Ann Author</x:xmpmeta>")
    page[NameObject("/Metadata")] = writer._add_object(told)
    writer.root_object[NameObject("/Metadata")] = writer._add_object(told)
    return written(writer)


def document(**properties: str) -> bytes:
    """A DOCX with a photograph in it, and its author's name."""
    made = docx.Document()
    made.add_heading("Results", 1)
    made.add_paragraph("Thirty firms took part.")
    made.add_picture(io.BytesIO(photograph()))
    made.core_properties.author = "Ann Author"
    made.core_properties.last_modified_by = "Ann Author"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["year", "firms"])
    book.active.append([2019, 30])
    book.properties.creator = "Ann Author"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


ODT = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
    f'xmlns:script="{_ODF}:script:1.0" xmlns:draw="{_ODF}:drawing:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_MANIFEST = (
    f'<m:manifest xmlns:m="{_ODF}:manifest:1.0">'
    f'<m:file-entry m:full-path="/" m:media-type="{ODT}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
    '<m:file-entry m:full-path="meta.xml" m:media-type="text/xml"/></m:manifest>'
)


def open_document(body: str = "<text:p>Thirty firms.</text:p>", **more: Any) -> bytes:
    """An ODT with that body; ``more`` are parts, their names with __ for /."""
    content = (
        f"<office:document-content {_NAMESPACES}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    meta = f"<office:document-meta {_NAMESPACES}><dc:creator>Ann Author</dc:creator>"
    return archive(
        {
            "mimetype": ODT,
            "content.xml": content,
            "meta.xml": meta + "</office:document-meta>",
            "META-INF/manifest.xml": _MANIFEST,
            **{name.replace("__", "/"): text for name, text in more.items()},
        }
    )


def archive(parts: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {name: made.read(name) for name in made.namelist()}


def changed(content: bytes, **changes: Any) -> bytes:
    """A document with other parts: a value, or what a function makes of the old one."""
    held = parts(content)
    for name, change in changes.items():
        name = name.replace("__", "/").replace("TYPES", "[Content_Types].xml")
        held[name] = change(held[name]) if callable(change) else change
    return archive(held)
