"""`make train`: the environment with torch and sentence-transformers, outside this folder so that every clone and CI can share it.

It lies in INGANG_TRAIN_ENV, or in ~/.cache/ingang/train-<hash of what it holds>, and takes 6 GB. A mark is written at its end:
an environment without its mark is half made, and is made again from nothing.
"""

import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time

import house
import install

MARK = ".ingang-complete"
MEGABYTES = 9000
UNUSED = 14 * 24 * 3600  # seconds, after which another version's environment is thrown away
PLACE = "~/.cache/ingang/train-"


def folder() -> str:
    named = os.environ.get("INGANG_TRAIN_ENV")
    version = "{}{}".format(*sys.version_info[:2])
    return named or os.path.expanduser(f"{PLACE}py{version}-{_holds()[:12]}")


def _holds() -> str:
    extra = re.search(r"^train = \[.*?\]", house.read(house.path("pyproject.toml")), re.DOTALL | re.MULTILINE)
    return hashlib.sha256((house.fingerprint("requirements/dev.lock") + (extra.group() if extra else "")).encode()).hexdigest()


def python() -> str:
    """The environment's Python where it is whole, else nothing."""
    made, mark = os.path.join(folder(), "bin", "python"), os.path.join(folder(), MARK)
    if not (os.path.exists(mark) and os.path.exists(made)):
        return ""
    os.utime(mark)  # somebody uses it
    return made


def environment() -> "dict[str, str]":
    """That of the development environment, with the programs of this one first."""
    env = house.environment()
    return {**env, "PATH": os.path.join(folder(), "bin") + os.pathsep + env["PATH"], "VIRTUAL_ENV": folder()}


def make() -> str:
    """Makes the environment where it is missing or half made, and returns its Python."""
    if python():
        return python()
    install.packages("dev")  # brings uv
    where = folder()
    os.makedirs(os.path.dirname(where) or ".", exist_ok=True)
    with house.alone(where + ".lock", lambda _: print("Another make is installing the train environment; waiting for it.", flush=True)):
        if not python():
            house.need_space(MEGABYTES)
            with house.stage("Making the train environment"):
                _install(where)
            house.write(os.path.join(where, MARK), _holds())
            _tidy()
    return python()


def _tidy() -> None:
    """Each takes gigabytes: those of other versions go when nobody has used them for a while."""
    for mark in glob.glob(os.path.join(os.path.expanduser(PLACE) + "*", MARK)):
        if time.time() - os.path.getmtime(mark) > UNUSED:
            shutil.rmtree(os.path.dirname(mark), ignore_errors=True)


def _install(where: str) -> None:
    shutil.rmtree(where, ignore_errors=True)
    plain = dict(os.environ)
    house.call([sys.executable, "-m", "venv", where], "train-venv", "Python could not make an environment.", env=plain)
    own, uv = os.path.join(where, "bin", "python"), os.path.join(house.VENV, "bin", "uv")
    sentence = "The train environment could not be installed; is the package index reachable?"
    # The extra is not locked: which files torch needs depends on the machine. The rest is what everything else runs on.
    wanted = ["-r", "pyproject.toml", "--extra", "train", "-c", "requirements/dev.lock"]
    locked = [uv, "pip", "install", "--python", own, "--require-hashes", "-r", "requirements/dev.lock"]
    house.call(locked, "train-packages", sentence)
    house.call([uv, "pip", "install", "--python", own, "--compile-bytecode", *wanted], "train-extra", sentence)
    house.call([own, "-c", "import torch, sentence_transformers"], "train-check", "The train environment can't be used.", env=plain)


def run() -> int:
    made = make()
    if sys.argv[1:]:
        return subprocess.run([made, *sys.argv[1:]], cwd=house.BASE, env=environment(), check=False).returncode
    print(f"The train environment is {folder()}; `python3 scripts/train.py manage.py train_encoder ...` runs a command in it.")
    return 0


if __name__ == "__main__":
    house.main(run)
