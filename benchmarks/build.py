"""How fast `kg build` is, and how much of it a second build needs.

python -m benchmarks.build [ARTICLES] [short] [only NAME ...]        default: 200 articles of 200 words, all figures

Processes of their own, timed by the system: `cpu` is what they used, so that a busy machine makes little difference;
figures that are of the clock say so. Ratios are of one run on one machine. The articles are invented ones, of
`benchmarks.articles`. Prints a table in Markdown.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.articles import LONG, SHORT, write_articles
from benchmarks.processes import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
JOBS = int(os.environ.get("KG_BENCH_JOBS", "1"))
"""Processes of a build whose number is no part of the figure."""
_EXAMPLE = (
    "@prefix kg: <https://example.org/kg/ontology#> .\n"
    'kg:acquired kg:example "[subject Acme Labs] gobbled up [object Bolt Works]." .\n'
)
_NEW_ARTICLE = "PORTHAM, May 2 (Wire) - Tideline said on Monday that it had acquired Mooring for 7 million euros.\n"


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds of processor and clock, and its greatest memory in bytes (of one process)."""

    cpu: float
    clock: float
    memory: int


def spent(*command: str) -> Spent:
    """Run a command to its end, with its children."""
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, _environment())
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss * 1024)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def python(*arguments: str) -> Spent:
    """Run Python."""
    return spent(sys.executable, *arguments)


@dataclass
class Bench:
    """A folder with articles, an ontology of its own and a cache of its own."""

    folder: Path
    count: int
    sentences: tuple[int, int] = LONG

    @property
    def sources(self) -> Path:
        """The articles."""
        return self.folder / "sources"

    def prepare(self) -> None:
        """Write articles and ontology; compile the frames, which a cache then holds as with any user."""
        write_articles(self.sources, self.count, sentences=self.sentences)
        shutil.copytree(ROOT / "ontology", self.folder / "ontology", ignore=shutil.ignore_patterns("__pycache__"))
        one = self.folder / "one"
        one.mkdir()
        (one / "one.txt").write_text(_NEW_ARTICLE, encoding="utf-8")
        self.build(sources=one, out="one-out")

    def build(self, *options: str, sources: Path | None = None, out: str = "out", jobs: int = JOBS) -> Spent:
        """Build, quietly."""
        line = self.line(*options, sources=sources, out=out, jobs=jobs)
        if jobs == 1:
            return python(*line)
        found = tree(sys.executable, *line, environment=_environment())
        return Spent(found.total, found.clock, found.memory)

    def line(self, *options: str, sources: Path | None = None, out: str = "out", jobs: int = JOBS) -> list[str]:
        """The arguments of Python for a build."""
        places = [str(sources or self.sources), "--out", str(self.folder / out)]
        settings = ["--jobs", str(jobs), "--ontology", str(self.folder / "ontology")]
        return ["-m", "kg", "build", *places, "-q", *settings, *options]


Row = tuple[str, str, str]


def incremental(bench: Bench) -> Iterator[Row]:
    """Cold, nothing changed, one article changed, an example added; with the page and without."""
    cold = bench.build(out="cold")
    again = bench.build(out="cold")
    yield "nothing changed, everything included, to a cold build", f"{again.cpu / cold.cpu:.1%}", "<= 5 %"
    (bench.sources / "0000" / "000000.txt").write_text(_NEW_ARTICLE, encoding="utf-8")
    one = bench.build(out="cold")
    yield "one article changed, everything included", f"{one.cpu / cold.cpu:.1%}", "<= 15 %"
    (bench.sources / "0000" / "000000.txt").write_text(_NEW_ARTICLE.replace("7", "8"), encoding="utf-8")
    bare = bench.build("--no-page", out="cold")
    yield "one article changed, without the page", f"{bare.cpu / cold.cpu:.1%}", "<= 8 %"
    with (bench.folder / "ontology" / "more.ttl").open("w", encoding="utf-8") as stream:
        stream.write(_EXAMPLE)
    taught = bench.build(out="cold")
    yield "an example added to the ontology", f"{taught.cpu / cold.cpu:.1%}", "<= 35 %"
    seconds = ", ".join(f"{each.cpu:.2f}" for each in (cold, again, one, bare, taught))
    yield "these five, processor seconds", seconds, ""
    yield "cold build, processor seconds per article", f"{cold.cpu / bench.count:.3f}", ""
    yield "peak memory of the cold build, MB", f"{cold.memory / 1e6:.0f}", ""


def against_reading(bench: Bench) -> Iterator[Row]:
    """The whole build, and the reading model alone on the same texts."""
    code = (
        "import sys; from pathlib import Path; from kg.reading import load_reader; nlp = load_reader()\n"
        "for path in sorted(Path(sys.argv[1]).rglob('*.txt')): nlp(path.read_text(encoding='utf-8'))"
    )
    bare = python("-c", code, str(bench.sources))
    whole = bench.build("--no-page", "--no-cache", out="whole")
    yield "whole build to the bare reading model, without the page", f"{whole.cpu / bare.cpu:.2f} x", "<= 1.35 x"
    yield "reading model, processor seconds per article", f"{bare.cpu / bench.count:.3f}", ""


def jobs(bench: Bench) -> Iterator[Row]:
    """One process and two, by the clock, and by what each of the processes did."""
    lines = {number: bench.line("--no-page", "--no-cache", out="jobs", jobs=number) for number in (1, 2)}
    one, two = (tree(sys.executable, *lines[number], environment=_environment()) for number in (1, 2))
    yield "two jobs to one (clock; needs two idle cores)", f"{one.clock / two.clock:.2f} x", ">= 1.8 x"
    # As if the parent did its own work before or after that of the workers, never beside it.
    yield (
        "the same in processor time: one job to the parent and the busier worker of two",
        f"{one.total / (two.alone + two.busiest):.2f} x",
        ">= 1.8 x",
    )
    yield "what the second process costs in processor time", f"{two.total / one.total:.2f} x", ""
    shares = ", ".join(f"{seconds:.1f}" for seconds in sorted(two.seconds.values(), reverse=True))
    yield "processor seconds: one job; each process of two", f"{one.total:.1f}; {shares}", ""


def growth(bench: Bench) -> Iterator[Row]:
    """Time and memory for each article, at a tenth of the articles and at all of them."""
    tenth = bench.folder / "tenth"
    write_articles(tenth, max(bench.count // 10, 1), seed=2, sentences=bench.sentences)
    few = bench.build("--no-page", "--no-cache", sources=tenth, out="few")
    many = bench.build("--no-page", "--no-cache", out="many")
    start = python("-m", "kg", "--version")
    one = bench.build("--no-page", "--no-cache", sources=bench.folder / "one", out="one")
    small = (few.cpu - one.cpu) / max(bench.count // 10 - 1, 1)
    large = (many.cpu - one.cpu) / (bench.count - 1)
    yield f"time per article, {bench.count} to {bench.count // 10} articles", f"{large / small:.2f} x", "within 10 %"
    more = (many.memory - few.memory) / (bench.count - bench.count // 10)
    yield "memory for each further 100,000 articles, MB, from these two", f"{more * 100_000 / 1e6:,.0f}", ""
    yield "kg --version, processor seconds", f"{start.cpu:.2f}", ""


def stored(bench: Bench) -> Iterator[Row]:
    """All but reading and extracting, from a filled cache, at a tenth of the articles and at all of them; no page."""
    costs = {}
    for count in (max(bench.count // 10, 1), bench.count):
        sources = bench.folder / f"stored-{count}"
        write_articles(sources, count, sentences=bench.sentences)
        line = ("-m", "benchmarks.stored", str(sources), str(bench.folder / f"out-{count}"))
        python(*line)
        (sources / "0000" / "000000.txt").write_text(_NEW_ARTICLE, encoding="utf-8")
        costs[count] = python(*line)
        milliseconds = 1000 * costs[count].cpu / count
        yield (
            f"{count:,} articles from the cache: milliseconds for each; peak MB",
            (f"{milliseconds:.2f}; {costs[count].memory / 1e6:.0f}"),
            "<= 2,500 MB at 30,000",
        )
    few, many = costs
    yield (
        "memory for each further 100,000 articles, MB, from these two",
        (f"{(costs[many].memory - costs[few].memory) / (many - few) * 1e5 / 1e6:,.0f}"),
        "",
    )


def start_up(bench: Bench) -> Iterator[Row]:  # noqa: ARG001 - all figures are called alike
    """`kg --help` above an empty start of Python."""
    empty = min(python("-c", "pass").cpu for _ in range(5))
    shown = min(python("-c", "import sys; sys.stdout = open('/dev/null', 'w'); sys.argv = ['kg', '--help']\n"
                       "from kg.cli import main; main()").cpu for _ in range(5))  # fmt: skip
    yield "kg --help above an empty Python, seconds", f"{shown - empty:.2f}", "<= 0.15"


def yardstick(bench: Bench) -> Iterator[Row]:
    """A CNN pipeline of the shape of spaCy's small English one, untrained, on the same texts."""
    code = (
        "import sys; from pathlib import Path; import spacy; nlp = spacy.blank('en')\n"
        "tok2vec = {'model': {'@architectures': 'spacy.HashEmbedCNN.v2', 'width': 96, 'depth': 4, 'embed_size': 2000,\n"
        "  'window_size': 1, 'maxout_pieces': 3, 'subword_features': True, 'pretrained_vectors': None}}\n"
        "nlp.add_pipe('tok2vec', config=tok2vec)\n"
        "listen = {'@architectures': 'spacy.Tok2VecListener.v1', 'width': 96, 'upstream': 'tok2vec'}\n"
        "nlp.add_pipe('tagger', config={'model': {'@architectures': 'spacy.Tagger.v2', 'tok2vec': listen}})\n"
        "parser = {'@architectures': 'spacy.TransitionBasedParser.v2', 'state_type': 'parser', 'hidden_width': 64,\n"
        "  'extra_state_tokens': False, 'maxout_pieces': 2, 'use_upper': True, 'tok2vec': listen}\n"
        "nlp.add_pipe('parser', config={'model': parser})\n"
        "nlp.add_pipe('ner')\n"
        "for i in range(50): nlp.get_pipe('tagger').add_label(f'T{i}')\n"
        "for label in ('nsubj', 'obj', 'obl', 'ROOT', 'det', 'amod'): nlp.get_pipe('parser').add_label(label)\n"
        "for label in ('ORG', 'PERSON', 'GPE', 'DATE'): nlp.get_pipe('ner').add_label(label)\n"
        "nlp.initialize()\n"
        "texts = [path.read_text(encoding='utf-8') for path in sorted(Path(sys.argv[1]).rglob('*.txt'))]\n"
        "for doc in nlp.pipe(texts): pass"
    )
    cnn = python("-c", code, str(bench.sources))
    yield "untrained CNN pipeline, processor seconds per article", f"{cnn.cpu / bench.count:.3f}", "a yardstick"


def turtle(bench: Bench) -> Iterator[Row]:
    """Turtle of a large graph: from the model, as a stream, and by rdflib's serializer from rdflib's own store."""
    triples = os.environ.get("KG_BENCH_TRIPLES", "1000000")
    step = {
        name: python("-m", "benchmarks.turtle", name, triples, str(bench.folder / "evidence.ttl"))
        for name in ("graph", "kg", "filled", "rdflib")
    }
    ours, theirs = (step[a].cpu - step[b].cpu for a, b in (("kg", "graph"), ("rdflib", "filled")))
    yield f"Turtle of {int(triples):,} triples, to rdflib's serializer", f"{theirs / ours:.1f} x faster", ">= 10 x"
    yield "the same, processor seconds", f"{ours:.1f}, {theirs:.1f}", ""
    memory = ", ".join(f"{step[name].memory / 1e6:.0f} MB" for name in ("kg", "rdflib"))
    yield "its peak memory, graph included", memory, "half"


FIGURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "incremental": incremental,
    "reading": against_reading,
    "jobs": jobs,
    "growth": growth,
    "stored": stored,
    "start": start_up,
    "yardstick": yardstick,
    "turtle": turtle,
}


def main(arguments: list[str]) -> None:
    """Measure what is asked for."""
    count = int(arguments[0]) if arguments else 200
    sentences = SHORT if "short" in arguments else LONG
    wanted = arguments[arguments.index("only") + 1 :] if "only" in arguments else list(FIGURES)
    libraries = ", ".join(f"{each} {version(each)}" for each in ("spacy", "onnxruntime", "rdflib", "pyoxigraph"))
    kind = "short articles" if sentences == SHORT else "articles"
    print(f"{count} {kind}; {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(libraries)
    print(f"load when this began: {os.getloadavg()[0]:.1f}\n")
    print("| figure | measured | to reach |\n|---|---|---|", flush=True)
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
            os.environ["KG_CACHE_DIR"] = f"{folder}/cache"
            bench = Bench(Path(folder), count, sentences)
            if name not in {"turtle", "start", "stored"}:
                bench.prepare()
            for row in FIGURES[name](bench):
                print(f"| {' | '.join(row)} |", flush=True)
    print(f"\npeak of this process's children: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
