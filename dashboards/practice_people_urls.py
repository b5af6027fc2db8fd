"""Addresses of pages of good practices: what passes between authors and others."""

from django.urls import path

from dashboards.views import practice_heard, practice_mine, practice_people

people_pages = [
    path("mine/", practice_mine.mine, name="mine"),
    path("invitation/<str:token>/", practice_people.invitation, name="invitation"),
    path("work/<slug:slug>/people/", practice_people.people, name="people"),
    path("work/<slug:slug>/heard/", practice_heard.heard, name="heard"),
    path("work/<slug:slug>/confirm/", practice_heard.confirm, name="confirm"),
]
