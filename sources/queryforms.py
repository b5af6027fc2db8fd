"""Query parameters checked by Django forms: every refusal names what is allowed.

Pages and the API share it. ``InvalidQuery`` is a bad request to Django, and the
API's exception handler turns it into a problem with one entry per parameter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

# A refusal lists no more than so many values; a longer list helps nobody.
LISTED = 200


@dataclass(frozen=True, slots=True)
class ParameterError:
    """What is wrong with one parameter; ``allowed`` is empty where it is open."""

    parameter: str
    detail: str
    allowed: tuple[str, ...] = ()


class InvalidQuery(BadRequest):
    """A request whose parameters cannot be answered; ``str()`` is one line."""

    def __init__(self, errors: Iterable[ParameterError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(_sentence(error) for error in self.errors))


class QueryForm(forms.Form):
    """A form over a query string: absent parameters take the field's ``initial``.

    ``also`` names the parameters others read (format, pages); anything else that
    is no field is refused by ``validate``.
    """

    also: ClassVar[tuple[str, ...]] = ("format", "page", "page_size")

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        given = QueryDict(mutable=True) if data is None else data.copy()
        for name, field in self.base_fields.items():
            if name not in given and field.initial is not None:
                given.setlist(name, _texts(field.initial))
        super().__init__(given, **kwargs)

    def allowed(self, name: str) -> tuple[str, ...]:
        """The values a parameter may take, or nothing where they are too many."""
        values = [value for value in _choices(self.fields.get(name)) if value]
        return tuple(values) if len(values) <= LISTED else ()


def validate(form_class: type[QueryForm], query: QueryDict) -> dict[str, Any]:
    """The cleaned parameters of ``query``; InvalidQuery names all that is wrong."""
    form = form_class(query)
    errors = [*_unknown(form, query), *_repeated(form, query)]
    for name, messages in form.errors.items():
        parameter = "" if name == NON_FIELD_ERRORS else name
        detail = " ".join(str(message) for message in messages)
        errors.append(ParameterError(parameter, detail, form.allowed(name)))
    if errors:
        raise InvalidQuery(errors)
    return form.cleaned_data


def _unknown(form: QueryForm, query: QueryDict) -> Iterator[ParameterError]:
    names = (*form.fields, *form.also)
    for name in query:
        if name not in names:
            yield ParameterError(name, _("There is no such parameter."), names)


def _repeated(form: QueryForm, query: QueryDict) -> Iterator[ParameterError]:
    """A single value given twice: answering the last one would hide the first."""
    for name, field in form.fields.items():
        many = isinstance(field.widget, forms.MultipleHiddenInput) or getattr(
            field.widget, "allow_multiple_selected", False
        )
        if not many and len(query.getlist(name)) > 1:
            detail = _("This parameter can be given only once.")
            yield ParameterError(name, detail, form.allowed(name))


def _choices(field: forms.Field | None) -> Iterator[str]:
    if not isinstance(field, forms.ChoiceField):
        return
    choices: Any = field.choices
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from (str(inner) for inner, _label in label)
        else:
            yield str(value)


def _texts(initial: Any) -> list[str]:
    value = initial() if callable(initial) else initial
    return [
        str(item) for item in (value if isinstance(value, list | tuple) else [value])
    ]


def _sentence(error: ParameterError) -> str:
    named = f"{error.parameter}: {error.detail}" if error.parameter else error.detail
    return f"{named} ({', '.join(error.allowed)})" if error.allowed else named
