"""PostgreSQL, Redis and Elasticsearch for tests: on ports of their own, on 127.0.0.1 only, in a folder that may be thrown away."""

import glob
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile

import house

HOME = os.environ.get("INGANG_SERVICES_DIR") or "/tmp/ingang-services"  # noqa: S108 (another user has to reach it; see `folder`)
ROOT = os.geteuid() == 0
LOG = "services"
ES_VERSION = "8.19.9"
ES_ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ES_VERSION}:zip"
ES_SETTINGS = """\
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""
SPEED_OVER_SAFETY = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


def folder(name: str, owner: "str | None" = None) -> str:
    """A folder of ours under HOME; when root starts the service as another user, that user owns it."""
    os.makedirs(HOME, mode=0o755, exist_ok=True)
    if os.stat(HOME).st_uid != os.geteuid():
        raise house.TroubleError(f"{HOME} belongs to another user: set INGANG_SERVICES_DIR to a folder of your own.")
    made = os.path.join(HOME, name)
    os.makedirs(made, mode=0o700, exist_ok=True)
    if owner and ROOT:
        shutil.chown(made, owner, owner)
    return made


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def as_user(user: str, command: "list[str]") -> "list[str]":
    """The same command as another user: PostgreSQL and Elasticsearch refuse to run as root."""
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *command] if ROOT else command


def postgres_program(name: str) -> "str | None":
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: int(path.split("/")[4]))
    return found[-1] if found else shutil.which(name)


class Service:
    """What start, stop and status need to know of each of the three."""

    name, port, line = "", 0, ""
    debian: "list[str]" = []

    def missing(self) -> bool:
        raise NotImplementedError

    def ours(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError


class Postgres(Service):
    name, port, debian = "PostgreSQL", 55432, ["postgresql", "postgresql-client"]
    line = "DATABASE_URL=postgres://ingang@127.0.0.1:55432/ingang"

    def missing(self) -> bool:
        return not (postgres_program("initdb") and postgres_program("pg_ctl") and shutil.which("psql"))

    def ours(self) -> bool:
        return os.path.exists(os.path.join(HOME, "postgres", "data", "postmaster.pid")) and answers(self.port)

    def start(self) -> None:
        place = folder("postgres", "postgres")
        data, user = os.path.join(place, "data"), "postgres"
        if not os.path.exists(os.path.join(data, "PG_VERSION")):
            shutil.rmtree(data, ignore_errors=True)
            words = ["-D", data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres"]
            self._call(as_user(user, [str(postgres_program("initdb")), *words]))
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={place} {SPEED_OVER_SAFETY}"
        words = ["-D", data, "-w", "-t", "60", "-l", os.path.join(place, "log"), "-o", options, "start"]
        self._call(as_user(user, [str(postgres_program("pg_ctl")), *words]))
        self._prepare()

    def _prepare(self) -> None:
        psql = ["psql", "-qAt", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-c"]
        if not self._said([*psql, "select 1 from pg_roles where rolname = 'ingang'"]):
            self._call([*psql, "create role ingang login superuser"])
        if not self._said([*psql, "select 1 from pg_database where datname = 'ingang'"]):
            self._call([*psql, "create database ingang owner ingang"])

    def stop(self) -> None:
        data = os.path.join(HOME, "postgres", "data")
        self._call(as_user("postgres", [str(postgres_program("pg_ctl")), "-D", data, "-m", "fast", "-w", "stop"]))

    def _call(self, command: "list[str]") -> None:
        house.call(command, LOG, "PostgreSQL did not do as asked.", cwd="/")

    def _said(self, command: "list[str]") -> str:
        return subprocess.run(command, capture_output=True, text=True, cwd="/", check=False).stdout.strip()


class WithPidFile(Service):
    """A service that writes its process number into a file in its folder."""

    pid_file = ""

    def _number(self) -> int:
        return int(house.read(os.path.join(HOME, self.pid_file)).strip() or 0)

    def ours(self) -> bool:
        try:
            os.kill(self._number() or 2**22 + 1, 0)
        except (OSError, ValueError):
            return False
        return True

    def stop(self) -> None:
        os.kill(self._number(), 15)
        for _attempt in range(300):
            if not self.ours():
                return
            time.sleep(0.1)


class Redis(WithPidFile):
    name, port, debian = "Redis", 56379, ["redis-server"]
    line, pid_file = "CELERY_BROKER_URL=redis://127.0.0.1:56379/0", "redis/pid"

    def missing(self) -> bool:
        return not shutil.which("redis-server")

    def start(self) -> None:
        place = folder("redis")
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--daemonize", "yes", "--save", "", "--appendonly", "no"]
        files = ["--dir", place, "--pidfile", os.path.join(place, "pid"), "--logfile", os.path.join(place, "log")]
        house.call(["redis-server", *words, *files], LOG, "Redis did not start.")


class Elasticsearch(WithPidFile):
    name, port, debian = "Elasticsearch", 59200, ["maven", "openjdk-17-jre-headless"]
    line, pid_file = "ELASTICSEARCH_URL=http://127.0.0.1:59200", "elasticsearch/pid"

    def missing(self) -> bool:
        return not (shutil.which("java") and (shutil.which("mvn") or self._installed()))

    def _place(self) -> str:
        return os.path.join(HOME, "elasticsearch", f"elasticsearch-{ES_VERSION}")

    def _installed(self) -> bool:
        return os.path.exists(os.path.join(self._place(), "config", "elasticsearch.yml"))

    def _user(self) -> str:
        """It refuses to run as root, so root makes it a user of its own."""
        user = "ingang-search"
        if ROOT and subprocess.run(["id", user], capture_output=True, check=False).returncode:
            house.call(["useradd", "--system", "--user-group", user], LOG, "Elasticsearch could not get a user of its own.")
        return user

    def _install(self) -> None:
        outer = folder("elasticsearch")
        words = ["-q", "-B", "dependency:copy", f"-Dartifact={ES_ARTIFACT}", f"-DoutputDirectory={outer}"]
        house.call(["mvn", *words], LOG, "Maven could not fetch Elasticsearch; is its repository reachable?", cwd=outer)
        fresh = os.path.join(outer, "fresh")
        shutil.rmtree(fresh, ignore_errors=True)
        with zipfile.ZipFile(os.path.join(outer, f"elasticsearch-{ES_VERSION}.zip")) as archive:
            archive.extractall(fresh)
            for member in archive.infolist():
                if not member.is_dir() and member.external_attr >> 16 & 0o111:
                    os.chmod(os.path.join(fresh, member.filename), 0o755)  # noqa: S103 (another user runs the programs)
        inner = os.path.join(fresh, f"elasticsearch-{ES_VERSION}")
        house.write(os.path.join(inner, "config", "elasticsearch.yml"), ES_SETTINGS.format(port=self.port))
        shutil.rmtree(self._place(), ignore_errors=True)
        os.replace(inner, self._place())

    def _java_home(self) -> str:
        said = subprocess.run(["java", "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=False).stderr
        found = re.search(r"java\.home = (.+)", said)
        return found.group(1).strip() if found else ""

    def start(self) -> None:
        outer = folder("elasticsearch", self._user())
        if not self._installed():
            self._install()
        if ROOT:
            house.call(["chown", "-R", f"{self._user()}:", outer], LOG, "Elasticsearch could not get its folder.")
        program = [os.path.join(self._place(), "bin", "elasticsearch"), "-d", "-p", os.path.join(outer, "pid")]
        java = {"ES_JAVA_HOME": self._java_home(), "ES_JAVA_OPTS": "-Xms1g -Xmx1g", "HOME": outer}
        house.call(as_user(self._user(), program), LOG, "Elasticsearch did not start.", cwd=outer, env={**os.environ, **java})


SERVICES: "list[Service]" = [Postgres(), Redis(), Elasticsearch()]


def install_packages() -> None:
    """With apt, where we may; otherwise one sentence that says what is missing."""
    wanted = [package for service in SERVICES if service.missing() for package in service.debian]
    if not wanted:
        return
    if not (ROOT and shutil.which("apt-get")):
        raise house.TroubleError(f"These are missing: install {' '.join(wanted)} (the names are Debian's) and start again.")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with house.stage(f"Installing {', '.join(wanted)}"):
        house.call(["apt-get", "update", "-qq"], LOG, "apt could not read its package lists.", env=env)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
        house.call(command, LOG, "apt could not install the packages.", env=env)


def start() -> int:
    with house.alone("services.lock", lambda _holder: print("Another start is under way; waiting for it.")):
        install_packages()
        for service in SERVICES:
            if answers(service.port):
                print(f"{service.name} already answers on port {service.port}.")
                continue
            with house.stage(f"Starting {service.name}"):
                service.start()
                wait_for(service.name, service.port)
    print("\n".join(service.line for service in SERVICES))
    return 0


def wait_for(name: str, port: int) -> None:
    for _attempt in range(600):
        if answers(port):
            return
        time.sleep(0.1)
    raise house.TroubleError(f"{name} did not answer on port {port} within a minute; its log lies in {HOME}.")


def stop() -> int:
    for service in SERVICES:
        if service.ours():
            with house.stage(f"Stopping {service.name}"):
                service.stop()
        else:
            print(f"{service.name} was not started here; left alone.")
    return 0


def status() -> int:
    up = [answers(service.port) for service in SERVICES]
    for service, is_up in zip(SERVICES, up, strict=True):
        whose = ("ours" if service.ours() else "not started here") if is_up else "down"
        print(f"{service.name:<14} {service.port}  {whose}")
    return 0 if all(up) else 1


def run() -> int:
    commands = {"start": start, "stop": stop, "status": status}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:  # noqa: PLR2004 (the script and one word)
        raise house.TroubleError("Say what to do: scripts/services start, stop or status")
    return commands[sys.argv[1]]()


if __name__ == "__main__":
    house.main(run)
