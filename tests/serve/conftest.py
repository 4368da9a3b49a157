"""A server over the hand-made graph, on a port of its own."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from kg.outputs import replace_outputs
from kg.serve import Limits, Place, create_app
from tests.test_outputs import harbour_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette

ONTOLOGY = Path(__file__).parents[2] / "ontology"
SECONDS = 2.0  # that a query may take in these tests
CLIENT = httpx.Client(timeout=60, verify=False, limits=httpx.Limits(max_connections=None))  # noqa: S501 - no TLS here
MEMORY = 600_000_000  # bytes that a query may take in these tests


@pytest.fixture(scope="session", autouse=True)
def _close_client() -> Iterator[None]:
    """Leave no connection open at the end."""
    yield
    CLIENT.close()


@dataclass(frozen=True)
class Service:
    """A running server: its address, its outputs, its application."""

    url: str
    out: Path
    app: Starlette

    def get(self, path: str, accept: str | None = None, **options: object) -> httpx.Response:
        """A request, without following redirections."""
        headers = {"Accept": accept} if accept else {}
        return CLIENT.get(self.url + path, headers=headers, **options)  # type: ignore[arg-type]


def harbour_outputs(folder: Path, page: bytes = b"<!doctype html><title>drawn</title>") -> Path:
    """The hand-made graph as outputs."""
    folder.mkdir()
    replace_outputs(folder, {**harbour_files(), "graph.html": page}, {"counts": {}})
    return folder


def serving(out: Path, *, base: str = "https://example.org/kg/", cors: tuple[str, ...] = ()) -> Iterator[Service]:
    """Serve until the test is done."""
    limits = Limits(seconds=SECONDS, workers=2, memory_bytes=MEMORY, answer_bytes=1_000_000)
    place = Place(out, ONTOLOGY, base, limits.memory_bytes, limits.answer_bytes)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(place, limits, cors=cors)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Service(f"http://127.0.0.1:{port}", out, app)
    server.should_exit = True
    thread.join(30)


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One server for all tests that change nothing."""
    yield from serving(harbour_outputs(tmp_path_factory.mktemp("serve") / "out"), cors=("https://pages.example",))
