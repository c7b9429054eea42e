"""Placements of people of the demo who can be tried out: one that is over, one under way with everything that waits, and an
apprenticeship with a report to write and new days to sign."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from employers.models import Employer, Posting
from jobseekers.models import Profile
from matching import actions as matching
from matching.models import Suggestion
from placements import actions
from placements.fields import Contact, Goal, Terms
from placements.models import HireForm, Placement
from placements.states import Party
from portal.demo.accounts import role_of
from portal.demo.content import account_id, key
from tests.factories.employers import PostingFactory
from tests.factories.matching import Pair, suggestion_of

TERMS = Terms(
    hours=10,
    days=("mon", "wed"),
    tasks="Packa plantor.",
    goals=(Goal("try", "Jag vill pröva."),),
    supervisor=Contact("Karin Ek", "förman", "033-55 01 14", "karin@example.org"),
    safety=("walk",),
)


def give_placements(person: str, employer: str, advisor: str, at: datetime) -> None:
    """Both placements come of one door, which both had agreed on three months ago."""
    profile, firm = Profile.objects.get(user_id=account_id(person)), Employer.objects.get(pk=key("employer", employer))
    workplace = Posting.objects.filter(employer=firm).exclude(workplace=None)[0].workplace
    posting: Any = PostingFactory(workplace=workplace, published=True, title="Hjälpa till i butiken")
    PostingFactory(workplace=workplace, published=True, kind="activity", title="Öppen odling")
    made = Suggestion.objects.filter(profile=profile, posting=posting).first() or suggestion_of(posting, profile)
    pair = Pair(made, posting, profile, firm, role_of(advisor), role_of(person), role_of(employer))
    then = at - timedelta(days=90)
    door = pair.introduce(then)
    matching.answer(door.pk, by=pair.member, at=then, choice="meet", proposal="Tisdag")
    over = _approved(pair, door.pk, then, first=70, last=10)
    actions.tick(at=at - timedelta(days=9))
    actions.agree_to_be_asked(profile.pk, True, by=pair.jobseeker, at=at)
    actions.hire(door.pk, by=pair.advisor, at=at, form=HireForm.ORDINARY, starts=localdate(at), hours=20, placement_id=over.pk)
    now = _approved(pair, door.pk, at - timedelta(days=9), first=8, last=-60)
    actions.tick(at=at - timedelta(days=8))
    actions.tick_check_ins(at=at)
    actions.tell_incident(now.pk, "Ljudet", by=pair.jobseeker, at=at, private=True)
    holds = now.versions.get()
    new = actions.change_days(now.pk, by=pair.advisor, at=at, seen=holds.hash, ends=localdate(at) + timedelta(days=80))
    actions.show(now.pk, by=pair.jobseeker, at=at, seen=new.hash)
    _apprentice(pair, at)


def _apprentice(pair: Pair, at: datetime) -> None:
    """Begun so long ago that the first report is asked for; nothing else waits, so the advisor may sign for somebody."""
    posting: Any = PostingFactory(workplace=pair.posting.workplace, published=True, kind="apprenticeship", title="Lärling i butiken")
    then = at - timedelta(days=110)
    own = Pair(suggestion_of(posting, pair.profile), posting, pair.profile, pair.employer, pair.advisor, pair.jobseeker, pair.member)
    door = own.introduce(then)
    matching.answer(door.pk, by=own.member, at=then, choice="meet", proposal="Tisdag")
    terms = replace(TERMS, other=Contact("Stina Ek", "vuxenutbildningen"), supervisor=Contact("Olle Ek", "lärare"))
    made = _approved(own, door.pk, then, first=100, last=-200, terms=terms, measure="")
    actions.tick(at=at - timedelta(days=99))
    actions.tick_reports(at=at)
    seen = made.versions.get().hash
    new = actions.change_days(made.pk, by=own.advisor, at=at, seen=seen, ends=localdate(at) + timedelta(days=220))
    actions.show(made.pk, by=own.jobseeker, at=at, seen=new.hash)


def _approved(
    pair: Pair, door_id: object, at: datetime, *, first: int, last: int, terms: Terms = TERMS, measure: str = "se-arbetspraktik"
) -> Placement:
    """From the draft to the approval; `first` and `last` are days before today."""
    today = localdate()
    made = actions.draft(door_id, by=pair.advisor, at=at)  # type: ignore[arg-type]
    usual = made.versions.get().measure
    starts, ends = today - timedelta(days=first), today - timedelta(days=last)
    version = actions.write(
        made.pk,
        actions.Written(terms=terms, measure_key=measure or usual.measure_type_id, starts=starts, ends=ends),  # type: ignore[union-attr]
        by=pair.advisor,
        at=at,
        seen=made.versions.get().hash,
    )
    sent = actions.send(made.pk, by=pair.advisor, at=at, seen=version.hash)
    for party in sent.asked:
        if party == Party.OTHER:
            actions.sign_by_link(sent.pk, Party.OTHER, at=at, seen=sent.hash)
        else:
            actions.sign(made.pk, Party(party), by=pair.jobseeker if party == Party.JOBSEEKER else pair.member, at=at, seen=sent.hash)
    return actions.approve(made.pk, by=pair.advisor, at=at, seen=sent.hash)
