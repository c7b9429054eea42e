"""`make run`: from a clone to a working Ingång with its demo region, and three processes until Ctrl-C."""

import http
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import house
import install

if TYPE_CHECKING:
    Processes = dict[str, subprocess.Popen[bytes]]

PROCESSES = os.path.join(house.VAR, "processes.json")
LAST_PORT = 65535
PATIENCE = 60  # seconds until the first page must have answered
TO_TRY = """\
Three things to try:
  1. Without signing in: {address}/sv/postings/ - filter by kind, place and what the workplace can arrange.
  2. As the advisor: open the queue, read one suggestion from both sides, and approve it.
  3. As that jobseeker: see exactly the card the employer would get, take a field away, and say yes or no.
"""


def port_number() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) <= LAST_PORT:
        raise house.TroubleError(f"PORT is {text!r}; a number from 1 to 65535 is needed, as in: PORT=8123 make run")
    return int(text)


def need_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise house.TroubleError(f"Port {port} is for the system; take one above 1023, as in: PORT=8123 make run") from None
        except OSError:
            raise house.TroubleError(f"Port {port} is taken by another program; take another one, as in: PORT=8123 make run") from None


def already_running(holder: str) -> None:
    raise house.TroubleError(f"Ingång already runs from this folder (process {holder}); stop it there with Ctrl-C first.")


def end_leftovers() -> None:
    """Ends the processes of a start that was itself killed. A number that another program has got since is left alone."""
    try:
        numbers = json.loads(house.read(PROCESSES) or "[]")
    except ValueError:
        numbers = []
    for number in numbers:
        said = subprocess.run(["ps", "-p", str(number), "-o", "command="], capture_output=True, text=True, check=False).stdout
        if house.VENV in said:
            os.killpg(number, signal.SIGKILL)
            _wait_until_gone(number)


def _wait_until_gone(group: int) -> None:
    for _attempt in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)


def start(command: "list[str]", env: "dict[str, str]") -> "subprocess.Popen[bytes]":
    program = [house.PYTHON] if command[0] == "python" else [house.PYTHON, os.path.join(house.VENV, "bin", command[0])]
    return subprocess.Popen(
        [sys.executable, house.path("scripts", "tied.py"), "TERM", *program, *command[1:]],
        cwd=house.BASE,
        env=env,
        start_new_session=True,  # Ctrl-C reaches this script alone, which then ends the others in order
    )


def commands(port: int) -> "dict[str, list[str]]":
    where = f"127.0.0.1:{port}"
    if os.environ.get("DEBUG", "").lower() in ("1", "true", "yes", "on"):
        web = ["python", "manage.py", "runserver", where]
    else:
        web = [
            "gunicorn",
            "portal.wsgi",
            "-c",
            "python:portal.server",
            "-b",
            where,
            "--threads",
            "2",
            "--log-level",
            "warning",
            "--graceful-timeout",
            "3",
            "--no-control-socket",
        ]
    worker = ["celery", "-q", "-A", "portal", "worker", "-l", "warning", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {"web": web, "worker": worker, "beat": ["celery", "-q", "-A", "portal", "beat", "-l", "warning"]}


def wait_for_page(port: int, running: "Processes") -> http.HTTPStatus:
    for _attempt in range(PATIENCE * 10):
        check_alive(running)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/sv/")
            return http.HTTPStatus(connection.getresponse().status)
        except OSError:
            time.sleep(0.1)
    raise house.TroubleError(f"The web server did not answer within {PATIENCE} seconds.")


def check_alive(running: "Processes") -> None:
    for name, process in running.items():
        if process.poll() is not None:
            raise house.TroubleError(f"The {name} process ended by itself (status {process.returncode}); what it said stands above.")


def stop(running: "Processes") -> None:
    """Asks every process to end, and ends those that have not after eight seconds."""
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + 8
    for process in running.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def welcome(address: str, people: "subprocess.Popen[str] | None") -> None:
    print(f"\nIngång is open: {address}/\n", flush=True)
    if people is not None:
        said, _nothing = people.communicate(timeout=PATIENCE)
        if people.returncode == 0 and said.strip():
            print(said.strip() + "\n")
    print(TO_TRY.format(address=address))
    print("Ctrl-C stops everything.", flush=True)


def people_to_be(env: "dict[str, str]") -> "subprocess.Popen[str] | None":
    """The demo people are looked up while the servers start."""
    if not house.has_command("demo"):
        return None
    command = [house.PYTHON, "manage.py", "demo", "--people"]
    return subprocess.Popen(command, cwd=house.BASE, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def prepare() -> None:
    house.need_space(200)
    install.packages("base")
    install.static_files()
    install.messages()
    install.collected()
    install.database()


def serve(port: int) -> None:
    address = f"http://127.0.0.1:{port}"
    env = {"PUBLIC_URL": address, **house.environment()}
    running: Processes = {}
    try:
        with house.stage("Starting web, worker and beat"):
            for name, command in commands(port).items():
                running[name] = start(command, env)
                house.write(PROCESSES, json.dumps([process.pid for process in running.values()]))
            people = people_to_be(env)
            status = wait_for_page(port, running)
        if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            print(f"The home page answers with an error ({status.value}); what went wrong stands above.", flush=True)
        welcome(address, people)
        while True:
            check_alive(running)
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass  # this is how it is meant to end
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave a process behind
        print("\nStopping ...", flush=True)
        stop(running)
        os.remove(PROCESSES)


def run() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    port = port_number()
    with house.alone("run.lock", already_running):
        end_leftovers()
        need_port(port)
        prepare()
        serve(port)


if __name__ == "__main__":
    house.main(run)
