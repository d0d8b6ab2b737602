import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.project.dockerfile import Image, steps

ROOT = Path(__file__).parents[2]
installs = pytest.mark.long  # it installs everything the image holds
pytestmark = pytest.mark.timeout(600)  # which the first of them waits for
STEPS = steps((ROOT / "Dockerfile").read_text())
PACKAGES = ("bot", "coach", "storage")


def rests(word: str) -> list[str]:
    return [step.rest for step in STEPS if step.word == word]


def index_answers(folder: Path) -> bool:
    """Tell whether any package can be had at all, whatever the locks say."""
    ask = [sys.executable, "-m", "pip", "download", "--no-cache-dir", "--no-deps", "--dest", folder]
    return subprocess.run([*ask, "idna"], capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    folder = tmp_path_factory.mktemp("image")
    if not index_answers(folder):
        pytest.skip("no package index can be reached")
    made = Image(folder / "root", context=ROOT)
    for step in STEPS:
        made.take(step)
    yield made
    shutil.rmtree(folder)  # too large to be kept with the other tests' folders


@pytest.fixture
def health() -> Iterator[HTTPServer]:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(self.server.answers[self.path])  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType] - set below
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@installs
def test_the_dockerfiles_install_and_start_steps_work_here_though_no_image_is_built(image: Image):
    started = image.start()

    assert image.command == ["rein", "run"]
    assert started.returncode == 2, started.stderr
    assert "TELEGRAM_BOT_TOKEN" in started.stderr
    assert "Traceback" not in started.stderr


@installs
def test_the_installed_program_is_whole_though_no_image_is_built(image: Image):
    installed = next(image.root.glob("opt/rein/lib/python3*/site-packages"))

    assert files(installed) == files(ROOT)
    assert image.start("rein", "--help").returncode == 0


@installs
def test_nothing_in_the_installation_runs_by_itself_at_start(image: Image):
    assert [path.name for path in image.root.rglob("*.pth")] == []


@installs
def test_no_installer_is_left_in_the_installation(image: Image):
    programs = {path.name for path in image.root.glob("opt/rein/bin/*")}

    assert "rein" in programs
    assert not programs & {"pip", "pip3", "uv"}


@installs
@pytest.mark.parametrize(("answer", "code"), [(200, 0), (503, 1)], ids=["healthy", "ill"])
def test_the_health_check_follows_the_answer_of_healthz(
    answer: int, code: int, image: Image, health: HTTPServer
):
    health.answers = {"/healthz": answer}  # pyright: ignore[reportAttributeAccessIssue] - read by the handler above
    (check,) = rests("HEALTHCHECK")
    command = json.loads(check.split("CMD ", 1)[1])

    checked = image.start(*command, HTTP_PORT=str(health.server_port))

    assert checked.returncode == code


def test_the_image_is_of_two_stages_and_does_not_run_as_root():
    assert [base.split()[0] for base in rests("FROM")] == ["python:3.11-slim-bookworm"] * 2
    assert rests("USER") == ["10001:10001"]
    assert rests("VOLUME") == ["/data"]


def test_what_is_copied_into_the_image_is_not_ignored():
    ignored, *kept = [
        line
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    sources = [rest.split()[:-1] for rest in rests("COPY") if "--from" not in rest]

    assert ignored == "*"
    assert {f"!{source}" for group in sources for source in group} <= set(kept)


def files(folder: Path) -> set[str]:
    found = (path for package in PACKAGES for path in (folder / package).rglob("*"))
    return {
        str(path.relative_to(folder)) for path in found if path.is_file() and path.suffix != ".pyc"
    }
