"""Exit status 0 when this container does its work: `healthy.py web` asks for a page, `healthy.py beat` looks at its file."""

import http.client
import os
import sys
import time

BEAT_SECONDS = 600  # beat writes its file every three minutes
OK = 200


def web() -> bool:
    """Asks as the proxy in front would, by the first public name, so that it is not sent to https."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "127.0.0.1"
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    connection.request("GET", "/health/", headers={"Host": host, "X-Forwarded-Proto": "https"})
    return connection.getresponse().status == OK


def beat() -> bool:
    folder = os.path.join(os.environ.get("INGANG_VAR_DIR", "var"), "queue")
    written = [entry.stat().st_mtime for entry in os.scandir(folder) if entry.name.startswith("beat")]
    return bool(written) and time.time() - max(written) < BEAT_SECONDS


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "beat": beat}[sys.argv[1]]() else 1)
