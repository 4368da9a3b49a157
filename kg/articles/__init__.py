"""Articles in: files of several kinds become `Article`s, and what cannot is named with its reason.

The text of an article is what stands after the front matter, without a byte order mark, with line feeds as line ends,
nothing else changed; from HTML and JSONL it is extracted. All offsets refer to it.
"""

from kg.articles.sources import Sources, read_sources, sorted_skipped

__all__ = ["Sources", "read_sources", "sorted_skipped"]
