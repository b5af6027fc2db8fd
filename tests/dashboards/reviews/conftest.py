"""People before the pages of reviews, and a practice on its way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practices.models import GoodPractice, Review
from practices.stages import IN_REVIEW, Stage
from tests.factories.practices import ReviewFactory, whole_practice
from tests.practices.conftest import people

__all__ = ["people"]


@pytest.fixture
def on_its_way():
    """A practice at a stage, with its open step where it is in review."""

    def build(stage, **given):
        if stage is Stage.SCHEDULED:
            given["publish_at"] = timezone.now() + timedelta(days=1)
        practice = whole_practice(stage, **given)
        if stage in IN_REVIEW:
            ReviewFactory(practice=practice, step=Review.Step(stage.value))
        return practice

    return build


@pytest.fixture
def send(client):
    """Post to the page of a practice as somebody, with the revision of now."""

    def post(user, practice, action, **more):
        client.force_login(user)
        row = GoodPractice.objects.get(pk=practice.pk)
        sent = {"revision": row.revision, "action": action, **more}
        return client.post(f"/practices/review/{row.slug}/", sent)

    return post
