"""Addresses of the desk's own pages; they lie before those of the admin."""

from django.urls import path

from desk.views import duplicates, quality

app_name = "desk"
urlpatterns = [
    path("quality/", quality.index, name="quality"),
    path("quality/missing/<str:model>/<str:field>/", quality.missing, name="missing"),
    path("quality/<slug:code>/", quality.worklist, name="worklist"),
    path("desk/duplicates/", duplicates.index, name="duplicates"),
    path("desk/duplicates/<int:pk>/", duplicates.pair, name="pair"),
    path("desk/merges/", duplicates.merges, name="merges"),
]
