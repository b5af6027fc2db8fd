"""Addresses of the pages of good practices for readers."""

from django.urls import path

from dashboards.views import practice_says, practices, transfer

reader_pages = [
    path("", practices.index, name="index"),
    path("new.atom", practices.feed, name="atom"),
    path("transfer/", transfer.transfer, name="transfer"),
    path("<slug:slug>/", practices.detail, name="detail"),
    path("<slug:slug>/cite.bib", practices.cite, name="cite"),
    path("<slug:slug>/versions/<int:number>/", practices.version, name="version"),
    path("<slug:slug>/interest/", practice_says.show_interest, name="interest"),
    path("<slug:slug>/ask/", practice_says.ask, name="ask"),
    path("<slug:slug>/adopt/", practice_says.adopt, name="adopt"),
]
