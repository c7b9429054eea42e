"""Who comes to events and courses, reads the newsletter and wants to take part in a programme: through the actions that everybody uses."""

from content import actions as content
from content.models import CoursePage, EventPage, ProgrammePage, Subscriber
from jobseekers import actions as jobseekers
from jobseekers.models import Profile
from portal.demo.accounts import role_of
from portal.demo.content import Clock, account_id, address, chance, read

FIRST = "sv"


def make_coming(clock: Clock) -> None:
    _sign_up(clock)
    _subscribe(clock)
    _ask(clock)


def _sign_up(clock: Clock) -> None:
    held = {page.slug: page.gathering_id for model in (EventPage, CoursePage) for page in model.objects.filter(locale__language_code=FIRST)}
    for slug, first, last, comes_from, language in read("coming")["coming"]:
        at = clock.ago(chance("comes", first, last).randint(1, 6))
        email = _address(first, last)
        content.sign_up(held[slug], name=f"{first} {last}", email=email, language=language, comes_from=comes_from, at=at)


def _subscribe(clock: Clock) -> None:
    for first, last, audience, language, confirmed in read("coming")["readers"]:
        email = _address(first, last)
        content.ask_for_letter(email=email, audience=audience, language=language, at=clock.ago(2))
        if confirmed:
            content.confirm(Subscriber.objects.get(email=email).pk, at=clock.ago(2))


def _ask(clock: Clock) -> None:
    for person, slug, reach, days, taker, answer, reason in read("coming")["asked"]:
        page = ProgrammePage.objects.get(slug=slug, locale__language_code=FIRST)
        profile = Profile.objects.select_related("user").get(user_id=account_id(person))
        told = {"programme": page.translation_key, "title": page.title, "team_id": page.team_id}
        made = jobseekers.ask_for_programme(
            profile.pk, **told, language=profile.user.language, reach=reach, by=role_of(person), at=clock.ago(days)
        )
        if taker:
            jobseekers.take_programme_request(made.pk, by=role_of(taker), at=clock.ago(days - 1))
        if answer:
            jobseekers.answer_programme_request(made.pk, answer=answer, reason=reason, by=role_of(taker), at=clock.ago(days - 2))


def _address(first: str, last: str) -> str:
    """The same for the same name: who comes to an event may also read the newsletter."""
    return address([first, last], "example.org", set())
