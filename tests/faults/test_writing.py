"""Each call that can fail while outputs are written fails once: files are old or new and whole, a mix is detected."""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from kg import outputs
from kg.build import build
from kg.errors import KgError, OutputError
from tests.build.conftest import config

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.config import Config

__all__ = ["config"]

NAMES = ("graph.ttl", "evidence.ttl", "report.json")
MOST_CALLS = 200  # far above what a build of six articles makes; the loop below ends by itself
CALLS: tuple[tuple[Any, str], ...] = (
    *((os, name) for name in ("fsync", "mkdir", "rename", "replace", "unlink", "rmdir")),
    *((Path, name) for name in ("mkdir", "replace", "unlink", "rmdir")),
    (shutil, "copyfileobj"),
    (io, "open"),
    (builtins, "open"),
)


class Stream:
    """A file whose writes are counted, and of which one may fail."""

    def __init__(self, stream: Any, take_turn: Callable[[str, object], None]) -> None:  # noqa: ANN401 - as open gives
        self._stream = stream
        self._take_turn = take_turn

    def write(self, data: Any) -> Any:  # noqa: ANN401 - as the file has it
        """Write, or fail."""
        self._take_turn("write", self._stream.name)
        return self._stream.write(data)

    def flush(self) -> None:
        """Flush, or fail."""
        self._take_turn("flush", self._stream.name)
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the file has
        return getattr(self._stream, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()


class Faults:
    """Fails the call of one number, of all calls that may write."""

    def __init__(self, fail_at: int, error: int) -> None:
        self._left = fail_at
        self._error = error
        self.failed = ""

    def take_turn(self, name: str, place: object) -> None:
        """Count a call; raise the error where it is its turn."""
        self._left -= 1
        if self._left == 0:
            self.failed = name
            raise OSError(self._error, os.strerror(self._error), str(place))

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call, failing in its turn."""

        def counted(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the call takes
            if name != "open":
                self.take_turn(name, args[0])
                return call(*args, **options)
            if not set("wxa+") & set(str(args[1] if len(args) > 1 else options.get("mode", "r"))):
                return call(*args, **options)
            self.take_turn(name, args[0])
            return Stream(call(*args, **options), self.take_turn)

        return counted


def faulty_build(config: Config, fail_at: int, error: int) -> tuple[str, KgError | None]:
    """A build in which one call fails: the name of the call, if there were so many, and what was said of it."""
    faults = Faults(fail_at, error)
    with pytest.MonkeyPatch.context() as patched:
        for owner, name in CALLS:
            patched.setattr(owner, name, faults.around(name, getattr(owner, name)))
        try:
            build(config, with_page=False, caching=False)
        except KgError as raised:
            return faults.failed, raised
    return faults.failed, None


def check_whole(out: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Every file is the old one or the new one, and a set of both does not pass for one."""
    found = {name: (out / name).read_bytes() for name in NAMES}
    is_new = {found[name] != old[name] for name in NAMES}
    for name in NAMES[:2]:
        assert found[name] in {old[name], new[name]}
    if len(is_new) == 1:
        outputs.open_outputs(out)
    else:
        with pytest.raises(OutputError, match="different builds"):
            outputs.open_outputs(out)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS])
def test_each_failing_call_leaves_old_or_new_and_a_message(config: Config, error: int) -> None:
    """Call after call, until a build gets through: no site is left out."""
    changed = config.sources[0] / "0.txt"
    before = changed.read_bytes()
    changed.write_text("Tideline said that it had bought Mooring for a price of 7 euros.\n", encoding="utf-8")
    build(config, with_page=False)
    new = {name: (config.out / name).read_bytes() for name in NAMES}
    changed.write_bytes(before)
    build(config, with_page=False)
    old = {name: (config.out / name).read_bytes() for name in NAMES}
    changed.write_text("Tideline said that it had bought Mooring for a price of 7 euros.\n", encoding="utf-8")
    sites: list[str] = []
    for fail_at in range(1, MOST_CALLS):
        failed, said = faulty_build(config, fail_at, error)
        if not failed:
            break
        sites.append(failed)
        assert said is None or os.strerror(error) in str(said)
        check_whole(config.out, old, new)
        for name, content in old.items():
            (config.out / name).write_bytes(content)
    assert said is None
    assert {"open", "write", "flush", "fsync", "mkdir", "replace", "copyfileobj"} <= set(sites)
    assert (config.out / "graph.ttl").read_bytes() == new["graph.ttl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_full_disk_is_said(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that takes no more: the system's own error, from a real device."""
    build(config, with_page=False)
    before = {name: (config.out / name).read_bytes() for name in NAMES}
    (config.sources[0] / "0.txt").unlink()
    real = io.open

    def full(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as open
        return real("/dev/full" if str(file).endswith("evidence.ttl") and "w" in mode else file, mode, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(io, "open", full)
        with pytest.raises(OutputError, match=r"No space left on device.* make room"):
            build(config, with_page=False)
    assert {name: (config.out / name).read_bytes() for name in NAMES} == before


@pytest.mark.skipif(sys.platform != "linux", reason="a folder of Linux in which nobody, not even root, may write")
def test_folder_that_is_read_only(config: Config) -> None:
    """Said before anything is read."""
    with pytest.raises(OutputError, match="cannot be written"):
        build(replace(config, out=Path("/proc/kg")), with_page=False)
