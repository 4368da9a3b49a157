"""A build without a network, and with nobody to run other programs for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUARDED = """
import socket, sys

def guard(event, arguments):
    if event in {"socket.getaddrinfo", "urllib.Request", "subprocess.Popen", "os.system", "os.exec"}:
        raise RuntimeError(f"a build asked for {event} {arguments}")
    if event in {"socket.__new__", "socket.connect", "socket.bind"} and isinstance(arguments[1], int):
        if arguments[1] in {socket.AF_INET, socket.AF_INET6}:
            raise RuntimeError(f"a build asked for {event} {arguments}")

sys.addaudithook(guard)
%s
"""
ARTICLE = (
    "---\\nurl: https://example.org/news/1\\n---\\nQUAYTON, March 3 - Nordpay said it had acquired Dockside "
    "(https://example.org/more). <img src='https://example.org/pixel.png'> See www.example.org.\\n"
)


def guarded(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python whose every step towards the network, or another program, is an error."""
    command = [sys.executable, "-c", GUARDED % code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "code", ["socket.create_connection(('127.0.0.1', 9))", "import os; os.system('true')", "socket.socket()"]
)
def test_guard_works(code: str) -> None:
    """What the test below relies on."""
    assert "a build asked for" in guarded(code).stderr


@pytest.mark.model
@pytest.mark.slow
def test_build_asks_for_no_network_and_no_other_program(tmp_path: Path) -> None:
    """Articles of all kinds with addresses in them, the page included; the outputs are there."""
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "one.md").write_text(ARTICLE, encoding="utf-8")
    (sources / "two.html").write_text(
        "<html><head><link rel='stylesheet' href='https://example.org/x.css'><script src='https://example.org/x.js'>"
        "</script></head><body><article><h1>Ports join hands</h1><p>Lisbon said on Monday that it had set up the "
        "Harbour Alliance together with Nordpay, which is based in Oslo and has some 300 employees.</p>"
        "<iframe src='https://example.org/frame'></iframe></article></body></html>",
        encoding="utf-8",
    )
    code = "from kg.cli import main; sys.argv = ['kg', *sys.argv[1:]]; main()"
    options = ["--out", str(tmp_path / "out"), "--ontology", str(ROOT / "ontology"), "--jobs", "1", "--no-cache", "-q"]
    done = guarded(code, "build", str(sources), *options)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir())[:3] == [
        *("evidence.ttl", "graph.html", "graph.ttl"),
    ]
