"""Writing by token: whose drafts, and how a refusal is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.core.exceptions import ValidationError as BadValues
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.request import Request

from accounts.models import User
from practices.errors import Conflict, Incomplete, NotAllowed
from practices.models import GoodPractice
from practices.services import content_in_work


class Conflicting(APIException):
    """409; ``extra`` are further members of the problem document."""

    status_code = status.HTTP_409_CONFLICT

    def __init__(self, detail: str, extra: dict[str, Any] | None = None) -> None:
        super().__init__(detail)
        self.extra = extra or {}


@contextmanager
def told() -> Iterator[None]:
    """What the services refuse, as problems of the API."""
    try:
        yield
    except BadValues as error:
        raise ValidationError(error.message_dict) from error
    except Conflict as error:
        both = {
            "revision": error.revision,
            "theirs": error.theirs,
            "yours": error.yours,
        }
        raise Conflicting(str(error), both) from error
    except Incomplete as error:
        missing = [
            {"field": item.field, "lack": item.lack}
            for item in error.completeness.missing
        ]
        raise Conflicting(str(error), {"missing": missing}) from error
    except NotAllowed as error:
        if error.is_ever:
            raise Conflicting(str(error)) from error
        raise PermissionDenied(str(error)) from error


def own_draft(request: Request, slug: str) -> GoodPractice:
    """A practice of the token's organisation that its person writes; else 404.

    404 rather than 403: nobody else is to learn which drafts there are.
    """
    found = GoodPractice.objects.written_by(request.user).filter(slug=slug).first()
    body = request.auth.organisation.slug  # type: ignore[union-attr]  # HasScope
    if found is None or content_in_work(found)["organisation"] != body:
        text = _("Your organisation has no draft %(slug)s that is yours to write.")
        raise Http404(text % {"slug": slug})
    return found


def writer(request: Request) -> User:
    """Whose token it is; for requests that ``HasScope`` let through."""
    return cast(User, request.user)


def fields_of(request: Request, fields: Any) -> dict[str, Any]:
    """The fields sent, of the token's organisation and no other."""
    if not isinstance(fields, dict):
        text = _("An object of fields is expected: {“title”: “…”}.")
        raise ValidationError({"content": [text]})
    body = request.auth.organisation.slug  # type: ignore[union-attr]  # HasScope
    if fields.get("organisation", body) != body:
        text = _("The token writes for %(body)s only.")
        raise ValidationError({"organisation": [text % {"body": body}]})
    return {**fields, "organisation": body}


def sent(request: Request, name: str) -> Any:
    """A member of the object sent; None where it is none."""
    return request.data.get(name) if isinstance(request.data, dict) else None


def revision_of(request: Request) -> int:
    """The revision that the sender has seen. Raises ValidationError without one."""
    revision = sent(request, "revision")
    if isinstance(revision, bool) or not isinstance(revision, int) or revision < 0:
        text = _("Send the revision you read, a whole number.")
        raise ValidationError({"revision": [text]})
    return revision
