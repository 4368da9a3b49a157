"""The same records through Splink (https://moj-analytical-services.github.io/splink/) on DuckDB, set up with care.

The names are prepared as the published examples for company and person names advise: lower case, no punctuation, legal
forms and titles off, the words sorted, the initials. Comparisons have levels for equal, reordered and abbreviated
names, string similarity and term frequencies; the neighbours are an array. The model is estimated as the manual says:
the prior from deterministic rules, u by sampling, m by expectation maximisation over two blockings.

Mentions of one class whose prepared full names are equal are one record from the start, with the neighbours of all:
pairs of mentions as they come would be hundreds of millions, since the most frequent names occur thousands of times.
Mentions of a person by one word, and acronyms of two letters, stay records of their own.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.resolution_records import Row

USUAL_THRESHOLD: Final = 0.95
THRESHOLDS: Final = (0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999)
"""Match probabilities at which clusters are cut; the best one, known only to whoever knows the truth, is Splink's."""
LONG_ACRONYM: Final = 3
MOST_NEIGHBOURS: Final = 12
"""Neighbours kept of a group: more of them would make every two frequent names neighbours of each other."""
MEMORY: Final = "6GB"
_LEGAL: Final = {"co", "ltd", "group", "holdings", "inc", "corporation", "plc", "gmbh", "sa", "the"}
_TITLES: Final = {"mr", "ms", "dr", "professor", "president", "chairman", "minister"}
_SMALL: Final = {"of", "and", "for"}


def link(rows: Sequence[Row], *, seed: int = 1) -> Iterator[tuple[float, dict[int, int]]]:
    """Yield, for one threshold after the other, the cluster of each mention; all but cutting is done for the first."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    members = _grouped(rows)
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit='{MEMORY}'; SET preserve_insertion_order=false")
    api = DuckDBAPI(connection)
    linker = Linker(api.register(pa.Table.from_pylist([_record(group) for group in members.values()])), _settings())
    linker.training.estimate_probability_two_random_records_match(
        [block_on("sorted", "class"), block_on("letters", "class")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=seed)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("sorted", "class"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first", "class"))
    scored = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    for threshold in sorted(THRESHOLDS, key=lambda threshold: abs(threshold - USUAL_THRESHOLD)):
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(
            scored, threshold_match_probability=threshold
        )
        cluster = {record["unique_id"]: record["cluster_id"] for record in found.as_record_list()}
        yield threshold, {row.mention: cluster[group[0].mention] for group in members.values() for row in group}


def _grouped(rows: Sequence[Row]) -> dict[tuple[object, ...], list[Row]]:
    """Put mentions of equal class and full name together."""
    members: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        words = _words(row.name)
        alone = len(words) == 1 and (row.class_ == "Person" or len(words[0]) < LONG_ACRONYM)
        members[(row.class_, *words, row.mention if alone else "")].append(row)
    return members


def _settings() -> SettingsCreator:
    name = cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("clean"),
            cll.ExactMatchLevel("clean", term_frequency_adjustments=True),
            cll.ExactMatchLevel("sorted"),
            cll.CustomLevel("clean_l = initials_r or clean_r = initials_l", "one is the initials of the other"),
            cll.CustomLevel("starts_with(clean_l, clean_r || ' ') or starts_with(clean_r, clean_l || ' ')", "begins"),
            cll.CustomLevel("ends_with(clean_l, ' ' || clean_r) or ends_with(clean_r, ' ' || clean_l)", "ends"),
            cll.DamerauLevenshteinLevel("clean", 2),
            cll.JaroWinklerLevel("clean", 0.92),
            cll.JaroWinklerLevel("clean", 0.85),
            cll.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[
            name,
            cl.CustomComparison(
                output_column_name="first",
                comparison_levels=[
                    cll.NullLevel("first"),
                    cll.ExactMatchLevel("first", term_frequency_adjustments=True),
                    cll.DamerauLevenshteinLevel("first", 1),
                    cll.ElseLevel(),
                ],
            ),
            cl.CustomComparison(
                output_column_name="last",
                comparison_levels=[
                    cll.NullLevel("last"),
                    cll.ExactMatchLevel("last", term_frequency_adjustments=True),
                    cll.ElseLevel(),
                ],
            ),
            cl.ArrayIntersectAtSizes("context", [2, 1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("clean", "class"),
            block_on("sorted", "class"),
            block_on("first", "class"),
            block_on("letters", "class"),
            block_on("initials", "class", "context", arrays_to_explode=["context"]),
            block_on("family", "context", arrays_to_explode=["context"]),
        ],
        retain_intermediate_calculation_columns=False,
    )


def _record(group: Sequence[Row]) -> dict[str, Any]:
    row = group[0]
    words, whole = _words(row.name), _all_words(row.name)
    neighbours = Counter(" ".join(_words(name)) for each in group for name in each.context)
    return {
        "unique_id": row.mention,
        "class": row.class_,
        "clean": " ".join(words),
        "sorted": " ".join(sorted(word for word in words if word not in _SMALL)),
        "letters": "".join(sorted("".join(words))),
        "first": words[0],
        "last": words[-1],
        "family": words[-1] if row.class_ == "Person" else None,
        "initials": whole[-1] if _is_acronym(row.name) else "".join(w[0] for w in whole if w not in _SMALL | {"the"}),
        "context": sorted(name for name, _ in neighbours.most_common(MOST_NEIGHBOURS)),
    }


def _is_acronym(name: str) -> bool:
    bare = name.removeprefix("the ")
    return bare.isupper() and " " not in bare


def _words(name: str) -> list[str]:
    words = _all_words(name)
    kept = [word for word in words if word not in _LEGAL and word not in _TITLES]
    return kept or words


def _all_words(name: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^\w ]", "", plain.replace("-", " ").replace(".,", " ")).split()
