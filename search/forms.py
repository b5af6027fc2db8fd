"""The parameters of a search, the same on the page and in the API."""

from django import forms

from search.makers import MAKERS
from sources.queryforms import QueryForm


class WordsQuery(QueryForm):
    """Words, and the kinds of what is wanted; several kinds mean any of them."""

    q = forms.CharField(max_length=100, required=False, strip=True)
    kind = forms.MultipleChoiceField(
        choices=[(maker.kind, maker.plural) for maker in MAKERS], required=False
    )
