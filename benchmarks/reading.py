"""How fast the reading model is, alone and with both extractors, beside a CNN pipeline like a small one of spaCy.

python -m benchmarks.reading [ARTICLES]        default: 40 articles of 200 words, of `benchmarks.articles`

All read the same texts in turn, each in a process of its own, on one thread and without torch; what counts is
processor time on texts that neither has seen before. The CNN pipeline (tagger, morphologizer, parser and names above
one tok2vec) is untrained, which changes its speed little. Prints a table in Markdown.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import IO, cast

from benchmarks.articles import write_articles
from benchmarks.build import ROOT, python

_BATCH = 5
"""Articles that one pipeline reads before it is the other's turn, so that a busy machine slows both alike."""
_NO_TORCH = "import sys; sys.modules['torch'] = None\n"
_READER = "from kg.reading import load_reader\nnlp = load_reader()\n"
_EVERYTHING = f"""
from kg.articles.formats import read_articles
from kg.config import packaged_ontology
from kg.extract import Extractor
from kg.extract.relations.network import RelationNetwork
from kg.ontology import load_ontology
{_READER}
extractor = Extractor(load_ontology(packaged_ontology()), nlp, RelationNetwork())
def read(text):
    for article in read_articles(text.encode(), "a", "a.txt", ".txt"):
        doc = nlp(article.text)
        extractor.extract_doc(article, doc)
        return doc
"""
_CNN = """
import random, spacy
from spacy.training import Example
nlp = spacy.blank("en")
nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.HashEmbedCNN.v2", "width": 96, "depth": 4,
    "embed_size": 2000, "window_size": 1, "maxout_pieces": 3, "subword_features": True, "pretrained_vectors": None}})
listen = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
for name, labels in (("tagger", 50), ("morphologizer", 130)):
    pipe = nlp.add_pipe(name, config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listen}})
    for i in range(labels): pipe.add_label(f"X=L{i}")
for name, labels in (("parser", 45), ("ner", 18)):
    state = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": name, "hidden_width": 64,
        "extra_state_tokens": False, "maxout_pieces": 2, "use_upper": True, "tok2vec": listen}
    pipe = nlp.add_pipe(name, config={"model": state})
    for i in range(labels): pipe.add_label(f"L{i}")
nlp.initialize()
"""
_LOOP = """
import json, time
read = globals().get("read", nlp)
read("A first sentence is read.")
for line in sys.stdin:
    texts = json.loads(line)
    start = time.process_time()
    docs = [read(text) for text in texts]
    spent = time.process_time() - start
    print(json.dumps([spent, sum(not token.is_space for doc in docs for token in doc)]), flush=True)
"""


class Pipeline:
    """A pipeline in a process of its own."""

    def __init__(self, code: str) -> None:
        """Start it."""
        line = [sys.executable, "-c", _NO_TORCH + code + _LOOP]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )
        self.seconds, self.words = 0.0, 0

    def read(self, texts: list[str]) -> None:
        """Let it read, and add up what it took."""
        to, out = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        to.write(json.dumps(texts) + "\n")
        to.flush()
        seconds, words = json.loads(out.readline())
        self.seconds += seconds
        self.words += words

    def end(self) -> float:
        """End it; give its words per second of processor."""
        self._process.communicate()
        return self.words / self.seconds


def main(count: int) -> None:
    """Measure and print."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("spacy", "onnxruntime", "numpy"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {libraries}")
    print(f"load when this began: {os.getloadavg()[0]:.1f}\n\n| figure | measured | to reach |\n|---|---|---|")
    first = _NO_TORCH + _READER + "nlp('A first sentence is read.')"
    runs = [python("-c", first) for _ in range(3)]
    empty = min(python("-c", "pass").cpu for _ in range(3))
    seconds = min(run.cpu for run in runs) - empty
    print(f"| import, load, first sentence, above an empty Python, processor seconds | {seconds:.2f} | <= 2 |")
    print(f"| peak memory of that, MB | {max(run.memory for run in runs) / 1e6:.0f} | <= 500 |")
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        write_articles(Path(folder), count)
        texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).rglob("*.txt"))]
    pipelines = [Pipeline(_READER), Pipeline(_EVERYTHING), Pipeline(_CNN)]
    for start in range(0, count, _BATCH):
        for pipeline in pipelines:
            pipeline.read(texts[start : start + _BATCH])
    ours, everything, theirs = (pipeline.end() for pipeline in pipelines)
    print(f"| reading model, words per processor second, raw text to Doc | {ours:,.0f} | >= 4,600 |")
    print(f"| reading and both extractors, words per processor second | {everything:,.0f} | >= 2,000 |")
    print(f"| untrained CNN pipeline, the same texts in turn | {theirs:,.0f} | a yardstick |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
