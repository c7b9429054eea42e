"""Reads of postings that ask no index."""

from django.db.models import Count

from employers.models import Kind, Posting


def counts_by_kind() -> dict[str, int]:
    counted = dict(Posting.objects.open().values_list("kind").annotate(n=Count("pk")))
    return {kind: counted.get(kind, 0) for kind in Kind.values}


def newest(n: int) -> list[Posting]:
    return list(Posting.objects.open().whole().order_by("-status__published_at", "pk")[:n])
