"""What an expression cannot refer to by the grammar of its own sentence (Chomsky's binding principles, in UD trees)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.coreference.expressions import Form

if TYPE_CHECKING:
    from kg.extract.coreference.expressions import Expression
    from kg.extract.coreference.words import Word

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
ARGUMENTS = SUBJECTS | {"obj", "iobj", "obl", "obl:agent", "obl:unmarked", "xcomp"}
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "csubj", "parataxis"})


def first_conjunct(token: Word) -> Word:
    """The first member of the coordination that the word belongs to."""
    while token.dep == "conj":
        token = token.head
    return token


def clause_of(token: Word) -> Word:
    """The predicate of the smallest clause around the word (not the word itself)."""
    head = token
    while head.dep not in CLAUSES and head.head != head:
        head = head.head
        if head.dep == "conj" and head.pos in {"VERB", "AUX"}:
            break
    return head


def role(token: Word) -> str:
    """The grammatical role: "subject", "object", "oblique", "possessor" or "other"; members of lists share theirs."""
    dep = first_conjunct(token).dep
    if dep in SUBJECTS:
        return "subject"
    if dep in {"obj", "iobj"}:
        return "object"
    if dep in {"obl", "obl:agent", "obl:unmarked"}:
        return "oblique"
    return "possessor" if dep == "nmod:poss" else "other"


def excluded(expression: Expression, anaphor: Word, mention: Word) -> bool:
    """Whether the expression, headed by `anaphor`, cannot mean what `mention`, in the same sentence, names."""
    inner, outer = first_conjunct(anaphor), first_conjunct(mention)
    if inner == outer:
        return True
    if expression.possessive:
        # "Its founder Lee": what is owned is not the owner.
        owned = anaphor.head
        inside = owned.is_ancestor(mention) and not _in_clause_below(owned, mention)
        return mention == owned or inside or _is_described(owned, mention)
    if anaphor.is_ancestor(mention) and not _in_clause_below(anaphor, mention):
        return True
    if inner.dep in ARGUMENTS and outer.dep in ARGUMENTS and inner.head == outer.head:
        return True
    # "Acme bought a stake in it": a subject rules its whole clause.
    same_clause = clause_of(anaphor) == clause_of(mention)
    return same_clause and outer.dep in SUBJECTS and expression.form is not Form.RELATIVE


def _is_described(noun: Word, mention: Word) -> bool:
    """Whether the noun is set beside the mention to describe it: "Amber, its wallet"."""
    first = first_conjunct(noun)
    if first.dep == "appos":
        return mention == first.head or mention.right_edge == first.left_edge - 2
    copula = any(child.dep == "cop" for child in first.children)
    return copula and mention.head == first and mention.dep in SUBJECTS


def _in_clause_below(top: Word, token: Word) -> bool:
    """Whether a clause boundary stands between a word and one above it."""
    while token != top:
        if token.dep in CLAUSES:
            return True
        token = token.head
    return False
