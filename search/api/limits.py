"""How often one address may read: counted by the minute in the cache that all processes share, which forgets it a minute later."""

import time
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

MINUTE = 60
HOUSEHOLD = 64  # bits of an IPv6 address: the rest is the reader's own to change


def seconds_to_wait(request: HttpRequest, limit: str) -> int:
    """0, or in how many seconds this address may ask again. Asking counts, and READS_A_MINUTE[limit] says how much."""
    now = time.time()
    key = f"reads:{limit}:{_reader(request)}:{int(now // MINUTE)}"
    count = _counted(key)
    return ceil(MINUTE - now % MINUTE) if count > settings.READS_A_MINUTE[limit] else 0


def _counted(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # the first in its minute; or the cache cannot keep it, and then it counts as the first
        cache.add(key, 1, MINUTE)
        return 1


def _reader(request: HttpRequest) -> str:
    """The address as the rest of the site counts it (ALLAUTH_TRUSTED_PROXY_COUNT)."""
    try:
        given = str(get_adapter().get_client_ip(request))
        address = ip_address(given)
    except (PermissionDenied, ValueError):  # a server on a socket file names none: then all count as one
        return "unknown"
    if isinstance(address, IPv6Address):  # where the server listens for both kinds an IPv4 address comes as ::ffff:192.0.2.1
        return str(address.ipv4_mapped or ip_network(f"{address}/{HOUSEHOLD}", strict=False))
    return given
