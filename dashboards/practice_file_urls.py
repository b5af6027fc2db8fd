"""Addresses of pages of good practices: attachments and offline forms."""

from django.urls import path, re_path

from dashboards.views import practice_files, practice_offline

file_pages = [
    re_path(
        r"^share/template\.(?P<file_format>docx|csv)$",
        practice_offline.template,
        name="form-template",
    ),
    path("share/upload/", practice_offline.upload, name="form-upload"),
    path("work/<slug:slug>/files/", practice_files.files, name="files"),
    path("work/<slug:slug>/files/<int:pk>/", practice_files.in_work, name="work-file"),
    path("<slug:slug>/files/<int:pk>/", practice_files.published, name="file"),
]
