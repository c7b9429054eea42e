"""What only the person has: who has looked, their data, pausing, settings, and the code that makes a profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.access import RoleRequest, signed_in
from accounts.models import User
from jobseekers import access, actions, queries
from jobseekers.forms import JoinForm, SettingsForm
from jobseekers.states import Refused
from jobseekers.views.whom import Whom, see_other
from taxonomy.forms import posted


def seen(request: RoleRequest, whom: Whom) -> HttpResponse:
    """Every look by others, by day; one reader's looks if asked. Below it what was answered on the person's behalf."""
    looks = access.looks_at(whom.profile)
    asked = request.GET.get("by", "")
    reader = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= len(str(2**62)) else None
    shown = [look for look in looks if reader is None or look.reader_id == reader]
    context = {"days": access.by_day(shown), "readers": access.readers_among(looks), "reader": reader}
    return render(request, "jobseekers/seen.html", {**whom.frame(), **context, "done": access.done_for(whom.profile)})


def data(request: RoleRequest, whom: Whom) -> HttpResponse:
    return render(request, "jobseekers/data.html", whom.frame())


def pause(request: RoleRequest, whom: Whom) -> HttpResponseBase:
    """Pausing closes what is open, so a page of its own says so first; going on needs no second thought but the same page."""
    if request.method == "POST":
        change = actions.resume if whom.profile.paused else actions.pause
        change(whom.profile.pk, by=whom.role, at=timezone.now())
        return see_other(reverse("my_data"))
    return render(request, "jobseekers/pause.html", whom.frame())


def settings(request: RoleRequest, whom: Whom, *, overtaken: bool = False) -> HttpResponseBase:
    """Letters and phone, and how the pages look: that follows the person to every browser, without a cookie."""
    user = whom.profile.user
    initial = {"language": user.language, "phone": user.phone, "colours": user.colours, "text_size": user.text_size}
    form = SettingsForm(posted(request), initial=initial, now=queries.contact_version(user), overtaken=overtaken)
    if request.method == "POST" and not overtaken and form.is_valid():
        actions.save_contact(by=whom.role, at=timezone.now(), seen=form.seen, **form.values)
        with translation.override(form.cleaned_data["language"]):
            letters = "language" in form.changed_data
            messages.success(request, gettext("Saved. Letters come in this language from now on.") if letters else gettext("Saved."))
            return see_other(reverse("my_settings"))
    return render(request, "jobseekers/settings.html", {**whom.frame(), "form": form}, status=form.status)


@signed_in
def join(request: HttpRequest) -> HttpResponseBase:
    """A code from an advisor's office makes an account a jobseeker's."""
    form = JoinForm(posted(request))
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        try:
            actions.redeem_code(form.cleaned_data["code"], account=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error("code", _refused(refused.code))
        else:
            return see_other(f"{reverse('home')}?signed_in=1")
    return render(request, "jobseekers/join.html", {"form": form})


def _refused(code: str) -> str:
    sentences = {
        "full": gettext("The advisor has no room right now. Call the office."),
        "has_profile": gettext("This account has a profile already. You need no code."),
    }
    return sentences.get(code, gettext("The code does not open. Check the signs, or ask the office for a new one."))
