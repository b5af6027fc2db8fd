"""Addresses of reviewers' pages, in the namespace of practices."""

from django.urls import path, re_path

from dashboards.views import practice_moderation, practice_reviews

# Lists have two parts, so that no practice can be called like one of them.
review_pages = [
    path("review/", practice_reviews.queue, name="review-queue"),
    path("review/list/heard/", practice_moderation.heard, name="review-heard"),
    path(
        "review/list/confirmations/",
        practice_moderation.confirmations,
        name="review-confirmations",
    ),
    re_path(
        r"^review/list/heard/(?P<kind>interest|question)/(?P<pk>\d+)/$",
        practice_moderation.decide,
        name="review-heard-decide",
    ),
    path("review/<slug:slug>/", practice_reviews.detail, name="review"),
    path(
        "review/<slug:slug>/files/<int:pk>/",
        practice_reviews.attachment,
        name="review-file",
    ),
]
