"""A jobseeker keeps a posting or a search, and lets it go. The log names rows by their ids and holds no word of a search."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import Account, ActiveRole
from accounts.models import RoleKind, User
from audit.actions import record
from employers.models import Posting
from outbox.actions import forget
from search.models import Favourite, Often, SavedSearch
from search.states import NotThere, Refused

MOST_FAVOURITES, MOST_SEARCHES = 200, 20


def keep(posting_id: UUID, *, by: ActiveRole, at: datetime) -> Favourite:
    """Put an open posting among the favourites; a second time changes nothing. Raises NotThere and Refused."""
    with transaction.atomic():
        _hold(by)
        posting = Posting.objects.open().filter(pk=posting_id).first()
        if posting is None:
            raise NotThere
        if held := Favourite.objects.filter(user_id=by.user_id, posting=posting).first():
            return held
        if Favourite.objects.filter(user_id=by.user_id).count() >= MOST_FAVOURITES:
            raise Refused
        favourite = Favourite.objects.create(user_id=by.user_id, posting=posting, at=at)
        record("favourite_kept", "favourite", favourite.pk, by=by, at=at)
    return favourite


def let_go(posting_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Also of a posting that has closed. One that is not there is gone already."""
    with transaction.atomic():
        _hold(by)
        if held := Favourite.objects.filter(user_id=by.user_id, posting_id=posting_id).first():
            record("favourite_removed", "favourite", held.pk, by=by, at=at)
            held.delete()


def save_search(query: str, often: str, *, words: list[str], language: str, by: ActiveRole, at: datetime) -> SavedSearch:
    """`query` is the address of the list after the question mark, `words` what it says in that language. The same search twice is
    one. Raises NotThere and Refused."""
    with transaction.atomic():
        _hold(by)
        mine = list(SavedSearch.objects.of(by.user_id))
        saved = next((one for one in mine if one.query == query), None)
        if saved is None:
            if len(mine) >= MOST_SEARCHES:
                raise Refused
            saved = SavedSearch(user_id=by.user_id, created_at=at)
            saved.sealed = {"query": query, "words": words, "language": language}
            saved.give_key()
        saved.often, saved.looked_at, saved.told_until = Often(often), at, at
        saved.save()
        record("search_saved", "saved_search", saved.pk, by=by, at=at)
    return saved


def choose_often(search_id: UUID, often: str, *, by: ActiveRole, at: datetime) -> None:
    """From now on: what was published while no letter came is not told of afterwards. Raises NotThere."""
    with transaction.atomic():
        saved = _mine(search_id, by)
        before, saved.often = saved.often, Often(often)
        if before == Often.NEVER:
            saved.looked_at = saved.told_until = at
        saved.save(update_fields=["often", "looked_at", "told_until"])
        record("search_letter_chosen", "saved_search", saved.pk, by=by, at=at, before=before, after=saved.often)


def new_feed(search_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Another secret: the address there was leads nowhere any more. Raises NotThere."""
    with transaction.atomic():
        saved = _mine(search_id, by)
        saved.give_key()
        saved.save(update_fields=["sealed", "feed"])
        record("search_feed_changed", "saved_search", saved.pk, by=by, at=at)


def remove_search(search_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Raises NotThere."""
    with transaction.atomic():
        saved = _mine(search_id, by)
        forget(reader_id=by.user_id, about=[saved.pk])
        record("search_removed", "saved_search", saved.pk, by=by, at=at)
        saved.delete()


def stop_letters(user_id: int, *, at: datetime) -> None:
    """Whoever holds the link of a letter ends all letters of this kind to its reader. The searches stay."""
    with transaction.atomic():
        on = SavedSearch.objects.select_for_update().filter(user_id=user_id).exclude(often=Often.NEVER)
        for saved in on:
            before, saved.often = saved.often, Often.NEVER
            saved.save(update_fields=["often"])
            by = Account(user_id)
            record("search_letter_chosen", "saved_search", saved.pk, by=by, at=at, before=before, after=Often.NEVER, why="one_click")


def forget_saved(user_id: int) -> None:
    """Everything that a person keeps here and the letters about it, when they delete what is kept about them."""
    with transaction.atomic():
        forget(reader_id=user_id, about=SavedSearch.objects.filter(user_id=user_id).values_list("pk", flat=True))
        SavedSearch.objects.filter(user_id=user_id).delete()
        Favourite.objects.filter(user_id=user_id).delete()


def _hold(by: ActiveRole) -> None:
    """One change of a person's at a time, so that no number grows over its limit."""
    if by.kind != RoleKind.JOBSEEKER or not User.objects.select_for_update(no_key=True).filter(pk=by.user_id, is_active=True).exists():
        raise NotThere


def _mine(search_id: UUID, by: ActiveRole) -> SavedSearch:
    _hold(by)
    saved = SavedSearch.objects.select_for_update().filter(pk=search_id, user_id=by.user_id).first()
    if saved is None:
        raise NotThere
    return saved
