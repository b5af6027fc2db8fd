"""The workbook as a format the API can be asked for."""

from typing import Any

from rest_framework.renderers import BaseRenderer

from sources.tables import XLSX_TYPE


class XLSXRenderer(BaseRenderer):
    """Makes ``format=xlsx`` known; the views that offer it answer with a download."""

    media_type = XLSX_TYPE
    format = "xlsx"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Any = None,
    ) -> bytes:
        return bytes(data)
