"""Images, decoded whole and written anew: pixels pass, nothing else does. Pure."""

import io
import struct
import warnings
import zlib

from PIL import Image, ImageCms, ImageOps

from practices.uploads import files
from practices.uploads.errors import Reason, Refused
from practices.uploads.files import Cleaned, Format

_BAD = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError,
    struct.error, zlib.error,
)  # fmt: skip


def clean_image(content: bytes, kind: Format, side: int = files.SIDE) -> Cleaned:
    """Upright, in sRGB, at most ``side`` pixels long, without a word about itself."""
    image = _fitting(_decoded(content, kind), side)
    smaller = {
        width: _written(_fitting(image, width), kind)
        for width in files.SMALLER
        if width < image.width and image.width >= image.height
    }
    return Cleaned(kind, _written(image, kind), image.width, image.height, smaller)


def _decoded(content: bytes, kind: Format) -> Image.Image:
    try:
        # Not Pillow's own bound, which is the process's: the size is looked at first.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=[kind.name])
            _check_extent(image)
            image.load()
        return _in_srgb(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as error:
        raise _too_many() from error
    except _BAD as error:
        raise Refused(Reason.DAMAGED) from error


def _check_extent(image: Image.Image) -> None:
    if image.width * image.height > files.PIXELS:
        raise _too_many(f"{image.width} × {image.height}")  # noqa: RUF001
    if getattr(image, "n_frames", 1) > 1:
        raise Refused(Reason.MOVES)


def _too_many(found: str = "") -> Refused:
    return Refused(Reason.TOO_MANY_PIXELS, found, f"{files.PIXELS // files.MEGABYTE}")


def _in_srgb(image: Image.Image) -> Image.Image:
    """Pixels only, in colours every browser shows alike."""
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    mode = "RGBA" if has_alpha else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode if image.mode != "L" else "RGB",
            )
            image = converted or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that nothing can read says nothing of the colours
    return image.convert(mode)


def _fitting(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) <= side:
        return image
    return ImageOps.contain(image, (side, side), Image.Resampling.LANCZOS)


def _written(image: Image.Image, kind: Format) -> bytes:
    """A new image of the pixels: ``info`` of the old one would be written along."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    target = io.BytesIO()
    if kind is Format.JPEG:
        bare.convert("RGB").save(target, "JPEG", quality=85, optimize=True)
    elif kind is Format.PNG:
        bare.save(target, "PNG", optimize=True)
    else:
        bare.save(target, "WEBP", quality=85, method=4)
    return target.getvalue()
