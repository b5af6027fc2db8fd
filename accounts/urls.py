"""/account/; the addresses of sign-in itself are django-allauth's."""

from django.urls import path

from accounts.views import memberships, notices, own_data, profile, tokens

app_name = "accounts"
urlpatterns = [
    path("", profile.profile, name="profile"),
    path("organisation/", profile.organisation, name="organisation"),
    path("organisation/<int:pk>/leave/", profile.leave, name="leave-organisation"),
    path("notices/", notices.inbox, name="notices"),
    path("notices/read/", notices.read_all, name="notices-read"),
    path("notices/<int:pk>/", notices.read, name="notice"),
    path("notices/preferences/", notices.preferences, name="notice-preferences"),
    path("notices/stop/<str:token>/", notices.stop, name="stop"),
    path("data/", own_data.own_data, name="data"),
    path("data/export.json", own_data.export, name="export"),
    path("delete/", own_data.delete, name="delete"),
    path("tokens/", tokens.index, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="revoke-token"),
    path("memberships/", memberships.index, name="memberships"),
    path("memberships/<int:pk>/", memberships.decide, name="decide-membership"),
]
