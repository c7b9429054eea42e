"""`make check`: every gate, one line each; all of them run, and one red is enough to fail."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator

import house
import install

# The application part of the environment is fixed, so that the gates say the same on every machine.
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
MANAGE = ["python", "manage.py"]


def gates() -> "Iterator[tuple[str, list[str]]]":
    """Name and command of each gate. What a machine may lack is left out with a word, except in CI."""
    yield "lint", ["ruff", "check", "."]
    yield "format", ["ruff", "format", "--check", "."]
    yield "types", ["mypy", "."]
    yield "imports", ["lint-imports", "--no-cache"]
    yield "templates", ["djlint", "templates", "--lint", "--quiet"]
    yield "migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]
    yield "translations", [*MANAGE, "messages", "--check"]
    yield "settings", [*MANAGE, "check", "--fail-level", "WARNING"]
    yield "Dockerfile", ["hadolint", "Dockerfile"]
    yield "compose file", compose()


def compose() -> "list[str]":
    if shutil.which("docker-compose"):
        return ["docker-compose", "-f", "docker-compose.yml", "config", "-q"]
    if shutil.which("docker") and not subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode:
        return ["docker", "compose", "-f", "docker-compose.yml", "config", "-q"]
    return []


def example_environment() -> "dict[str, str]":
    """The compose file refuses to start without its secrets, so its check gets words in their place."""
    pairs = [line.strip("# ").split("=", 1) for line in house.read(house.path(".env.example")).splitlines() if "=" in line]
    return {name: value or "example" for name, value in pairs if name.isupper()}


def passes(name: str, command: "list[str]") -> bool:
    began = time.monotonic()
    if not command:
        print(f"  –  {name:<16} left out: no docker compose here")
        return True
    example = example_environment() if name == "compose file" else {}
    env = {**example, **house.environment(), **SETTINGS}
    done = subprocess.run(command, cwd=house.BASE, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    print(f"  {'red' if done.returncode else 'ok '} {name:<16} {time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode:
        print("\n".join("      " + line for line in done.stdout.strip().splitlines()), flush=True)
    return not done.returncode


def run() -> int:
    install.packages("dev")
    os.makedirs(house.VAR, exist_ok=True)
    results = [passes(*gate) for gate in gates()]
    print(f"{results.count(True)} of {len(results)} gates are green.")
    return 0 if all(results) else 1


if __name__ == "__main__":
    house.main(run)
