"""Build and remove the searchable copy of a posting."""

from uuid import UUID

from django.db import transaction
from modelsearch.index import insert_or_update_object, remove_object

from employers.models import Answer, Posting
from search.documents import LEVELS, stems, text_of
from search.models import EntryOffer, PostingEntry
from taxonomy.models import Need


def put(posting_id: UUID) -> bool:
    """Index one posting as it is public now; one that is not open is removed. True when it is in the index."""
    posting = Posting.objects.open().whole().select_related("occupation").filter(pk=posting_id).first()
    if posting is None:
        drop(posting_id)
        return False
    place = posting.workplace.place if posting.workplace else None
    with transaction.atomic():
        entry, _ = PostingEntry.objects.update_or_create(
            posting=posting,
            defaults={
                "kind": posting.kind,
                "field": posting.occupation.isco[:2] if posting.occupation else "",
                "latitude": place.latitude if place else None,
                "longitude": place.longitude if place else None,
                "hours_min": posting.hours_min,
                "hours_max": posting.hours_max,
                "starts_on": posting.starts_on,
                "language": posting.language,
                "level": LEVELS.index(posting.language_level) if posting.language_level in LEVELS else 0,
                "needs_licence": bool(posting.licences),
                "published_at": posting.status.published_at or posting.created_at,
                "stems": " ".join(stems(text_of(posting))),
            },
        )
        entry.offers.all().delete()
        given = {code: offer["answer"] for code, offer in posting.offers.items() if offer["answer"] in {Answer.YES, Answer.CAN}}
        known = Need.objects.filter(code__in=given).values_list("code", flat=True)  # a code may have left the catalogue
        kept = {code: given[code] for code in known}
        EntryOffer.objects.bulk_create(EntryOffer(entry=entry, need_id=code, answer=answer) for code, answer in kept.items())
        insert_or_update_object(entry)
    return True


def drop(posting_id: UUID) -> None:
    for entry in PostingEntry.objects.filter(posting_id=posting_id):
        remove_object(entry)
        entry.delete()


def rebuild() -> int:
    """Every open posting anew, and nothing else; returns how many are in the index."""
    open_now = set(Posting.objects.open().values_list("pk", flat=True))
    for gone in PostingEntry.objects.exclude(posting_id__in=open_now).values_list("posting_id", flat=True):
        drop(gone)
    return sum(put(posting_id) for posting_id in open_now)
