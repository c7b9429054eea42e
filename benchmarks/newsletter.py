"""A mailing whose worker is killed: `python benchmarks/newsletter.py --readers 10000 --kills 3`.

A real worker on the folder broker sends to a mail server of this command over SMTP. The worker gets SIGKILL at even distances, and a
new one is started. Prints how many letters the server took, how many readers got exactly one message, and how many handings-over were
repeated (the same Message-ID, when the kill fell between the server's answer and the mark in the database).
"""

import argparse
import email
import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter

import ground
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from kombu import Connection

from content import actions
from content.models import Delivery, IssuePage, Kind, Mailing, Section, Sent, Subscriber

LEASE = 5
AT_ONCE = 2000


class Talk(socketserver.StreamRequestHandler):
    """One conversation of SMTP, of as many letters as the sender likes."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip().upper():
            if line.startswith("DATA"):
                self._say("354 go on")
                self._take()
            elif line.startswith("QUIT"):
                self._say("221 bye")
                return
            self._say("250 fine")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        if line:
            message = email.message_from_bytes(b"".join(lines))
            server: Sink = self.server  # type: ignore[assignment] # the only server that has this handler
            server.took[(str(message["To"]), str(message["Message-ID"]))] += 1

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.took: Counter[tuple[str, str]] = Counter()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=3)
    asked = parser.parse_args()
    with Sink() as sink:
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        mailing = prepared(asked.readers)
        began = time.perf_counter()
        killed = run(mailing, sink, asked.readers, asked.kills)
        told(sink, asked.readers, killed, time.perf_counter() - began)
        sink.shutdown()


def prepared(count: int) -> Mailing:
    """Readers, an issue, and its mailing."""
    call_command("migrate", verbosity=0)
    at = timezone.now()
    words = {"language": "sv", "audience": "anyone", "asked_at": at, "confirmed_at": at}
    Subscriber.objects.bulk_create((Subscriber(email=f"reader{n}@example.org", **words) for n in range(count)), batch_size=AT_ONCE)
    section = Section.objects.get(kind=Kind.NEWSLETTER, locale__language_code="sv")
    issue = IssuePage(title="Brev", slug="brev", lead="Ett brev.", body=[("text", "<p>Hej.</p>")], locale=section.locale, live=False)
    section.add_child(instance=issue)
    settings.PAGE_LANGUAGES = [issue.locale.language_code]  # every reader here has the same
    issue.publish(issue.save_revision())
    return actions.start_mailing(issue.pk, by=None, at=at)


def run(mailing: Mailing, sink: Sink, count: int, kills: int) -> int:
    """Until every letter has its end; returns how often the worker was killed."""
    env = os.environ | {
        "CELERY_BROKER_URL": "filesystem://localhost",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(sink.server_address[1]),
        "EMAIL_USE_TLS": "0",
        "OUTBOX_LEASE_SECONDS": str(LEASE),
    }
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "-l", "error", "--without-gossip", "--without-mingle"]
    worker = subprocess.Popen(command, env=env, cwd=ground.BASE)
    killed, bells = 0, folder_of_bells()
    try:
        while Delivery.objects.filter(mailing=mailing, state=Sent.WAITING).exists():
            if killed < kills and sum(sink.took.values()) >= count * (killed + 1) // (kills + 1):
                worker.send_signal(signal.SIGKILL)
                worker.wait()
                killed += 1
                worker = subprocess.Popen(command, env=env, cwd=ground.BASE)
            current_app.send_task("content.tasks.go_on", connection=bells)
            time.sleep(0.5)
    finally:
        worker.kill()
        worker.wait()
    return killed


def folder_of_bells() -> Connection:
    """This process plays the beat: it rings as often as it likes, which changes nothing."""
    queue = ground.FOLDER / "queue"
    for name in ("messages", "control", "processed"):
        (queue / name).mkdir(parents=True, exist_ok=True)
    folders = {"data_folder_in": str(queue / "messages"), "data_folder_out": str(queue / "messages")}
    return Connection("filesystem://localhost", transport_options={**folders, "control_folder": str(queue / "control")})


def told(sink: Sink, count: int, killed: int, seconds: float) -> None:
    readers = Counter(address for address, _number in sink.took)
    once = sum(1 for messages in readers.values() if messages == 1)
    again = sum(sink.took.values()) - len(sink.took)
    print(f"{count} readers, the worker killed {killed} times: {once} got exactly one message, {count - len(readers)} got none,")
    print(f"{len(readers) - once} got two; {again} handings-over were repeated with the same Message-ID")
    print(f"{seconds:.0f} s from the first to the last, {count / seconds:.0f} letters a second, starts and leases of {LEASE} s included")


if __name__ == "__main__":
    main()
