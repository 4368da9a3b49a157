"""Expressions that may refer back: pronouns and definite noun phrases, with what they agree in."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.lexicon import reference as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token


class Form(enum.StrEnum):
    """The form of a referring expression."""

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


PRONOUN_FORMS = (
    (Form.IT, words.THIRD_NEUTER),
    (Form.HE, words.THIRD_MALE),
    (Form.SHE, words.THIRD_FEMALE),
    (Form.THEY, words.THIRD_PLURAL),
    (Form.FIRST, words.FIRST_SINGULAR | words.FIRST_PLURAL),
)
DETERMINERS = frozenset({"det", "det:predet"})


def expressions(doc: Doc, named: frozenset[int]) -> Iterator[Expression]:
    """All expressions that may refer back, in order of their heads; `named` are the tokens of names."""
    for token in doc:
        if token.i in named:
            continue
        found = _pronoun(token) or _relative(token) or _order(token) or _definite(token)
        if found is not None:
            yield found


def _pronoun(token: Token) -> Expression | None:
    if token.dep_ == "expl" or token.pos_ not in {"PRON", "DET"}:
        return None
    form = next((form for form, members in PRONOUN_FORMS if token.lower_ in members), None)
    # "US" and "It" in capitals: the country, the sector.
    if form is None or (token.is_upper and len(token) > 1):
        return None
    possessive = token.dep_ == "nmod:poss" or token.lower_ in words.POSSESSIVE - {"her"}
    return Expression(token.i, token.i, token.i + 1, form, possessive=possessive)


def _relative(token: Token) -> Expression | None:
    """A relative pronoun: by its clause, or right behind a comma, whatever the parser made of the clause."""
    if token.lower_ not in words.RELATIVE or token.pos_ not in {"PRON", "DET"}:
        return None
    behind_comma = token.i > 0 and token.nbor(-1).text == "," and token.lower_ != "that"
    if relative_clause(token) is None and not behind_comma:
        return None
    return Expression(token.i, token.i, token.i + 1, Form.RELATIVE, possessive=token.lower_ == "whose")


def relative_clause(token: Token) -> Token | None:
    """The verb of the relative clause that the word opens, or None where it opens none."""
    for head in (token, *token.ancestors):
        if head.dep_ == "acl:relcl":
            return head
        if head.dep_ in {"ROOT", "ccomp", "advcl", "parataxis"}:
            return None
    return None


def _order(token: Token) -> Expression | None:
    """The expression of "the former" and "the latter" without a noun."""
    if (
        token.lower_ == "both"
        and token.pos_ in {"PRON", "DET"}
        and token.dep_ not in {"det", "det:predet", "cc:preconj"}
    ):
        return Expression(token.i, token.i, token.i + 1, Form.NOUNS, noun="both")
    if token.lower_ not in {"former", "latter"} or token.dep_ in {"amod", "compound"}:
        return None
    if token.i == 0 or token.nbor(-1).lower_ != "the":
        return None
    return Expression(token.i, token.i - 1, token.i + 1, Form.ORDER)


def _definite(token: Token) -> Expression | None:
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "flat"}:
        return None
    determiner = next(
        (child for child in token.lefts if child.dep_ in DETERMINERS and child.lower_ in words.DEFINITE), None
    )
    if determiner is None:
        return None
    start, end = determiner.i, phrase_end(token)
    plural = is_plural(token)
    inner = tuple(word.lower_ for word in token.doc[start + 1 : token.i] if word.is_alpha)
    return Expression(
        token.i,
        start,
        end,
        Form.NOUNS if plural else Form.NOUN,
        noun=noun_of(token),
        modifiers=inner,
        restricted=_is_restricted(token),
        demonstrative=determiner.lower_ != "the",
    )


def _is_restricted(token: Token) -> bool:
    for child in token.rights:
        if child.dep_ == "nmod" and any(case.lower_ in {"of", "for", "behind", "between"} for case in child.lefts):
            return True
        if child.dep_ in {"acl:relcl", "acl"} and not token.doc[child.left_edge.i - 1].is_punct:
            return True
    return False


def is_plural(token: Token) -> bool:
    """Whether a noun stands in the plural."""
    number = token.morph.get("Number", [])
    return "Plur" in number if number else token.tag_ in {"NNS", "NNPS"}


def phrase_end(token: Token) -> int:
    """Behind the noun, and behind the rest of a word that its hyphens tie to it."""
    doc, end = token.doc, token.i + 1
    while end + 1 < len(doc) and _ties(doc, end):
        end += 2
    return end


def noun_of(token: Token) -> str:
    """The noun in the singular, lower-case, with what hyphens join to it."""
    doc, start, end = token.doc, token.i, phrase_end(token)
    while start > 1 and _ties(doc, start - 1):
        start -= 2
    text = doc[start:end].text.lower()
    if is_plural(token):
        return singular(text)
    # the lemma of a noun in the singular is the noun itself, but for a typing error put right
    return text.replace(token.lower_, token.lemma_.lower()) if end == token.i + 1 else text


def _ties(doc: Doc, hyphen: int) -> bool:
    """Whether the token is a hyphen between two words, with no space around it."""
    return doc[hyphen].text in {"-", "‐"} and not doc[hyphen - 1].whitespace_ and not doc[hyphen].whitespace_


def singular(noun: str) -> str:
    """The singular of a regular plural."""
    if noun.endswith("ies") and len(noun) > len("ties"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
