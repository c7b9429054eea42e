"""Story 1 in the browser: an employer joins, describes a workplace, posts, is asked for a change, and the posting becomes public."""

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.models import Membership, User
from employers.models import Employer, Posting, PostingStatus, Workplace
from tests.journeys.world import Visitor, carry_facts, code_in_the_last_letter, deliver, one_at_a_time

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabulary")]
ADDRESS, PASSWORD = "anna.berg@example.org", "fyra hästar går i regnet"
TITLE = "Odla och sköta växter"
TASKS = "Du sår frön, vattnar och planterar om. Du lyfter krukor på upp till 5 kg."
DAY = "Vi börjar klockan åtta med kaffe. Rast klockan tio."
COMMENT = "Skriv vad som är svårast med uppgiften."
NEW_TASKS = f"{TASKS} Det svåraste är att knäböja länge."
WORDS = (TITLE, NEW_TASKS, DAY)
SUBJECTS = ["Bekräfta din adress", "Du har något nytt att läsa", "Ett svar väntar på er"]


def joins(visitor: Visitor) -> None:
    """A new account, a number with a wrong digit, the right one."""
    visitor.go("account/sign-up/")
    visitor.write(email=ADDRESS, password1=PASSWORD)
    visitor.press("Fortsätt")
    visitor.write(code=code_in_the_last_letter())
    visitor.press("Bekräfta")
    visitor.press("Jag är arbetsgivare")
    visitor.choose("Sverige")
    visitor.write(number="212000-1562", name="Borås Stad", city="Borås")
    visitor.press("Fortsätt")
    visitor.is_told("Numret stämmer inte")
    assert visitor.page.locator("#id_number").input_value() == "212000-1562"
    assert visitor.page.locator("#id_name").input_value() == "Borås Stad"
    visitor.write(number="212000-1561")
    visitor.press("Fortsätt")
    visitor.write(first_name="Anna", last_name="Berg", phone="033-17 40 01")
    visitor.choose("Jag får företräda organisationen")
    visitor.press("Fortsätt")
    visitor.sees("2120001561", "Borås Stad", "Anna Berg")
    visitor.press("Gå med")
    visitor.press("Till din startsida")


def describes_a_workplace(visitor: Visitor) -> None:
    """The address, the ten common answers, one group, a supervisor."""
    page = visitor.page
    visitor.press("Lägg till en arbetsplats")
    visitor.write(name="Stadens växthus", street="Sjöbovägen 12", postal_code="504 33", place="boras", directions="Buss 3, gröna dörren.")
    visitor.press("Spara och fortsätt")
    questions = page.locator(".question")
    assert questions.count() == 10
    for question in questions.all():
        question.get_by_label("Ordnat", exact=True).check()
    questions.first.get_by_label("Kan ordnas", exact=True).check()
    questions.first.get_by_label("Hur långt i förväg?").select_option("two_weeks")
    visitor.press("Spara och gå till nästa grupp")
    page.locator(".question").last.get_by_label("Går inte", exact=True).check()
    visitor.press("Spara och gå till nästa grupp")
    page.get_by_role("link", name="Stadens växthus").click()
    visitor.press("Lägg till en handledare")
    visitor.write(name="Karin Ek", title="Trädgårdsmästare", hours_per_week="4")
    visitor.press("Spara")
    visitor.sees("Karin Ek", "Sjöbovägen 12")


def writes_half_and_leaves(visitor: Visitor) -> None:
    """Steps 1 to 3, a mistake on the fourth, then out of the door."""
    page = visitor.page
    visitor.go("employer/")
    visitor.press("Ny plats")
    visitor.press("Börja")
    visitor.choose("Stadens växthus, Borås")
    visitor.press("Spara och fortsätt")
    visitor.choose("Praktikplats", "Kanske")
    visitor.press("Spara och fortsätt")
    visitor.write(title=TITLE, tasks=TASKS, day=DAY, words="trädgårdsarbetare")
    visitor.press("Spara och fortsätt")
    if page.locator("#found").count():
        page.locator("#found input").first.check()
        visitor.press("Spara och fortsätt")
    visitor.write(hours_min="20", hours_max="10", places="en")
    visitor.choose("Dag")
    visitor.press("Spara och fortsätt")
    visitor.is_told("Skriv ett heltal")
    visitor.is_told("mindre än det lägsta")
    assert [page.locator(f"#id_{name}").input_value() for name in ("hours_min", "hours_max", "places")] == ["20", "10", "en"]
    assert page.get_by_label("Dag", exact=True).is_checked()
    visitor.write(hours_min="10", hours_max="20", places="1")
    visitor.press("Spara och gå ut")
    visitor.press("Logga ut")


def comes_back_and_goes_on(visitor: Visitor) -> None:
    """Signs in again: everything is there, and the fifth to the seventh step follow."""
    page = visitor.page
    visitor.go("account/sign-in/")
    visitor.write(login=ADDRESS, password=PASSWORD)
    page.locator("form.panel button[type=submit]").click()
    visitor.press(TITLE)
    visitor.press("Fortsätt")
    assert [page.locator(f"#id_{name}").input_value() for name in ("hours_min", "hours_max", "places")] == ["10", "20", "1"]
    visitor.press("Rubrik och uppgifter")
    assert [page.locator(f"#id_{name}").input_value() for name in ("title", "tasks", "day")] == [TITLE, TASKS, DAY]
    visitor.press("Kunskap och språk")
    page.locator("#words").fill("vattna växter")
    visitor.press("Slå upp")
    page.locator("#found input[value=must]").first.check()
    visitor.choose("A2: enkla meningar")
    visitor.press("Spara och fortsätt")
    assert page.locator(".question input:checked").count() == 10
    page.locator(".question").last.get_by_label("Kan ordnas", exact=True).check()
    visitor.press("Spara och fortsätt")


def sends_it(visitor: Visitor) -> None:
    """What is missing is said, then the last step, the page of all answers, the preview, and off it goes."""
    page = visitor.page
    visitor.press("Kontrollera och skicka")
    page.get_by_role("button", name="Skicka till redaktören").click()
    visitor.look()
    expect(page.locator(".ds-error-summary")).to_be_focused()
    page.locator(".ds-error-summary").get_by_role("link", name="Kontaktperson").click()
    page.get_by_label("Handledare", exact=True).select_option(label="Karin Ek")
    visitor.write(contact_name="Anna Berg", contact_phone="033-17 40 01")
    visitor.press("Spara och fortsätt")
    visitor.sees(TITLE, TASKS, DAY, "Karin Ek", "A2: enkla meningar", "10–20")
    visitor.press("Se hur platsen kommer att se ut")
    visitor.sees(TITLE, TASKS)
    page.go_back()
    visitor.press("Skicka till redaktören")
    visitor.sees("En redaktör läser")


def opens(visitor: Visitor, editor: User) -> None:
    """The editor begins at the dashboard, and reads the employer's words."""
    visitor.sign_in(editor)
    one_at_a_time(visitor.page, editor)
    visitor.page.goto(f"{visitor.url}/cms/")
    expect(visitor.page.get_by_role("heading", name="Inväntar din granskning")).to_be_visible()
    visitor.page.locator("main").get_by_role("link", name=TITLE).click()
    expect(visitor.page.locator("main")).to_contain_text("Stadens växthus, Borås")


def own_words(visitor: Visitor) -> list[str]:
    return [one.strip() for one in visitor.page.locator("main span[lang=sv]").all_inner_texts()]


def returns_it(visitor: Visitor, editor: User) -> None:
    opens(visitor, editor)
    assert own_words(visitor) == [TITLE, TASKS, DAY]
    visitor.page.get_by_role("button", name="Begär ändringar").click()
    dialog = visitor.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(COMMENT)
    dialog.get_by_role("button").last.click()
    expect(visitor.page.locator(".messages")).to_contain_text(TITLE)


def changes_and_sends_again(visitor: Visitor, member: User) -> None:
    visitor.sign_in(member)
    visitor.go("employer/")
    visitor.press(TITLE)
    visitor.sees(COMMENT)
    visitor.press("Ändra och skicka igen")
    visitor.page.get_by_role("link", name="Det här gör man här").click()
    visitor.write(tasks=NEW_TASKS)
    visitor.press("Spara och gå ut")
    visitor.press("Ändra och skicka igen")
    visitor.sees(NEW_TASKS)
    visitor.press("Skicka till redaktören")


def approves(visitor: Visitor, editor: User) -> list[str]:
    """Returns the employer's words exactly as the editor has read them."""
    opens(visitor, editor)
    read = own_words(visitor)
    visitor.page.get_by_role("button", name="Fler åtgärder").click()
    visitor.page.get_by_role("button", name="Godkänn", exact=True).click()
    expect(visitor.page.locator(".messages")).to_contain_text(TITLE)
    return read


def test_story_1_from_a_new_account_to_the_public_page(visitor: Visitor, editor: Membership) -> None:
    joins(visitor)
    employer, member = Employer.objects.get(), User.objects.get(email=ADDRESS)
    assert (employer.country, employer.number) == ("SE", "2120001561")
    describes_a_workplace(visitor)
    answers = list(Workplace.objects.get().offers.values_list("answer", flat=True))
    assert (answers.count("yes"), answers.count("no")) == (9, 1)
    writes_half_and_leaves(visitor)
    comes_back_and_goes_on(visitor)
    sends_it(visitor)
    posting = Posting.objects.get()
    assert PostingStatus.objects.get().state == "submitted"
    visitor.page.goto(f"{visitor.site}/postings/{posting.pk}/")
    visitor.look()
    visitor.sees("Sidan finns inte")
    returns_it(visitor, editor.user)
    changes_and_sends_again(visitor, member)
    read = approves(visitor, editor.user)
    assert read == list(WORDS)
    carry_facts()
    visitor.page.context.clear_cookies()
    visitor.go("postings/")
    visitor.press(TITLE)
    visitor.sees(*read)
    posting.refresh_from_db()
    assert (posting.title, posting.tasks, posting.day) == WORDS
    deliver()
    assert sorted(letter.subject for letter in mail.outbox if letter.to == [ADDRESS]) == SUBJECTS
    assert {letter.subject for letter in mail.outbox if letter.to == [editor.user.email]} == {SUBJECTS[1]}
    assert all(TITLE not in letter.subject + letter.body for letter in mail.outbox)
