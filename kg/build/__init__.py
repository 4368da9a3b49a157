"""Builds: articles and an ontology to a folder of outputs, doing only what has not been done before."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from kg import outputs
from kg.articles import Sources
from kg.build.inputs import digest_of_inputs, digest_of_setting, unchanged
from kg.build.result import BuildResult, Progress, Work, silent
from kg.errors import ConfigError
from kg.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.config import Config
    from kg.model import Graph
    from kg.ontology.schema import Ontology

__all__ = ["BuildResult", "Progress", "build", "silent"]

EXTRACTORS: Final = ("frames", "relations")
"""Names that `extractors` in kg.toml may hold."""


def build(
    config: Config,
    *,
    with_page: bool = True,
    trace: str | None = None,
    caching: bool = True,
    all_rejected: bool = False,
    progress: Progress = silent,
) -> BuildResult:
    """Build the outputs of `config.sources` in `config.out`: all of them new, or, where anything fails, none.

    Where nothing has changed since the last build, its outputs stay. `trace` names an article (by id, path or file
    name) whose extraction is kept. The report lists the nearest misses of each article, or `all_rejected` candidates.
    Unless `caching`, everything is done anew and nothing is kept for the next build.
    Raises the KgError of whatever stage cannot do its work; an article that cannot be read is skipped and named.
    """
    unknown = sorted(set(config.extractors) - set(EXTRACTORS))
    if unknown:
        raise ConfigError(f'extractors: there is no "{unknown[0]}"; there are: {", ".join(EXTRACTORS)}')
    with outputs.locked(config.out):
        start = time.perf_counter()
        progress("articles")
        setting = digest_of_setting(config)
        sources = Sources(config.sources)
        if caching and trace is None:
            inputs = digest_of_inputs(sources.scan(), setting)
            report = unchanged(config, inputs, with_page=with_page, all_rejected=all_rejected)
            if report is not None:
                outputs.remove_leftovers(config.out)
                return _as_it_was(config, report, time.perf_counter() - start)
        from kg.build.stages import Stages  # noqa: PLC0415 - the libraries of all stages, which took a second to load

        timings = {"articles": time.perf_counter() - start}
        stages = Stages(config, sources, setting, progress, timings, caching, trace, all_rejected)
        return stages.run(with_page=with_page)


def _as_it_was(config: Config, report: Mapping[str, Any], seconds: float) -> BuildResult:
    """The last build, as its report has it."""

    def load() -> tuple[Graph, Ontology]:
        from kg.ontology import load_ontology  # noqa: PLC0415 - nobody may ask

        ontology = load_ontology(config.ontology)
        return outputs.read_graph(outputs.open_outputs(config.out), ontology, base=config.base_iri), ontology

    return BuildResult(
        out=config.out,
        report=report,
        skipped=tuple(Skipped(each["path"], each["reason"]) for each in report["skipped"]),
        rejections=(),
        files=(*sorted(report["files"]), outputs.REPORT),
        timings={"articles": seconds},
        work=Work(),
        load=load,
        up_to_date=True,
    )
