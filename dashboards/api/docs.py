"""The API explorer, from files the portal serves itself."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularSwaggerSplitView


@method_decorator(
    csp_update({"style-src": [SELF, "'unsafe-inline'"], "img-src": [SELF, "data:"]}),
    name="dispatch",
)
class ExplorerView(SpectacularSwaggerSplitView):
    """Swagger UI with its script in a file of its own: no inline script.

    Swagger UI writes style attributes, hence the one exception for styles here.
    """

    url_name = "api-schema"
