"""A few texts of the corpus's markup to learn from in a test."""

from __future__ import annotations

from training.corpus.markup import is_held_out

TEXT = """\
# {ident} wire tea 2021-03-09
[[e1|Company|Veridia Tea]] Opens in [[e2|City|Lagos]]
[[e1|Company|Veridia Tea]] was founded in [[e2|City|Lagos]] in 2014. [[e1|~|The company]] paid $20 million for [[e3|Company|Orchard Mills]], said [[e4|Person|Amina Juma]], [[e1|~|its]] chief executive.
F e1 locatedIn e2; e1 foundedOn 2014; e1 acquired e3; e4 holdsPosition e1 "chief executive"
N e3 locatedIn e2 supposed
"""  # noqa: E501 - one paragraph is one line


def idents(count: int, *, held_out: bool) -> list[str]:
    """Identifiers of texts that are held out, or are not."""
    found = (f"toy-{n:03}" for n in range(1000))
    return [ident for ident in found if is_held_out(ident) == held_out][:count]


def corpus(*names: str) -> str:
    """A file of the corpus with one text for each identifier."""
    return "\n".join(TEXT.format(ident=ident) for ident in names)
