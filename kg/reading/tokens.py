"""The tokenizer of the reading model: spaCy's English rules, mended where the treebanks cut words otherwise.

What differed was counted on the training treebanks: words with a bound prefix ("co-founder", "e-mail", "non-avian"),
telephone numbers, runs of signs ("!!!", "***"), ranges with a dash ("1999–2003") and "and/or".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.lang.char_classes import HYPHENS
from spacy.lang.en import English
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found] # compiled, without types
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

if TYPE_CHECKING:
    from spacy.language import Language

# Prefixes that make one word with what follows their hyphen.
_BOUND_PREFIXES = (
    "anti|bi|co|contra|counter|cross|cyber|de|e|ex|extra|hyper|infra|inter|intra|macro|mega|meta|micro|mid|mini|mono|"
    "multi|neo|non|para|poly|post|pre|pro|proto|pseudo|quasi|re|semi|sub|super|supra|trans|tri|ultra|un"
)
# No hyphen is cut off behind one of them that begins a word; look-behinds must have one width each.
_NOT_BOUND = "".join(rf"(?<!\b(?i:{prefix}))" for prefix in _BOUND_PREFIXES.split("|"))
# Kept whole: telephone numbers; runs of one sign; runs of exclamation and question marks.
_WHOLE = re.compile(r"(?:\(?\d{3}\)?-)?\d{3}-\d{4}|([*=_<>~#+-])\1+|[!?]{2,}")
_MORE_INFIXES = (r"(?<=[0-9])[–—](?=[0-9])", r"(?<=[0-9]\])[–—-](?=\[[0-9])")
_MORE_SUFFIXES = (r"[!?]{2,}", r"(?<=[0-9])(?:am|pm|AM|PM)")
_SPECIAL_CASES = {
    "".join(parts): [{ORTH: part} for part in parts] for parts in (("al.",), ("and", "/", "or"), ("And", "/", "or"))
}


def blank_english() -> Language:
    """Give an English pipeline of nothing but the tokenizer."""
    return English(create_tokenizer=_tokenizer)


def _tokenizer(nlp: Language) -> Tokenizer:
    """Make the tokenizer with all rules at once: with each change of a rule spaCy would read all special cases anew."""
    defaults = nlp.Defaults
    # The plain hyphen comes first among the hyphens of the rule; dashes cut behind a prefix, too.
    infixes = [str(rule).replace(HYPHENS, _NOT_BOUND + HYPHENS) for rule in defaults.infixes or ()]
    return Tokenizer(
        nlp.vocab,
        rules=defaults.tokenizer_exceptions | _SPECIAL_CASES,
        prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
        suffix_search=compile_suffix_regex([*(defaults.suffixes or ()), *_MORE_SUFFIXES]).search,
        infix_finditer=compile_infix_regex([*infixes, *_MORE_INFIXES]).finditer,
        token_match=_WHOLE.fullmatch,
        url_match=defaults.url_match,
    )
