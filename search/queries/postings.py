"""Reads of postings that ask no index."""

from django.db.models import Count

from employers.models import Kind, Posting


def counts_by_kind() -> dict[str, int]:
    counted = dict(Posting.objects.open().values_list("kind").annotate(n=Count("pk")))
    return {kind: counted.get(kind, 0) for kind in Kind.values}


def newest(n: int) -> list[Posting]:
    return list(Posting.objects.open().whole().order_by("-status__published_at", "pk")[:n])


def similar(posting: Posting, n: int = 3) -> list[Posting]:
    """Open postings of the same occupation field, else of the same kind."""
    others = Posting.objects.open().whole().exclude(pk=posting.pk).order_by("-status__published_at", "pk")
    isco = posting.occupation.isco[:2] if posting.occupation else ""
    near = list(others.filter(occupation__isco__startswith=isco)[:n]) if isco else []
    return (near + [one for one in others.filter(kind=posting.kind)[: 2 * n] if one not in near])[:n]
