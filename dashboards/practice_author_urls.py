"""Addresses of pages of good practices: what authors write."""

from django.urls import path, re_path

from dashboards.practice_form import STEPS
from dashboards.views import practice_edit, practice_share, practice_work

# Named one by one, so that pages of others can stand beside them.
_STEP = "|".join(STEPS)

author_pages = [
    path("share/", practice_share.share, name="share"),
    path("share/suggest/<slug:kind>/", practice_share.suggest, name="suggest"),
    path("work/<slug:slug>/", practice_work.work, name="work"),
    path("work/<slug:slug>/preview/", practice_work.preview, name="preview"),
    re_path(
        rf"^work/(?P<slug>[-\w]+)/(?P<step>{_STEP})/$", practice_edit.edit, name="edit"
    ),
]
