"""An attachment as an answer: as what it was recognised as, and as nothing else."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from practices.models import Attachment
from practices.models.content import smaller_path
from practices.uploads.files import SMALLER

FOREVER = "public, max-age=31536000, immutable"
# Even if a browser made a page of it, nothing in it could act.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def file_response(
    attachment: Attachment, wanted_width: str = "", *, is_public: bool
) -> FileResponse:
    """Images to be shown, documents to be saved; 404 where the file is not there.

    What readers see never changes under its address, so caches may keep it.
    """
    path = _path(attachment, wanted_width)
    try:
        file = default_storage.open(path, "rb")
    except (FileNotFoundError, ValueError):  # ValueError: a row without a file
        raise Http404(_("There is no such file.")) from None
    is_image = attachment.kind == Attachment.Kind.IMAGE
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": POLICY,
    }
    if is_public:
        headers["Cache-Control"] = FOREVER
        headers["ETag"] = f'"{path.rpartition("/")[2]}"'
    return FileResponse(
        file,
        as_attachment=not is_image,
        filename=attachment.name,
        content_type=attachment.media_type,
        headers=headers,
    )


def narrower(item: Attachment, place: str) -> str:
    """``srcset`` of an image, for windows that need not all of it; "" for none."""
    if not (item.width and item.height) or item.width < item.height:
        return ""
    widths = [width for width in SMALLER if width < item.width]
    copies = [f"{place}?width={width} {width}w" for width in widths]
    return ", ".join([*copies, f"{place} {item.width}w"]) if copies else ""


def _path(attachment: Attachment, wanted_width: str) -> str:
    """A narrower copy where there is one of that width."""
    if wanted_width in map(str, SMALLER) and attachment.width:
        path = smaller_path(attachment, int(wanted_width))
        if default_storage.exists(path):
            return path
    return str(attachment.file.name)
