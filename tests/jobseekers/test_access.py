"""Who may open which page about a person, in one table; and that a stranger's person and nobody are the same page."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event, Read
from jobseekers import access, actions
from jobseekers.models import NeedsRecord, Profile
from jobseekers.states import NotThere, Refused
from jobseekers.urls import urlpatterns
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.jobseekers.conftest import People, SignedIn

WORDS = {"name": "place", "group": "time", "number": 1, "wish": UUID(int=7)}
OF_A_PERSON = [one.name for one in urlpatterns if one.name.startswith("person")]
OF_THE_WHOLE_TEAM = {"team_programmes", "team_programme"}  # its advisors read them too
OWNERS = {"me/": "jobseeker", "advisor/": "advisor", "team/": "coordinator"}


def _address(name: str, pk: UUID) -> str:
    pattern = next(one.pattern for one in urlpatterns if one.name == name)
    return reverse(name, kwargs={one: pk if one == "pk" else WORDS[one] for one in pattern.converters})


@pytest.mark.parametrize("name", [one.name for one in urlpatterns if one.name not in {"join", "help_advisor", "help_contact"}])
def test_each_page_is_for_one_role(people: People, signed_in: SignedIn, name: str) -> None:
    route = str(next(one.pattern for one in urlpatterns if one.name == name))
    owner = next(role for start, role in OWNERS.items() if route.startswith(start))
    clients = {
        "jobseeker": signed_in(people.seeking),
        "advisor": signed_in(people.advising),
        "coordinator": signed_in(people.coordinating),
        "editor": signed_in(MembershipFactory(editor=True)),
    }
    path = _address(name, people.profile.pk)
    statuses = {role: client.get(path).status_code for role, client in clients.items()}
    assert statuses.pop(owner) in {200, 404, 405}
    if name in OF_THE_WHOLE_TEAM:
        assert statuses.pop("advisor") in {200, 404}
    assert set(statuses.values()) == {403}
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("name", OF_A_PERSON)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_advisors_person_and_nobody_are_the_same_page(people: People, signed_in: SignedIn, name: str, method: str) -> None:
    client, theirs = signed_in(people.advising), ProfileFactory()
    answers = []
    for pk in (theirs.pk, uuid4()):
        answer = getattr(client, method)(_address(name, pk), {"stage": "searching", "words": "x"})
        body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode().replace(str(pk), "ID"))
        answers.append((answer.status_code, body))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    refused = Read.objects.filter(refused=True)
    assert refused.count() == 2
    assert set(refused.values_list("profile_id", flat=True)) == {None}


def test_another_teams_person_is_not_there_for_a_coordinator(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.coordinating)
    assert client.get(reverse("transfer", args=[ProfileFactory().pk])).status_code == 404
    assert client.get(reverse("transfer", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "other advisor", "coordinator"])
def test_nobody_else_changes_a_profile(people: People, who: str, now: object) -> None:
    stranger = role_of(jobseeker_role(ProfileFactory()))
    role = {"stranger": stranger, "other advisor": role_of(MembershipFactory(advisor=True)), "coordinator": people.coordinator}[who]
    pk = people.profile.pk
    with pytest.raises(NotThere):
        actions.save_profile(pk, "words", {"words": "x"}, by=role, at=now, channel="phone")
    with pytest.raises(NotThere):
        actions.save_needs(pk, "phys", {}, by=role, at=now, channel="phone")
    with pytest.raises(NotThere):
        actions.add_skill(pk, "cook", by=role, at=now, channel="phone")
    with pytest.raises(NotThere):
        actions.save_note(pk, "x", by=role, at=now)
    with pytest.raises(NotThere):
        actions.set_stage(pk, "searching", by=role, at=now)
    with pytest.raises(NotThere):
        actions.pause(pk, by=role, at=now, channel="phone")
    assert not Event.objects.exists()


def test_an_advisor_says_how_the_person_told_them(people: People, now: object) -> None:
    values = {"words": "Gillar djur."}
    for channel in ("", "pigeon"):
        with pytest.raises(Refused):
            actions.save_profile(people.profile.pk, "words", values, by=people.advisor, at=now, channel=channel)
    actions.save_profile(people.profile.pk, "words", values, by=people.advisor, at=now, channel="meeting", why="no_eid")
    event = Event.objects.get()
    assert (event.what, event.after, event.channel, event.why) == ("profile_saved", "words", "meeting", "no_eid")
    assert [(one.name, one.channel) for one in access.done_for(people.profile)] == [(people.advisor.name, "På ett möte")]


def test_the_persons_own_change_is_nobodys_doing_for_them(people: People, now: object) -> None:
    actions.save_profile(people.profile.pk, "words", {"words": "Gillar djur."}, by=people.person, at=now)
    assert Event.objects.get().channel == ""
    assert access.done_for(people.profile) == []


def test_the_own_looks_are_not_in_who_has_seen(people: People, signed_in: SignedIn) -> None:
    signed_in(people.seeking).get("/sv/me/needs/")
    signed_in(people.advising).get(reverse("person_need_group", args=[people.profile.pk, "phys"]))
    (day,) = access.who_has_seen(people.profile)
    assert [(look.reader_id, look.page) for look in day.looks] == [(people.advisor.user_id, "Dina behov")]


def test_an_advisor_who_lost_the_person_loses_the_pages(people: People, signed_in: SignedIn, now: object) -> None:
    client = signed_in(people.advising)
    other = MembershipFactory(advisor=True, team=people.advising.team)
    actions.transfer(people.profile.pk, to=other.user_id, handover="Ring först.", by=people.coordinator, at=now)
    assert client.get(reverse("person", args=[people.profile.pk])).status_code == 404
    assert "Ring först." in signed_in(other).get(reverse("person", args=[people.profile.pk])).content.decode()


def test_a_get_never_changes_anything(people: People, signed_in: SignedIn) -> None:
    before = (list(Profile.objects.values()), NeedsRecord.objects.get().sealed, Event.objects.count())
    for name in [one.name for one in urlpatterns]:
        for member in (people.seeking, people.advising, people.coordinating):
            signed_in(member).get(_address(name, people.profile.pk))
    assert (list(Profile.objects.values()), NeedsRecord.objects.get().sealed, Event.objects.count()) == before


def test_a_form_that_comes_back_is_a_look_and_one_that_leads_on_is_none(people: People, signed_in: SignedIn) -> None:
    client, pk = signed_in(people.advising), people.profile.pk
    looks = Read.objects.about(pk)
    assert client.get(reverse("person", args=[pk])).status_code == 200
    assert looks.count() == 1
    assert client.post(reverse("person", args=[pk]), {"words": "x" * 5000}).status_code == 200
    assert looks.count() == 2
    assert client.post(reverse("person", args=[pk]), {"words": "Kort"}).status_code == 303
    assert client.get(reverse("person_stage", args=[pk])).status_code == 405
    assert looks.count() == 2


def test_who_works_for_two_agencies_sees_the_people_of_one_at_a_time(people: People, signed_in: SignedIn) -> None:
    here = people.advising
    there = MembershipFactory(advisor=True, user=here.user)
    other = ProfileFactory(advised_by=there, user__first_name="Borta")
    client = signed_in(here)
    for role, own, foreign in ((here, people.profile, other), (there, other, people.profile)):
        client.post(reverse("choose_role"), {"membership": role.pk})
        listed = client.get(reverse("people")).content.decode()
        assert own.user.first_name in listed
        assert foreign.user.first_name not in listed
        assert client.get(reverse("person", args=[own.pk])).status_code == 200
        assert client.get(reverse("person", args=[foreign.pk])).status_code == 404
        assert client.post(reverse("person_stage", args=[foreign.pk]), {"stage": "searching"}).status_code == 404
    assert Read.objects.about(other.pk).values_list("agency", flat=True).distinct().get() == there.team.agency.name  # type: ignore[union-attr]
