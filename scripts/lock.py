"""`make lock`: resolves what pyproject.toml and the two package.json ask for into the lock files, with hashes and without any host."""

import json
import os

import house
import install

UNIVERSAL = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"]


def resolve(*words: str) -> None:
    uv = os.path.join(house.VENV, "bin", "uv")
    house.call([uv, "pip", "compile", *UNIVERSAL, *words], "lock", "The packages could not be resolved.")


def lock_python() -> None:
    resolve("requirements/installer.in", "-o", "requirements/installer.lock")
    resolve("pyproject.toml", "-o", "requirements/base.lock")
    resolve("pyproject.toml", "--extra", "dev", "-c", "requirements/base.lock", "-o", "requirements/dev.lock")


def lock_npm(folder: str) -> None:
    command, _node, env = install.npm()
    words = ["install", "--package-lock-only", "--ignore-scripts", "--no-fund", "--no-audit"]
    house.call([*command, *words], "npm-lock", "The npm packages could not be resolved.", cwd=folder, env=env)
    name = os.path.join(folder, "package-lock.json")
    lock = json.loads(house.read(name))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    house.write(name, json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


def run() -> None:
    install.packages("dev")
    with house.stage("Locking the Python packages"):
        lock_python()
    with house.stage("Locking the npm packages"):
        lock_npm(house.path("assets"))
        lock_npm(house.path("tests", "journeys", "checker"))


if __name__ == "__main__":
    house.main(run)
