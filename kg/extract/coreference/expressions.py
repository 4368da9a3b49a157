"""Expressions that may refer back: pronouns and definite noun phrases, with what they agree in."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.coreference.words import NOUNS
from kg.extract.lexicon import reference as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.coreference.words import Word, Words


class Form(enum.StrEnum):
    """The form of a referring expression."""

    # That of `enum` is no built-in one.
    __hash__ = str.__hash__

    IT = "it"
    HE = "he"
    SHE = "she"
    THEY = "they"
    NOUN = "noun"
    NOUNS = "nouns"
    RELATIVE = "relative"
    FIRST = "first person"
    ORDER = "former or latter"


@dataclass(frozen=True, slots=True)
class Expression:
    """A pronoun or a definite noun phrase: tokens `start` to `end`, half-open, headed by `head`.

    `noun` is the singular of the head noun, lower-case, hyphens joined ("start-up"); `modifiers` are the words between
    determiner and noun. `restricted` marks a noun whose "of" phrase or relative clause says which one is meant.
    """

    head: int
    start: int
    end: int
    form: Form
    noun: str = ""
    modifiers: tuple[str, ...] = ()
    restricted: bool = False
    possessive: bool = False
    demonstrative: bool = False


PRONOUN_FORMS = {
    **dict.fromkeys(words.THIRD_NEUTER, Form.IT),
    **dict.fromkeys(words.THIRD_MALE, Form.HE),
    **dict.fromkeys(words.THIRD_FEMALE, Form.SHE),
    **dict.fromkeys(words.THIRD_PLURAL, Form.THEY),
    **dict.fromkeys(words.FIRST_SINGULAR | words.FIRST_PLURAL, Form.FIRST),
}
DETERMINERS = frozenset({"det", "det:predet"})


def expressions(doc: Words, named: frozenset[int]) -> Iterator[Expression]:
    """All expressions that may refer back, in order of their heads; `named` are the tokens of names."""
    for token in doc:
        if token.i in named:
            continue
        found = _pronoun(token) or _relative(doc, token) or _order(doc, token) or _definite(doc, token)
        if found is not None:
            yield found


def _pronoun(token: Word) -> Expression | None:
    if token.dep == "expl" or token.pos not in {"PRON", "DET"}:
        return None
    form = PRONOUN_FORMS.get(token.lower)
    # "US" and "It" in capitals: the country, the sector.
    if form is None or (token.text.isupper() and len(token.text) > 1):
        return None
    possessive = token.dep == "nmod:poss" or token.lower in words.POSSESSIVE - {"her"}
    return Expression(token.i, token.i, token.i + 1, form, possessive=possessive)


def _relative(doc: Words, token: Word) -> Expression | None:
    """A relative pronoun: by its clause, or right behind a comma, whatever the parser made of the clause."""
    if token.lower not in words.RELATIVE or token.pos not in {"PRON", "DET"}:
        return None
    behind_comma = token.i > 0 and doc[token.i - 1].text == "," and token.lower != "that"
    if relative_clause(token) is None and not behind_comma:
        return None
    return Expression(token.i, token.i, token.i + 1, Form.RELATIVE, possessive=token.lower == "whose")


def relative_clause(token: Word) -> Word | None:
    """The verb of the relative clause that the word opens, or None where it opens none."""
    for head in (token, *token.ancestors):
        if head.dep == "acl:relcl":
            return head
        if head.dep in {"ROOT", "ccomp", "advcl", "parataxis"}:
            return None
    return None


def _order(doc: Words, token: Word) -> Expression | None:
    """The expression of "the former" and "the latter" without a noun."""
    if token.lower == "both" and token.pos in {"PRON", "DET"} and token.dep not in {"det", "det:predet", "cc:preconj"}:
        return Expression(token.i, token.i, token.i + 1, Form.NOUNS, noun="both")
    if token.lower not in {"former", "latter"} or token.dep in {"amod", "compound"}:
        return None
    if token.i == 0 or doc[token.i - 1].lower != "the":
        return None
    return Expression(token.i, token.i - 1, token.i + 1, Form.ORDER)


def _definite(doc: Words, token: Word) -> Expression | None:
    if token.pos not in NOUNS or token.dep in {"compound", "flat"}:
        return None
    determiner = next(
        (child for child in token.lefts if child.dep in DETERMINERS and child.lower in words.DEFINITE), None
    )
    if determiner is None:
        return None
    start, end = determiner.i, phrase_end(doc, token)
    inner = tuple(word.lower for word in doc[start + 1 : token.i] if word.is_alpha)
    return Expression(
        token.i,
        start,
        end,
        Form.NOUNS if token.plural else Form.NOUN,
        noun=noun_of(doc, token),
        modifiers=inner,
        restricted=_is_restricted(doc, token),
        demonstrative=determiner.lower != "the",
    )


def _is_restricted(doc: Words, token: Word) -> bool:
    for child in token.rights:
        if child.dep == "nmod" and any(case.lower in {"of", "for", "behind", "between"} for case in child.lefts):
            return True
        if child.dep in {"acl:relcl", "acl"} and not doc[child.left_edge - 1].is_punct:
            return True
    return False


def phrase_end(doc: Words, token: Word) -> int:
    """Behind the noun, and behind the rest of a word that its hyphens tie to it."""
    end = token.i + 1
    while end + 1 < len(doc) and _ties(doc, end):
        end += 2
    return end


def noun_of(doc: Words, token: Word) -> str:
    """The noun in the singular, lower-case, with what hyphens join to it."""
    start, end = token.i, phrase_end(doc, token)
    while start > 1 and _ties(doc, start - 1):
        start -= 2
    text = doc.between(start, end).lower()
    if token.plural:
        return singular(text)
    # the lemma of a noun in the singular is the noun itself, but for a typing error put right
    return text.replace(token.lower, token.lemma) if end == token.i + 1 else text


def _ties(doc: Words, hyphen: int) -> bool:
    """Whether the token is a hyphen between two words, with no space around it."""
    return doc[hyphen].text in {"-", "‐"} and not doc[hyphen - 1].spaced and not doc[hyphen].spaced


def singular(noun: str) -> str:
    """The singular of a regular plural."""
    if noun.endswith("ies") and len(noun) > len("ties"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
