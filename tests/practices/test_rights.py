"""Who plays which part, and what keeps them from judging."""

import pytest

from accounts.models import Membership, Scope
from practices import services
from practices.actors import Tie, actors_of, may, may_see, ties_of
from practices.errors import NotAllowed
from practices.machine import Action, Actor, Condition
from practices.models import Authorship, GoodPractice
from practices.stages import Stage
from tests import factories
from tests.factories.practices import (
    AuthorshipFactory,
    ReviewFactory,
    lead_of,
    whole_practice,
    with_role,
)

pytestmark = pytest.mark.django_db


def revision(practice):
    return GoodPractice.objects.get(pk=practice.pk).revision


def test_parts(people):
    practice = whole_practice()
    helper = AuthorshipFactory(practice=practice, role=Authorship.Role.CO_AUTHOR).user
    assert actors_of(lead_of(practice), practice) == {Actor.READER, Actor.LEAD}
    assert actors_of(helper, practice) == {Actor.READER, Actor.CO_AUTHOR}
    assert actors_of(people.curator, practice) == {Actor.READER, Actor.CURATOR}
    assert actors_of(people.reader, practice) == {Actor.READER}
    assert actors_of(None, practice) == frozenset()
    root = factories.UserFactory(is_superuser=True)
    assert Actor.CURATOR in actors_of(root, practice)
    root.is_active = False
    assert actors_of(root, practice) == frozenset()


def test_a_secretariat_reaches_practices_of_its_programme_only():
    project = factories.ProjectFactory()
    slug = project.programme.slug
    secretary = with_role(Scope.Role.SECRETARIAT, programme_code=slug)
    through_project = whole_practice(project=project)
    directly = whole_practice(programme=project.programme)
    factories.ProgrammeFactory(slug="idle")
    idle = with_role(Scope.Role.SECRETARIAT, programme_code="idle")
    assert Actor.SECRETARIAT in actors_of(secretary, through_project)
    assert Actor.SECRETARIAT in actors_of(secretary, directly)
    other = whole_practice()
    assert Actor.SECRETARIAT not in actors_of(secretary, other)
    # A programme without projects is not the programme of what has no project.
    assert Actor.SECRETARIAT not in actors_of(idle, other)


def test_an_expert_of_a_region_reaches_its_parts():
    practice = whole_practice()
    region = practice.regions.get()
    inside = with_role(Scope.Role.EXPERT, region=region.parent)
    elsewhere = with_role(Scope.Role.EXPERT, region=factories.RegionFactory())
    assert Actor.EXPERT in actors_of(inside, practice)
    assert Actor.EXPERT not in actors_of(elsewhere, practice)


def test_ties(people):
    project = factories.ProjectFactory()
    practice = whole_practice(project=project)
    assert ties_of(people.expert, practice) == frozenset()
    assert Tie.AUTHOR in ties_of(lead_of(practice), practice)
    colleague = with_role(Scope.Role.CONTRIBUTOR, organisation=practice.organisation)
    assert ties_of(colleague, practice) == {Tie.ORGANISATION}
    partner = factories.PartnerFactory(project=project)
    Membership.objects.create(user=people.expert, organisation=partner.organisation)
    assert ties_of(people.expert, practice) == {Tie.PROJECT}


def test_ties_of_a_revision_are_those_of_its_new_text(people):
    practice = whole_practice(Stage.SUBSTANCE, is_public=True)
    office = factories.OrganisationFactory()
    Membership.objects.create(user=people.expert, organisation=office)
    assert not ties_of(people.expert, practice)
    copy = practice.working_copy
    copy.content["organisation"] = office.slug
    copy.save()
    assert ties_of(people.expert, practice) == {Tie.ORGANISATION}


def test_colleagues_of_the_authors_do_not_judge(people):
    practice = whole_practice(Stage.SUBSTANCE)
    office = factories.OrganisationFactory()
    for user in (lead_of(practice), people.expert):
        Membership.objects.create(user=user, organisation=office)
    with pytest.raises(NotAllowed) as caught:
        services.approve(practice, by=people.expert, revision=revision(practice))
    assert caught.value.condition is Condition.NO_CONFLICT


def test_first_posts_are_for_a_curator(people):
    programme = factories.ProgrammeFactory()
    secretary = with_role(Scope.Role.SECRETARIAT, programme_code=programme.slug)
    practice = whole_practice(programme=programme)
    author = lead_of(practice)
    row = services.submit(practice, by=author, revision=revision(practice))
    assert row.is_first_post
    with pytest.raises(NotAllowed) as caught:
        services.pass_completeness(practice, by=secretary, revision=row.revision)
    assert caught.value.condition is Condition.FIRST_POST
    before = whole_practice(Stage.PUBLISHED)
    services.record_version(before)
    known = whole_practice(programme=programme)
    known.authorships.update(user=lead_of(before))
    row = services.submit(known, by=lead_of(known), revision=revision(known))
    assert not row.is_first_post
    row = services.pass_completeness(known, by=secretary, revision=row.revision)
    assert row.stage == Stage.SUBSTANCE


def test_nobody_passes_both_steps(people):
    factories.ScopeFactory(user=people.curator, role=Scope.Role.EXPERT)
    practice = whole_practice(Stage.COMPLETENESS)
    ReviewFactory(practice=practice)
    row = services.pass_completeness(
        practice, by=people.curator, revision=revision(practice)
    )
    with pytest.raises(NotAllowed) as caught:
        services.approve(practice, by=people.curator, revision=row.revision)
    assert caught.value.condition is Condition.SECOND_PERSON
    services.approve(practice, by=people.expert, revision=row.revision)


def test_drafts_are_seen_by_their_authors_and_curators(people):
    practice = whole_practice()
    assert may_see(lead_of(practice), practice)
    assert may_see(people.curator, practice)
    assert not may_see(people.expert, practice)
    assert not may_see(people.reader, practice)
    practice.stage = Stage.SUBSTANCE
    assert may_see(people.expert, practice)
    assert Action.APPROVE in may(people.expert, practice)


def test_reviews_are_given_to_those_who_may_and_are_not_tied(people):
    practice = whole_practice(Stage.SUBSTANCE)
    seen = revision(practice)
    give = {"by": people.curator, "revision": seen}
    with pytest.raises(NotAllowed):
        services.assign(practice, people.reader, **give)
    AuthorshipFactory(
        practice=practice,
        user=people.expert,
        role=Authorship.Role.CO_AUTHOR,
    )
    with pytest.raises(NotAllowed) as caught:
        services.assign(practice, people.expert, **give)
    assert caught.value.condition is Condition.NO_CONFLICT
    other = with_role(Scope.Role.EXPERT)
    review = services.assign(practice, other, by=other, revision=seen)
    assert (review.reviewer, review.step) == (other, "substance")
