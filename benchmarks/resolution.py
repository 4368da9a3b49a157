"""Measure entity resolution: pairwise precision and recall, time and memory, alone, beside Splink, and as it grows.

    python -m benchmarks.resolution compare 100000 --seed 1        kg and Splink on the same records
    python -m benchmarks.resolution growth 10000 100000 1000000    kg alone
    python -m benchmarks.resolution compare --records FILE.csv     on records of your own

Each measurement runs in a process of its own, so that its peak memory is its own. Splink needs `pip install splink`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.resolution_records import read_records, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from benchmarks.resolution_records import Row

ROOT = Path(__file__).resolve().parent.parent
KIB_PER_MIB = 1024


def main() -> None:
    """Run what the command line asks for and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["compare", "growth", "kg", "splink"])
    parser.add_argument("counts", nargs="*", type=int, default=[100_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records", type=Path)
    options = parser.parse_args()
    if options.what in {"kg", "splink"}:
        rows = list(_rows(options.counts[0], options.seed, options.records))
        print(json.dumps(_measured(options.what, rows)))
        return
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    print("| | mentions | precision | recall | F1 | wall s | CPU s | ms/mention | peak MiB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for count in options.counts:
        for what in ("kg", "splink") if options.what == "compare" else ("kg",):
            print(_line(_aside(what, count, options.seed, options.records)), flush=True)


def _rows(count: int, seed: int, path: Path | None) -> Iterable[Row]:
    return read_records(path) if path else records(count, seed)


def _aside(what: str, count: int, seed: int, path: Path | None) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.resolution", what, str(count), "--seed", str(seed)]
    command += ["--records", str(path.resolve())] if path else []
    with tempfile.TemporaryFile("w+") as output:
        subprocess.run(command, cwd=ROOT, stdout=output, check=True)
        output.seek(0)
        found: dict[str, Any] = json.loads(output.read().splitlines()[-1])
    return found


def _measured(what: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Resolve and score; reading the records is not part of the time, their preparation is.

    Of several results (Splink's, cut at several thresholds) the best counts, and the time until the first is there.
    """
    truth = {row.mention: row.entity for row in rows}
    start, cpu = time.perf_counter(), time.process_time()
    results = iter(_kg(rows) if what == "kg" else _splink(rows))
    found = [next(results)]
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIB_PER_MIB
    scores = {name: _score(clusters, truth) for name, clusters in (*found, *results)}
    name, (precision, recall, f1) = max(scores.items(), key=lambda item: item[1][2])
    return {
        "what": name, "mentions": len(rows), "precision": precision, "recall": recall, "f1": f1, "wall": wall,
        "cpu": cpu, "peak": peak,
    }  # fmt: skip


def _kg(rows: Sequence[Row]) -> Iterator[tuple[str, dict[int, Any]]]:
    from kg.naming import KINDS, match_form  # noqa: PLC0415 - each process loads its own side
    from kg.resolve.clustering import cluster_records  # noqa: PLC0415
    from kg.resolve.records import Record  # noqa: PLC0415

    made = [
        Record(
            id=f"{row.mention:08d}",
            article=f"{row.mention:08d}",
            label=row.name,
            names=(row.name,),
            kinds={KINDS[row.class_]: 1.0},
            class_scores={row.class_: 1.0},
            neighbours=frozenset(map(match_form, row.context)),
        )
        for row in rows
    ]
    groups, _ = cluster_records(made, {}, frozenset())
    yield "kg", {int(record.id): group.id for group in groups for record in group.records}


def _splink(rows: Sequence[Row]) -> Iterator[tuple[str, dict[int, Any]]]:
    from benchmarks.resolution_splink import link  # noqa: PLC0415

    for threshold, clusters in link(rows):
        yield f"Splink, cut at {threshold}", clusters


def _score(clusters: Mapping[int, Any], truth: Mapping[int, int]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pairs of mentions."""
    both = _pairs((truth[mention], clusters[mention]) for mention in truth)
    precision, recall = both / _pairs(clusters.values()), both / _pairs(truth.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def _pairs(labels: Iterable[Any]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())


def _line(found: Mapping[str, Any]) -> str:
    scores = " | ".join(f"{found[key]:.4f}" for key in ("precision", "recall", "f1"))
    each = 1000 * found["cpu"] / found["mentions"]
    times = f"{found['wall']:.1f} | {found['cpu']:.1f} | {each:.3f}"
    return f"| {found['what']} | {found['mentions']:,} | {scores} | {times} | {found['peak']:,} |"


if __name__ == "__main__":
    main()
