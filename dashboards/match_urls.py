"""Addresses of the pages of match requests."""

from django.urls import path

from dashboards.views import match, match_desk, match_introductions

match_pages = [
    path("", match.index, name="index"),
    path("mine/", match.mine, name="mine"),
    path("desk/", match_desk.queue, name="desk"),
    path("desk/<int:pk>/", match_desk.detail, name="desk-detail"),
    path(
        "introductions/<int:pk>/", match_introductions.introduction, name="introduction"
    ),
    path("<int:pk>/", match.detail, name="detail"),
]
