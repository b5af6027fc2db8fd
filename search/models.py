"""What can be found, and the words that occur in it.

Each database adds an index of its own beside these tables, kept in step by itself:
PostgreSQL a generated ``tsvector`` column, SQLite an FTS5 table with triggers. See
``search.migrations`` and ``search.engines``.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """One public record as the search sees it; ``key`` is the record's own.

    ``title``, ``note`` and ``text`` are shown. ``forms`` are the names and codes by
    which the record is known, folded, each between line ends, so that one of them
    can be met as a whole or by its beginning. The ``…_words`` are folded texts.
    ``former`` are pairs of a folded name of the past and the note that goes with it.
    """

    kind = models.CharField(_("kind"), max_length=20)
    key = models.BigIntegerField(_("key"))
    title = models.CharField(_("title"), max_length=400)
    note = models.CharField(_("note"), max_length=400, blank=True)
    url = models.CharField(_("address"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    former = models.JSONField(_("former names"), default=list, blank=True)
    weight = models.SmallIntegerField(_("weight"), default=0)
    forms = models.TextField(_("names and codes"))
    title_words = models.TextField(_("words of the title"))
    names_words = models.TextField(_("words of the names"), blank=True)
    text_words = models.TextField(_("words of the text"), blank=True)
    digest = models.CharField(max_length=40, editable=False)

    class Meta:
        ordering = ["kind", "key"]
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], name="searchdocument_kind_key_unique"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word of some document, folded: what a slip of the pen is compared with."""

    word = models.CharField(_("word"), max_length=40, unique=True)
    length = models.PositiveSmallIntegerField(_("length"), db_index=True)

    class Meta:
        ordering = ["word"]
        verbose_name = _("word")
        verbose_name_plural = _("words")

    def __str__(self) -> str:
        return self.word
