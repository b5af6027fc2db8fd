"""What the search answers."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from rest_framework import serializers

from search.analysis.marks import Part

MARK, END = SafeString("<mark>"), SafeString("</mark>")


def as_html(parts: Sequence[Part]) -> SafeString:
    """The parts as HTML: escaped, and ``<mark>`` around what is marked."""
    return format_html_join(
        "",
        "{}{}{}",
        (
            (MARK if part.is_marked else "", part.text, END if part.is_marked else "")
            for part in parts
        ),
    )


class MarkedField(serializers.CharField):
    def to_representation(self, value: Any) -> str:
        return str(as_html(value))


class HitSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    title = serializers.CharField(source="label")
    note = serializers.CharField(help_text="What it is, in a few words.")
    address = serializers.CharField(source="url", help_text="Its page.")
    snippet = serializers.CharField(
        help_text="The passage in which the words were found; empty without a text."
    )
    title_marked = MarkedField(
        source="title", help_text="As HTML, with <mark> around what answers to a word."
    )
    snippet_marked = MarkedField(source="text", help_text="As HTML, likewise.")


class KindCountSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()


class HelpSerializer(serializers.Serializer[Any]):
    q = serializers.CharField()
    count = serializers.IntegerField()


class AnswerSerializer(serializers.Serializer[Any]):
    """A page of results, counts of all kinds, and help where nothing was found."""

    count = serializers.IntegerField(help_text="Of the kinds asked for.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    kinds = KindCountSerializer(many=True, help_text="Whatever kind was asked for.")
    meant = serializers.CharField(
        help_text="The spelling shown, where nothing is written as typed; else empty."
    )
    helps = HelpSerializer(
        many=True, help_text="What else to ask for, where nothing was found."
    )
    results = HitSerializer(many=True)
