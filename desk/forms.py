"""Query parameters of this app's public pages."""

from django import forms

from desk.corrections import KINDS
from sources.queryforms import QueryForm


class CorrectionsQuery(QueryForm):
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
