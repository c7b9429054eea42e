"""What a text says about needs: sentences that offer, and as many that only sound as if they did."""

import pytest

from taxonomy.linker import hints

OFFERED = [
    ("Här jobbar du på ett lugnt lager utan stress.", "sens.quiet soc.low_time_pressure"),
    ("Inga tunga lyft förekommer.", "phys.no_heavy_lifting"),
    ("Hiss finns i huset.", "acc.step_free"),
    ("Du får en egen mentor och täta uppföljningar.", "sup.buddy sup.frequent_checkins"),
    ("Möjlighet att arbeta hemifrån två dagar i veckan.", "time.remote_part"),
    ("Vi har flexibla arbetstider.", "time.flexible_hours"),
    ("Körkort krävs inte.", "trn.no_driving"),
    ("Fri parkering finns att tillgå.", "trn.parking"),
    ("Arbetet sker på dagtid på vardagar.", "time.no_night_early"),
    ("Du arbetar aldrig ensam hos oss.", "soc.not_alone"),
    ("Arbetsplatsen ligger nära buss och tåg.", "trn.public_transport"),
    ("Inget kontorslandskap, alla har eget rum.", "sens.screened_place"),
    ("Ingen tunge løft.", "phys.no_heavy_lifting"),
    ("Vi har heis.", "acc.step_free"),
    ("Vi tilrettelegger vakter så det passer deg.", "time.flexible_hours"),
    ("Vi finner den stillingsprosenten du ønsker.", "time.reduced_hours"),
    ("Du får den opplæringen du trenger.", "cog.longer_training"),
    ("Førerkort kreves ikke.", "trn.no_driving"),
    ("Det er mulighet for hjemmekontor.", "time.remote_part"),
    ("Du jobber i ditt eget tempo.", "soc.low_time_pressure"),
    ("Gratis parkering utenfor døra.", "trn.parking"),
    ("There is a lift.", "acc.step_free"),
    ("You can work from home on Fridays.", "time.remote_part"),
    ("No heavy lifting.", "phys.no_heavy_lifting"),
    ("We offer flexible working hours and a quiet workplace.", "time.flexible_hours sens.quiet"),
    ("A driving licence is not needed.", "trn.no_driving"),
    ("Free parking and a bus stop outside.", "trn.parking trn.public_transport"),
    ("You will never work alone.", "soc.not_alone"),
    ("The training you need is given by a colleague.", "cog.longer_training"),
    ("Vi är ett litet team på fyra personer.", "soc.small_team"),
    ("Du lär dig i din egen takt med en handledare på plats.", "cog.longer_training sup.named_supervisor"),
    ("Vi har ett lugnt pausrum och ett vilrum.", "soc.place_to_withdraw"),
    ("Inga nattpass och inga kvällar eller helger.", "time.no_night_early"),
    ("Arbetsplatsen är trappfri och har breda dörrar.", "acc.manoeuvre_space"),
    ("Assistanshund är välkommen.", "ast.assistance_dog"),
    ("En uppgift i taget, i lugnt tempo.", "cog.one_task soc.low_time_pressure"),
    ("Her er det rolig arbeidsmiljø og lite tidspress.", "sens.quiet soc.low_time_pressure"),
    ("Du jobber aldri alene.", "soc.not_alone"),
    ("Tett oppfølging og egen mentor.", "sup.frequent_checkins sup.buddy"),
    ("Bussholdeplass utenfor døra.", "trn.public_transport"),
    ("Faste arbeidstider på dagtid på hverdager.", "time.predictable_schedule time.no_night_early"),
    ("We adapt the tasks to what you can do.", "cog.tailored_tasks"),
    ("You get a buddy and thorough training.", "sup.buddy cog.longer_training"),
    ("The workplace is wheelchair accessible.", "acc.step_free"),
    ("There are no night shifts.", "time.no_night_early"),
    ("Vi tillämpar rörlig arbetstid och möjlighet till distansarbete.", "time.flexible_hours time.remote_part"),
    ("Hos oss får du en gedigen introduktion och en egen fadder den första tiden.", "cog.longer_training sup.buddy"),
    ("Inget körkort behövs, vi ses på kontoret.", "trn.no_driving"),
    ("Lokalerna är nyrenoverade och rullstolsanpassade.", "acc.step_free"),
    ("Du kommer att arbeta dagtid på vardagar.", "time.no_night_early"),
    ("Vi tilbyr fleksibel arbeidstid og god opplæring.", "time.flexible_hours cog.longer_training"),
    ("Arbeidsplassen ligger på Oslo S, nær T-bane og buss.", "trn.public_transport"),
    ("Du jobber i et lite team.", "soc.small_team"),
]
TRAPS = [
    "Arbetet innebär tunga lyft.",
    "Inga tunga lyft krävs inte heller.",
    "Du måste klara tunga lyft.",
    "Vi har hiss men ingen handikapptoalett.",
    "Hiss finns inte.",
    "Det finns inte hiss, handikapptoalett eller vilrum.",
    "Du blir mentor för nya kollegor.",
    "Det går inte att arbeta hemifrån.",
    "Vi söker dig som är flexibel med dina arbetstider.",
    "Körkort krävs.",
    "Kan du jobba hemifrån?",
    "Tyvärr saknas hiss och handikapptoalett.",
    "Du ska skapa en lugn miljö för barnen.",
    "Du arbetar ofta ensam.",
    "Tunge løft må påregnes.",
    "Vi har ikke heis.",
    "Du skal montere heis hos kunder.",
    "Førerkort kreves.",
    "Det er ikke mulighet for hjemmekontor.",
    "Du må tåle høyt tempo og lite pauser.",
    "Ingen gratis parkering.",
    "Vi planlegger heis i fremtiden.",
    "There is no lift.",
    "It is not possible to work from home.",
    "Heavy lifting is part of the job.",
    "You must be able to do heavy lifting without help.",
    "You are flexible about working hours.",
    "A driving licence is needed.",
    "You will often work alone.",
    "Our dogs are welcome, but no assistance dog.",
    "You build lifts for customers.",
    "Do you want to work from home?",
    "We used to have a quiet room.",
    "Miljön är inte lugn, men rolig.",
    "Du har erfarenhet av att skriva tydliga arbetsuppgifter.",
    "Vi kan tyvärr inte erbjuda flextid.",
    "Parkering finns inte.",
    "Vi har aldrig haft vilrum.",
    "Hemarbete är inte aktuellt, och jobba hemifrån går inte.",
    "Du ansvarar för att ge nya kollegor en lugn miljö.",
    "Tidigare fanns det hiss.",
    "Kanske kan du jobba hemifrån framöver.",
    "Du ska ge täta uppföljningar till våra kunder.",
    "Hissen är trasig.",
    "Vi kan dessverre ikke tilby fleksibel arbeidstid.",
    "Du må ha gratis parkering selv.",
    "Heis mangler.",
    "Du skal lede en liten gjeng.",
    "Er du fleksibel på arbeidstid?",
    "Stillingen har ikke hjemmekontor.",
    "Arbeidet krever tunge løft og høyt tempo.",
    "There are no flexible working hours.",
    "Remote work is not an option.",
    "We lack a rest room.",
    "You must provide close follow-up to clients.",
    "Is there free parking?",
    "You are calm in a quiet workplace or a loud one.",
    "Not a small team.",
    "Arbetet är fysiskt krävande och innebär tunga lyft, stående arbete och arbete på höjd.",
    "Som person är du lugn, trygg och har lätt för att samarbeta.",
    "Vi tränar barnen på en sak i taget.",
    "Du städar trappor, toaletter och vilrum.",
    "Du leder små grupper elever i läsning.",
    "Eleverna behöver en lugn miljö med få intryck.",
    "Företaget säljer hörslingor och ljudanläggningar.",
    "Du utvecklar system som fungerar med skärmläsare.",
    "Du ansvarar för checklistor och dagsplanering.",
    "Du skal følge opp brukere tett og lage sjekklister.",
    "Stillingen er turnusbasert med arbeid hver tredje helg, også netter.",
    "You will mentor junior colleagues and run weekly check-ins with clients.",
    "You design accessible systems that work with a screen reader.",
    "Guests expect peace and quiet.",
    "You will train guide dogs.",
]


@pytest.mark.parametrize(("text", "codes"), OFFERED)
def test_what_is_offered_is_found(text: str, codes: str) -> None:
    assert {one.code for one in hints(text)} == set(codes.split())


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_sounds_like_an_offer_is_not(text: str) -> None:
    assert hints(text) == []


def test_there_are_many_of_both() -> None:
    assert len(OFFERED) + len(TRAPS) >= 80
    assert len(TRAPS) >= len(OFFERED)


def test_a_hint_quotes_the_words_as_they_stand() -> None:
    text = "Om oss\n\nHär är det ett LUGNT  lager, och du får en egen\nmentor."
    found = hints(text)
    assert [(one.code, one.words, text[one.start : one.end]) for one in found] == [("sens.quiet", "LUGNT lager", "LUGNT  lager")]


def test_each_need_is_said_once_the_first_time() -> None:
    found = hints("Flextid. Vi har flexibla arbetstider. Hiss finns.")
    assert [(one.code, one.words) for one in found] == [("time.flexible_hours", "Flextid"), ("acc.step_free", "Hiss finns")]


@pytest.mark.parametrize("text", ["", "🙂", "?!", "\u202e\u200b", "هادئ", "a" * 100_000, "inga inga inga " * 5_000])
def test_case_66_any_text_is_answered(text: str) -> None:
    assert hints(text) == []


def test_case_66_a_megabyte_is_read_at_its_beginning() -> None:
    assert [one.code for one in hints("Hiss finns. " * 90_000)] == ["acc.step_free"]
