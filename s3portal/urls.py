"""The portal's addresses."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("dashboards.urls")),
    path("api/", include("dashboards.api.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "dashboards.views.errors.bad_request"
handler404 = "s3portal.handlers.not_found"
handler500 = "s3portal.handlers.server_error"
