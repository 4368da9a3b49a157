"""Builds that are killed at random moments, builds that run at once, and builds that must be the same.

What is left of the former is whole, or said not to be.

python -m benchmarks.faults kill 300           SIGKILL to `kg build` at random moments, 300 times
python -m benchmarks.faults crowd 50           two builds at once, and ten at once, 50 times each
python -m benchmarks.faults kill 300 quick     the same with builds in which reading and extracting are quick
python -m benchmarks.faults orders 7           so many articles, with four hash seeds, one to three jobs, three orders

The first undisturbed build reads the articles; from then on they are in a cache of this run's own, as with any user.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from benchmarks.articles import SHORT, write_articles
from kg.errors import OutputError
from kg.outputs import open_outputs

Command = Callable[[Path, Path], list[str]]
"""What builds a folder of sources into a folder of outputs."""

ROOT = Path(__file__).parents[1]
NAMES = ("graph.ttl", "evidence.ttl")
_VERSIONS = (
    "QUAYTON, March 3 - Nordpay said it had acquired Dockside for 5 million euros.\n",
    "QUAYTON, March 4 - Tideline said it had acquired Mooring, and named Jane Roe president.\n",
)
_TRIES = 10  # builds for each that is killed: more have ended before
_LATEST = 1.3  # of the time of a whole build: the last moment at which a build is killed


def kg_build(sources: Path, out: Path) -> list[str]:
    """The real thing."""
    options = ["--out", str(out), "--ontology", str(ROOT / "ontology"), "--jobs", "1", "--no-page", "-q"]
    return [sys.executable, "-m", "kg", "build", str(sources), *options]


@dataclass
class Place:
    """A folder of sources in two versions, and what an undisturbed build makes of each."""

    folder: Path
    command: Command
    expected: tuple[dict[str, bytes], ...] = ()
    seconds: float = 0.0

    @property
    def sources(self) -> Path:
        """The articles."""
        return self.folder / "sources"

    @property
    def out(self) -> Path:
        """The outputs."""
        return self.folder / "out"

    def prepare(self) -> None:
        """Build both versions undisturbed, and time the second time of it, when the cache is filled."""
        self.sources.mkdir()
        for i in range(4):
            (self.sources / f"{i}.txt").write_text(f"BERTHAM, May {i + 1} - Acme Labs said it had launched Bolt{i}.\n")
        for round_ in range(2):
            found = []
            for version in range(len(_VERSIONS)):
                self.write(version)
                shutil.rmtree(self.out, ignore_errors=True)
                start = time.monotonic()
                subprocess.run(self.command(self.sources, self.out), cwd=ROOT, check=True)
                self.seconds = time.monotonic() - start
                found.append(read(self.out))
            assert round_ == 0 or tuple(found) == self.expected, "two undisturbed builds differ"
            self.expected = tuple(found)

    def write(self, version: int) -> None:
        """Make one article be of this version."""
        (self.sources / "0.txt").write_text(_VERSIONS[version], encoding="utf-8")

    def check(self) -> str:
        """Every file is of one version and whole; a mix of both is refused by whoever reads it."""
        found = read(self.out)
        versions = set()
        for name, content in found.items():
            of = [i for i, each in enumerate(self.expected) if each[name] == content]
            assert of, f"{name} is of no build"
            versions.update(of)
        if len(versions) > 1 or len(found) < len(NAMES):
            try:
                open_outputs(self.out)
            except OutputError:
                return "mix, refused"
            raise AssertionError("a mix of two builds is taken for one")
        return "whole" if self._opens() else "whole, without its report"

    def _opens(self) -> bool:
        try:
            open_outputs(self.out)
        except OutputError:
            return False
        return True

    def repair(self, version: int) -> None:
        """An undisturbed build gives the bytes that it always gives."""
        self.write(version)
        start = time.monotonic()
        subprocess.run(self.command(self.sources, self.out), cwd=ROOT, check=True)
        self.seconds = time.monotonic() - start
        assert read(self.out) == self.expected[version], "after a kill, a build gives other bytes"
        left = {path.name for path in self.out.iterdir()} - {*NAMES, "report.json"}
        assert not left, f"left behind: {left}"


def read(folder: Path) -> dict[str, bytes]:
    """The outputs that are there."""
    return {name: (folder / name).read_bytes() for name in NAMES if (folder / name).is_file()}


def kill(folder: Path, times: int, *, command: Command = kg_build, seed: int = 1) -> Counter[str]:
    """Kill so many builds at random moments; how each left the outputs. Raises AssertionError for what must not be.

    A build that ends before its moment does not count; how long builds take is learnt from those, and from repairs.
    """
    place = Place(folder, command)
    place.prepare()
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    killed = 0
    for number in range(times * _TRIES):
        version = number % 2
        place.write(version)
        start = time.monotonic()
        process = subprocess.Popen(place.command(place.sources, place.out), cwd=ROOT, start_new_session=True)
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, _LATEST * place.seconds))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.wait() == 0:
            place.seconds = time.monotonic() - start
            outcomes["ended before"] += 1
            continue
        killed += 1
        outcomes[f"killed: {place.check()}"] += 1
        if killed % 5 == 0 or killed == times:  # mends every fifth time; else wreck on wreck
            place.repair(version)
        if killed == times:
            break
    return outcomes


def crowd(folder: Path, times: int, sizes: tuple[int, ...] = (2, 10), *, command: Command = kg_build) -> Counter[str]:
    """Start builds at once in one folder; how they ended. Raises AssertionError for what must not be."""
    place = Place(folder, command)
    place.prepare()
    outcomes: Counter[str] = Counter()
    for number in range(times):
        for size in sizes:
            version = (number + size) % 2
            place.write(version)
            (place.out / "report.json").unlink()
            line = place.command(place.sources, place.out)
            builds = [
                subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                for _ in range(size)
            ]
            said = [build.communicate()[1] for build in builds]
            ended = [build.returncode for build in builds]
            assert 0 in ended, said
            for status, words in zip(ended, said, strict=True):
                assert status == 0 or "another build is writing" in words, words
                outcomes[f"{size} at once: {'built' if status == 0 else 'said that another is at work'}"] += 1
            assert read(place.out) == place.expected[version]
            open_outputs(place.out)
    return outcomes


def quick_build(sources: Path, out: Path) -> list[str]:
    """The same but for reading and extracting, which take no time in it: ten times as many faults."""
    return [sys.executable, "-m", "tests.faults.quick_build", str(sources), str(out)]


def orders(
    folder: Path, count: int, *, seeds: Sequence[int] = range(4), jobs: Sequence[int] = (1, 2, 3)
) -> Counter[str]:
    """Build so many articles without a cache, in each combination; raises AssertionError where bytes differ.

    Articles are named one by one: as they were written, the other way round, and shuffled.
    """
    write_articles(folder / "sources", count, sentences=SHORT)
    named = sorted(map(str, (folder / "sources").rglob("*.txt")))
    shuffled = random.Random(1).sample(named, len(named))
    outcomes: Counter[str] = Counter()
    first: dict[str, bytes] = {}
    for seed, number, files in product(seeds, jobs, (named, named[::-1], shuffled)):
        out = folder / f"out-{sum(outcomes.values())}"
        options = ["--out", str(out), "--ontology", str(ROOT / "ontology"), "--jobs", str(number), "--no-cache", "-q"]
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        subprocess.run([sys.executable, "-m", "kg", "build", *files, *options], cwd=ROOT, env=environment, check=True)
        found = {name: (out / name).read_bytes() for name in (*NAMES, "graph.html")}
        first = first or found
        differing = [name for name in found if found[name] != first[name]]
        assert not differing, f"hash seed {seed}, {number} jobs, {files}: {', '.join(differing)} differ"
        outcomes[f"the same bytes, {number} jobs"] += 1
        shutil.rmtree(out)
    return outcomes


def main(arguments: list[str]) -> None:
    """Run one of the three."""
    if not arguments or arguments[0] not in {"kill", "crowd", "orders"}:
        sys.exit(__doc__)
    times = int(arguments[1]) if len(arguments) > 1 else 10
    with tempfile.TemporaryDirectory(prefix="kg-faults-") as folder:
        os.environ["KG_CACHE_DIR"] = f"{folder}/cache"
        command = quick_build if "quick" in arguments else kg_build
        if arguments[0] == "orders":
            outcomes = orders(Path(folder), times)
        else:
            outcomes = (kill if arguments[0] == "kill" else crowd)(Path(folder), times, command=command)
        for outcome, count in sorted(outcomes.items()):
            print(f"{count:6} {outcome}")


if __name__ == "__main__":
    main(sys.argv[1:])
