"""The portal's addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from accounts.views import outbox
from accounts.views.privacy import privacy

# One way in: what allauth asks at signing in (second factor, limits) holds here too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("dashboards.urls")),
    path("api/", include("dashboards.api.urls")),
    path("", include("watches.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("privacy/", privacy, name="privacy"),
    path("admin/outbox/", outbox.index, name="outbox"),
    path("admin/outbox/<str:key>/", outbox.mail, name="outbox-mail"),
    path("admin/", include("desk.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "dashboards.views.errors.bad_request"
handler404 = "s3portal.handlers.not_found"
handler500 = "s3portal.handlers.server_error"
