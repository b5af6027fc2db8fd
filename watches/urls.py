"""/watch/ for everybody, /account/watches/ for one's own."""

from django.urls import path

from watches import views
from watches.webhooks import views as webhooks

app_name = "watches"
urlpatterns = [
    path("watch/", views.begin, name="begin"),
    path("watch/stop/<str:token>/", views.stop, name="stop"),
    path("watch/<slug:kind>/<path:key>.atom", views.feed, name="feed"),
    path("account/watches/", views.index, name="index"),
    path("account/watches/<int:pk>/", views.change, name="change"),
    path("account/webhooks/", webhooks.index, name="webhooks"),
    path("account/webhooks/<int:pk>/", webhooks.detail, name="webhook"),
    path("account/webhooks/<int:pk>/secret/", webhooks.secret, name="webhook-secret"),
]
