"""How REST framework and the schema of the API are set; part of the settings."""

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": [
        "s3portal.rest.renderers.JSONRenderer",
        "s3portal.rest.renderers.CSVRenderer",
    ],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": (
        "s3portal.rest.negotiation.ContentNegotiation"
    ),
    "DEFAULT_PAGINATION_CLASS": "s3portal.rest.pagination.PageNumberPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "s3portal.rest.problems.problem_response",
    "URL_FORMAT_OVERRIDE": "format",
    "PAGE_SIZE": 100,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Smart Specialisation Portal API",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "Regions, indicators, observations and figures, without a key. "
        "Errors are RFC 9457 problem+json. Figures may be reused with "
        "acknowledgement of the source named beside each number."
    ),
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
