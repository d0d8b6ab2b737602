"""The proxy of the profile `scale`, run by its own program before an ingress that is played."""

import http.client
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.crash.program import free_port

CADDYFILE = Path(__file__).parents[2] / "compose.Caddyfile"
CADDY = shutil.which("caddy")
pytestmark = pytest.mark.skipif(CADDY is None, reason="no caddy is installed")
PLAYED = "taken by the ingress"


class Ingress(BaseHTTPRequestHandler):
    """Takes whatever comes through."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(PLAYED.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def ingress() -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Ingress) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def called(tmp_path: Path) -> Generator[Callable[[str, str], tuple[int, str]]]:
    """Call the proxy by method and path; it asks no name server for its ingress, but is told."""
    port, environment = free_port(), os.environ | {"XDG_DATA_HOME": str(tmp_path)}
    environment["COMPOSE_DOMAIN"] = f"http://127.0.0.1:{port}"
    adapt = [str(CADDY), "adapt", "--adapter", "caddyfile", "--config", str(CADDYFILE)]
    read = subprocess.run(adapt, env=environment, check=True, capture_output=True)
    with ingress() as address:
        config = json.loads(read.stdout, object_hook=lambda part: placed(part, address))
        file = tmp_path / "caddy.json"
        file.write_text(json.dumps(config | {"admin": {"disabled": True}}))
        command = [str(CADDY), "run", "--config", str(file)]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as proxy:
            assert proxy.stderr is not None
            assert any("serving initial configuration" in line for line in proxy.stderr)
            yield lambda method, path: call(port, method, path)
            proxy.terminate()


def placed(part: dict[str, Any], address: str) -> dict[str, Any]:
    """Put the ingress at *address* where the file has its name in the compose network."""
    if part.pop("dynamic_upstreams", None):
        part["upstreams"] = [{"dial": address}]
    return part


def call(port: int, method: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body="{}" if method == "POST" else None)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def test_updates_reach_an_ingress(called: Callable[[str, str], tuple[int, str]]):
    assert called("POST", "/telegram") == (200, PLAYED)


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_nothing_else_is_let_through(called: Callable[[str, str], tuple[int, str]], method: str):
    assert called(method, "/metrics") == (404, "")
