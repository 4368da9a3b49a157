"""Services on localhost: a real one of the protocol, and one that fails as it is told to."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = """\
id\tname
Q1\tNordpay
Q2\tHarbour Alliance
Q3\tHarbour Alliance
Q4\tLisbon
Q5\tDocksides Ltd
"""
"""What the real service knows: one clear name, two of one name, a city, a name that nearly fits."""

_SERVER = """
import sys
from csv_reconcile import create_app, initdb
from werkzeug.serving import make_server
app = create_app("", instance_path=sys.argv[1], scorerOption="")
with app.app_context():
    initdb.init_db_with_context(sys.argv[2], "id", "name")
server = make_server("127.0.0.1", 0, app)
print("PORT", server.port, flush=True)
server.serve_forever()
"""


@pytest.fixture(scope="session")
def csv_reconcile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of csv-reconcile, a server of the Reconciliation API written by others, over `TABLE`."""
    folder = tmp_path_factory.mktemp("csv-reconcile")
    (folder / "table.tsv").write_text(TABLE, encoding="utf-8")
    command = [sys.executable, "-c", _SERVER, str(folder / "instance"), str(folder / "table.tsv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        said = next((line for line in process.stdout if line.startswith("PORT ")), None)
        assert said is not None, "csv-reconcile did not start; it is one of the dev dependencies"
        yield f"http://127.0.0.1:{said.split()[1]}/reconcile"
        process.terminate()


@dataclass
class Fake:
    """A service in this process: it answers with `statuses` in turn, then with 200, and notes what it was asked.

    Each query is answered with its own name as the one candidate.
    """

    statuses: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    requests: int = 0
    body: bytes | None = None
    batch_size: int = 2
    address: str = ""

    def answer(self, form: dict[str, list[str]]) -> dict[str, Any]:
        """The document that answers a request."""
        if "queries" not in form:
            return {"name": "Fake", "identifierSpace": "http://example.net/", "batchSize": self.batch_size}
        queries = json.loads(form["queries"][0])
        self.asked += [query["query"] for query in queries.values()]
        rows = {k: [{"id": "X", "name": q["query"], "score": 99, "match": True}] for k, q in queries.items()}
        return {key: {"result": found} for key, found in rows.items()}


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A running `Fake`."""
    service = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            service.requests += 1
            form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
            status = service.statuses.pop(0) if service.statuses else 200
            body = json.dumps(service.answer(form)).encode() if status == 200 and service.body is None else b""
            body = body if service.body is None else service.body
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    service.address = f"http://127.0.0.1:{server.server_port}/api"
    yield service
    server.shutdown()
    server.server_close()
    thread.join()
