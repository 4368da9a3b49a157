"""Clauses to predications: one normal form for voice, control, participles, relative clauses and coordination.

After Universal Dependencies v2 (https://universaldependencies.org/u/dep/): `nsubj:pass` and passive participles give
the object, `obl:agent` the subject; open clauses (`xcomp`, `advcl`, `acl`, `conj`) find their subject above them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.modality import clause_truth, verb_lemma
from kg.extract.predication import COMPLEMENT, DATE, INDIRECT, MANNER, NUMBER, OBJECT, SUBJECT, Argument, Predication

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.tree import Node, Tree

Found = tuple["Node", tuple[str, ...]]
"""An argument's node with the grammar steps that led to it."""

# Verbs whose own subject, not their object, is the understood subject of the infinitive below them.
_SUBJECT_CONTROL = frozenset("promise vow pledge threaten use need".split())
# Who helps to do something does it too.
_SHARED_CONTROL = frozenset(("help", "assist"))
# Adverbs that make one act of what several do.
_TOGETHER = frozenset(("jointly", "together"))
_RELATIVE = frozenset("who whom which that whose where".split())
# Chains of open clauses longer than this are parser noise.
_MAX_CLIMB = 6


def is_passive(tree: Tree, verb: Node) -> bool:
    """Whether the verb is passive, be it finite or a participle."""
    if tree.child(verb, "aux:pass", "nsubj:pass"):
        return True
    if "Voice=Pass" in verb.morph:
        return True
    return verb.tag == "VBN" and verb.relation in ("acl", "amod") and tree.child(verb, "aux") is None


def relative_host(tree: Tree, node: Node) -> Node | None:
    """The noun that a relative pronoun stands for, or None if `node` is no relative pronoun."""
    if node.lemma not in _RELATIVE and "PronType=Rel" not in node.morph:
        return None
    current, steps = node, 0
    while steps < _MAX_CLIMB:
        if current.dep == "acl:relcl":
            host = tree.head(current)
            if host is not None and host.index < node.index:
                return _agreeing(tree, node, host)
            return host if host is None else _noun_before(tree, node)
        parent = tree.head(current)
        if parent is None:
            break
        current, steps = parent, steps + 1
    return _noun_before(tree, node)


def _agreeing(tree: Tree, pronoun: Node, host: Node) -> Node:
    """The host, unless it is plural, its clause singular, and a singular noun stands right before the pronoun."""
    before, verb = _noun_before(tree, pronoun), tree.head(pronoun)
    if before is None or before is host or verb is None:
        return host
    if _is_of(tree, before, host) and tree.child(host, "cop"):
        # "X is part of Y, which ...": what X is has been said, the clause goes on about Y
        return before
    if "Number=Plur" not in host.morph:
        return host
    words = [verb, *tree.children(verb, "aux", "cop")]
    singular = any(w.tag == "VBZ" or w.text in ("was", "is", "has") for w in words)
    return before if singular and "Number=Plur" not in before.morph else host


def _is_of(tree: Tree, name: Node, noun: Node) -> bool:
    """Whether the name is what the common noun is of: "part of Y"."""
    return name.is_name and noun.kind == "word" and name.head == noun.index and tree.preposition(name) == "of"


def _noun_before(tree: Tree, pronoun: Node) -> Node | None:
    """The noun or name right before ", which": the antecedent where the parser attached the clause elsewhere."""
    if pronoun.lemma not in ("which", "who") or "PronType=Int" in pronoun.morph:
        return None
    index = pronoun.index - 1
    while index >= 0 and tree.nodes[index].pos in ("PUNCT", "ADP"):
        index -= 1
    before = tree.nodes[index] if index >= 0 else None
    marked = pronoun.index > 1 and tree.nodes[pronoun.index - 1].pos == "ADP"
    comma = tree.nodes[pronoun.index - 1 - marked].text == "," if pronoun.index else False
    if before is None or not comma or before.sentence != pronoun.sentence:
        return None
    return before if before.is_name or before.pos in ("NOUN", "PROPN") else None


def resolved(tree: Tree, node: Node, *via: str) -> list[Found]:
    """`node` and what is coordinated with it, relative pronouns replaced by their antecedents."""
    host = relative_host(tree, node)
    if host is not None:
        hosts = _plural_hosts(tree, node, host)
        return [(h, (*via, "relative clause")) for h in hosts]
    return [(n, via if n is node else (*via, "coordination")) for n in tree.conjuncts(node)]


def _plural_hosts(tree: Tree, pronoun: Node, host: Node) -> list[Node]:
    """All of a coordination when the relative clause is plural and its host alone is not."""
    verb = tree.head(pronoun)
    first = tree.first_conjunct(host)
    group = tree.conjuncts(first)
    auxiliaries = [verb, *tree.children(verb, "aux", "cop")] if verb else []
    plural = any("Number=Plur" in word.morph or word.text in ("are", "were", "have") for word in auxiliaries)
    if len(group) > 1 and plural and "Number=Plur" not in host.morph:
        return group
    return [host]


def surface_subjects(tree: Tree, verb: Node, depth: int = 0) -> list[Found]:  # noqa: PLR0911 - one for each construction
    """The grammatical subjects of a clause, looked up above it where the clause is open."""
    own = tree.child(verb, "nsubj", "nsubj:pass")
    if own is not None and own.dep != "nsubj:outer":
        return resolved(tree, own)
    if depth >= _MAX_CLIMB:
        return []
    head = tree.head(verb)
    if head is None:
        return []
    if verb.relation == "conj":
        return _shared_subjects(tree, verb, head, depth)
    if verb.relation == "xcomp":
        return by_step(_controller(tree, head, depth + 1), "control")
    if verb.dep == "acl:relcl":
        return [(head, ("relative clause",))]
    if verb.relation == "advcl":
        return _adverbial_subjects(tree, verb, head, depth)
    if verb.relation == "acl":
        return _acl_subject(tree, verb, head, depth)
    if verb.relation == "amod":
        return [(_bearer(tree, head), ("participle",))]
    return []


def _shared_subjects(tree: Tree, verb: Node, head: Node, depth: int) -> list[Found]:
    if _is_participle(tree, verb) and head.pos in ("NOUN", "PROPN") and not tree.child(head, "cop"):
        # "a tool conceived in Y and built by X": the parser links the participle to the noun
        return by_step(resolved(tree, head)[:1], "participle")
    return by_step(surface_subjects(tree, head, depth + 1), "shared subject")


def _adverbial_subjects(tree: Tree, verb: Node, head: Node, depth: int) -> list[Found]:
    near = _name_before_participle(tree, verb)
    if near is not None:
        return [(near, ("participle",))]
    return [] if tree.child(verb, "expl") else by_step(surface_subjects(tree, head, depth + 1), "open clause")


def _is_participle(tree: Tree, verb: Node) -> bool:
    return verb.tag == "VBN" and not tree.child(verb, "aux", "aux:pass", "mark", "nsubj", "nsubj:pass")


def _name_before_participle(tree: Tree, verb: Node) -> Node | None:
    """The name of "lines of X, founded by Y, ...": a passive participle right behind a name and a comma is about it."""
    if not _is_participle(tree, verb) or tree.child(verb, "case"):
        return None
    left = min(n.index for n in tree.subtree(verb) if n.pos != "PUNCT")
    if left < 2 or tree.nodes[left - 1].text != ",":  # noqa: PLR2004  a name and a comma must stand before
        return None
    before = tree.nodes[left - 2]
    return before if before.is_name and before.sentence == verb.sentence else None


def _bearer(tree: Tree, noun: Node) -> Node:
    """The name that a noun is the title of ("Lisbon-based lender X"), the noun itself if none."""
    name = tree.head(noun)
    titled = name is not None and name.is_name and noun.dep in ("compound", "nmod:desc") and noun.index < name.index
    return name if titled and name is not None and not noun.is_name else noun


def _acl_subject(tree: Tree, verb: Node, host: Node, depth: int) -> list[Found]:
    infinitive = any(c.lemma == "to" for c in tree.children(verb, "mark"))
    if not infinitive:
        return by_step(resolved(tree, host)[:1], "participle")
    possessor = tree.child(host, "nmod:poss")
    if possessor is not None:
        return resolved(tree, possessor, "possessor")
    above = tree.head(host)
    if above is not None and above.pos == "VERB" and host.relation in ("obj", "obl", "xcomp"):
        return by_step(surface_subjects(tree, above, depth + 1), "open clause")
    return []


def _controller(tree: Tree, governor: Node, depth: int) -> list[Found]:
    objects = tree.child(governor, "obj", "iobj")
    if objects is not None and governor.lemma not in _SUBJECT_CONTROL:
        helper = surface_subjects(tree, governor, depth) if governor.lemma in _SHARED_CONTROL else []
        return [*resolved(tree, objects), *helper]
    return surface_subjects(tree, governor, depth)


def by_step(found: Iterable[Found], step: str) -> list[Found]:
    """The same nodes, found by one more step."""
    return [(node, (*via, step)) for node, via in found]


def agents(tree: Tree, verb: Node) -> list[Found]:
    """Who did it, in a passive clause; conjoined passives share their agent ("launched and operated by X")."""
    own = _own_agents(tree, verb)
    if own:
        return own
    head = tree.head(verb)
    if verb.relation == "conj" and head is not None and is_passive(tree, head):
        own = by_step(_own_agents(tree, head), "shared agent")
    for later in tree.children(verb, "conj") if not own else ():
        if later.pos == "VERB" and is_passive(tree, later) and not tree.child(later, "nsubj", "nsubj:pass", "aux:pass"):
            own = own or by_step(_own_agents(tree, later), "shared agent")
    return own


def _own_agents(tree: Tree, verb: Node) -> list[Found]:
    found: list[Found] = []
    for child in tree.children(verb, "obl"):
        by = tree.preposition(child) == "by" and child.kind not in ("date", "money", "count")
        if child.dep == "obl:agent" or by:
            found += resolved(tree, child, "passive")
    return found


def logical_subjects(tree: Tree, verb: Node) -> list[Found]:
    """Who does what the verb says, whatever its voice."""
    if is_passive(tree, verb):
        return agents(tree, verb)
    return surface_subjects(tree, verb)


def logical_objects(tree: Tree, verb: Node) -> list[Found]:
    """What the verb is done to, whatever its voice."""
    found: list[Found] = []
    if is_passive(tree, verb):
        found += by_step(surface_subjects(tree, verb), "passive")
    for child in tree.children(verb, "obj"):
        found += resolved(tree, child)
    if not found:
        found += _gap_object(tree, verb)
    if not found and not is_passive(tree, verb):
        found += _shared_object(tree, verb)
    return found


def _gap_object(tree: Tree, verb: Node) -> list[Found]:
    """The antecedent of a relative clause without a pronoun: "the platform X built"."""
    head = tree.head(verb)
    if verb.dep != "acl:relcl" or head is None or not tree.child(verb, "nsubj"):
        return []
    if any(
        relative_host(tree, n)
        for n in tree.subtree(verb)
        if n.sentence == verb.sentence and n.index != verb.index and n.pos == "PRON"
    ):
        return []
    return [(head, ("relative clause",))]


def _shared_object(tree: Tree, verb: Node) -> list[Found]:
    """The object of a later conjunct: "built and operates the platform"."""
    for later in tree.children(verb, "conj"):
        if later.pos == "VERB" and not tree.child(later, "nsubj", "nsubj:pass"):
            return [(n, ("shared object",)) for c in tree.children(later, "obj") for n in tree.conjuncts(c)]
    return []


def obliques(tree: Tree, verb: Node) -> Iterator[tuple[str, Found]]:
    """The obliques of a clause by preposition ("" where there is none); dates have the role `date`."""
    for child in tree.children(verb, "obl"):
        if child.dep == "obl:agent":
            continue
        role = tree.preposition(child)
        for node, via in resolved(tree, child):
            # an antecedent's preposition is another clause's: "by X, in which Y holds a stake"
            own = tree.preposition(node) if node is not child and "relative clause" not in via else ""
            yield (DATE if node.kind == "date" else own or role), (node, via)
    for child in tree.children(verb, "advmod"):
        if child.kind == "date":
            yield DATE, (child, ())
        elif child.lemma == "where" and (host := relative_host(tree, child)) is not None:
            yield "in", (host, ("relative clause",))


def _inherited_obliques(tree: Tree, verb: Node) -> Iterator[tuple[str, Found]]:
    """The object's prepositional phrases, which the parser attaches to either: "opened an office in Y"."""
    for child in tree.children(verb, "obj", "nsubj:pass"):
        for modifier in tree.children(child, "nmod"):
            if modifier.dep not in ("nmod:poss", "nmod:desc"):
                role = DATE if modifier.kind == "date" else tree.preposition(modifier)
                if role:
                    for node, via in resolved(tree, modifier):
                        yield role, (node, (*via, "object's phrase"))


def _shared_dates(tree: Tree, verb: Node) -> Iterator[tuple[str, Found]]:
    """The dates below another oblique: "at a forum in Berlin on 3 May"."""
    for child in tree.children(verb, "obl"):
        for modifier in tree.children(child, "nmod"):
            if modifier.kind == "date":
                yield DATE, (modifier, ("attachment",))


def _ends(tree: Tree, verb: Node) -> Iterator[Argument]:
    """Subjects and objects, and how many they are: "54 companies joined X"."""
    for role, found in ((SUBJECT, logical_subjects(tree, verb)), (OBJECT, logical_objects(tree, verb))):
        for node, via in found:
            yield Argument(role, node.index, via)
            for number in tree.children(node, "nummod"):
                if number.kind == "count":
                    yield Argument(f"{role}#{NUMBER}", number.index, via)


def verb_predication(tree: Tree, verb: Node) -> Predication | None:  # noqa: C901 - one branch for each construction
    """The predication of one verb, or None if it has no argument."""
    arguments: list[Argument] = []

    def add(role: str, found: list[Found]) -> None:
        arguments.extend(Argument(role, node.index, via) for node, via in found)

    arguments += _ends(tree, verb)
    for child in tree.children(verb, "iobj"):
        add(INDIRECT, resolved(tree, child))
    for child in tree.children(verb, "xcomp"):
        if child.pos not in ("VERB", "AUX"):
            add(tree.preposition(child) or COMPLEMENT, resolved(tree, child))
    if verb.relation == "amod":
        for child in tree.children(verb, "compound", "obl", "nmod", "obj"):
            if child.kind != "date":
                add("comp", resolved(tree, child))
    arguments += [Argument(MANNER, c.index) for c in tree.children(verb, "advmod") if c.lemma in _TOGETHER]
    taken = set()
    for role, found in obliques(tree, verb):
        if role:
            taken.add(role)
            add(role, [found])
    for role, found in [*_inherited_obliques(tree, verb), *_shared_dates(tree, verb)]:
        if role not in taken:
            add(role, [found])
    if verb.relation == "conj":
        _share_dates_of_first(tree, verb, taken, arguments)
    unique = tuple(dict.fromkeys(a for a in arguments if a.node != verb.index))
    if not unique:
        return None
    return Predication(verb.index, verb_lemma(tree, verb), "verb", unique, clause_truth(tree, verb))


def _share_dates_of_first(tree: Tree, verb: Node, taken: set[str], arguments: list[Argument]) -> None:
    head = tree.head(verb)
    if head is None or DATE in taken or head.pos != "VERB":
        return
    for role, (node, via) in obliques(tree, head):
        if role == DATE and node.index < verb.index:
            arguments.append(Argument(DATE, node.index, (*via, "shared date")))
