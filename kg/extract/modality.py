"""How far a text holds a predication true: asserted, planned, over, supposed or denied.

Grammar decides: auxiliaries and negation of the clause itself, then what the governing verb, noun or adjective does to
it ("plans to", "declined to", "rumours of"). The strongest departure from assertion wins (`Truth` is ordered).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.predication import Truth

if TYPE_CHECKING:
    from kg.extract.tree import Node, Tree

_NEGATION = frozenset("not n't never neither nor hardly barely".split())
_NEGATIVE_SUBJECT = frozenset("no none nobody neither nothing".split())
_PLAN = frozenset(
    "plan intend aim hope want wish seek prepare expect agree propose pledge vow promise commit undertake schedule "
    "slate set due be need decide choose target envisage envision project aspire look mean bind gear poise tip eye "
    "mull_to forecast plan_on intend_on".split()
)
# Of these, those that are plans with an infinitive only: "is to launch", but "is a member", "projects a profit".
_PLAN_WITH_CLAUSE = frozenset("be need set look mean project".split())
_PLAN_NOUN = frozenset(
    "plan intention aim goal proposal agreement deal decision pledge commitment promise target objective mandate "
    "mission ambition programme program scheme contract memorandum letter".split()
)
_REFUSE = frozenset(
    "decline refuse fail neglect forget avoid deny reject dispute refute rule_out oppose omit stop_short".split()
)
_OVER = frozenset("stop cease quit discontinue use end".split())
_SUPPOSE = frozenset(
    "consider weigh contemplate mull explore discuss debate study ponder wonder doubt speculate suspect believe think "
    "guess imagine assume suppose rumour rumor seem appear suggest threaten allege fear whisper tout urge ask invite "
    "ask_whether call_for recommend advise encourage_to request demand".split()
)
_SUPPOSE_PASSIVE = frozenset("say think believe report understand rumour rumor know_to".split())
_SUPPOSE_NOUN = frozenset(
    "rumour rumor speculation possibility prospect talk talks chatter suggestion idea report hypothesis question bid "
    "attempt effort option chance doubt".split()
)
_REFUSE_NOUN = frozenset("refusal failure denial rejection inability absence lack".split())
_UNDO = frozenset(
    "deny reject dismiss scrap abandon cancel withdraw shelve drop terminate block veto halt suspend revoke lose "
    "refute oppose rule_out call_off walk_away criticise criticize warn".split()
)
_LEAVE = frozenset(
    "leave retire resign quit step_down stand_down depart exit vacate succeed replace oust dismiss sack fire "
    "remove".split()
)
_HEDGE = frozenset("reportedly allegedly supposedly perhaps possibly maybe purportedly ostensibly rumouredly".split())
_FORMERLY = frozenset("formerly once previously".split())
_NOUN_FORMER = frozenset("former ex previous erstwhile late onetime then past".split())
_NOUN_PLANNED = frozenset("planned proposed upcoming future forthcoming prospective intended incoming next".split())
_NOUN_SUPPOSED = frozenset("possible potential alleged rumoured rumored would-be hypothetical likely supposed".split())
# Adverbs that make another verb of the one right before them, as particles do.
_PARTICLES = frozenset(("together", "aside"))
_MAYBE = frozenset("may might could should ought".split())
REPORTING = frozenset(
    "say tell announce add explain note state report confirm disclose reveal declare write promise stress".split()
)
"""Verbs of those who report what they stand for."""

_ADJECTIVE_PLAN = frozenset(
    "set due ready likely keen eager willing poised expected scheduled slated about determined".split()
)
_ADJECTIVE_SUPPOSE = frozenset("unlikely unable reluctant unwilling".split())
# A governor further up than this cannot be told from noise of the parser.
_MAX_DEPTH = 6


def verb_lemma(tree: Tree, node: Node) -> str:
    """The lemma of a verb with its particle: "set_up", "rule_out", "bring_together"."""
    particle = tree.child(node, "compound:prt")
    if particle is None:
        adverbs = tree.children(node, "advmod", "obl", "xcomp")
        particle = next((c for c in adverbs if c.lemma in _PARTICLES and c.index == node.index + 1), None)
    return f"{node.lemma}_{particle.lemma}" if particle else node.lemma


def clause_truth(tree: Tree, node: Node, depth: int = 0) -> Truth:
    """The truth of the clause whose predicate is `node` (a verb, or a noun or adjective with a copula)."""
    own = max(_own_truth(tree, node), _question(tree, node))
    if depth >= _MAX_DEPTH:
        return own
    return max(own, _governed_truth(tree, node, depth + 1))


def nominal_truth(tree: Tree, node: Node, support: Node | None) -> Truth:
    """The truth of a noun predicate; `support` is the verb through which it got its subject, if any."""
    truth = _noun_own_truth(tree, node)
    base = node if tree.child(node, "cop") else tree.first_conjunct(node)
    if base is not node:
        truth = max(truth, min(_noun_own_truth(tree, base), Truth.FORMER))
    if tree.child(base, "cop"):
        return max(truth, clause_truth(tree, base))
    if support is not None:
        truth = max(truth, clause_truth(tree, support), _support_effect(tree, support, base))
    head = tree.head(base)
    if head is not None and base.relation == "nmod":
        if head.lemma in _SUPPOSE_NOUN:
            truth = max(truth, Truth.SUPPOSED)
        elif head.lemma in _REFUSE_NOUN:
            truth = max(truth, Truth.DENIED)
        elif head.lemma in _PLAN_NOUN and tree.preposition(base) in ("for", "of"):
            truth = max(truth, Truth.PLANNED)
    return truth


def _support_effect(tree: Tree, support: Node, noun: Node) -> Truth:
    lemma = verb_lemma(tree, support)
    if lemma in _LEAVE and tree.preposition(noun) in ("as", "from", ""):
        return Truth.FORMER
    if lemma in _UNDO:
        return Truth.DENIED
    if lemma in _SUPPOSE:
        return Truth.SUPPOSED
    return Truth.PLANNED if lemma in _PLAN and lemma not in _PLAN_WITH_CLAUSE else Truth.ASSERTED


def _own_truth(tree: Tree, node: Node) -> Truth:
    truth = Truth.ASSERTED
    no_longer = False
    for child in tree.children(node):
        if child.relation == "advmod":
            if child.lemma in _NEGATION:
                truth = max(truth, Truth.DENIED)
            elif child.lemma in _HEDGE:
                truth = max(truth, Truth.SUPPOSED)
            elif child.lemma == "formerly":
                truth = max(truth, Truth.FORMER)
            elif child.lemma in ("longer", "long") and any(c.lemma == "no" for c in tree.children(child)):
                no_longer = True
        elif child.relation == "aux":
            truth = max(truth, _auxiliary(tree, node, child))
        elif child.relation == "mark":
            truth = max(truth, _marker_effect(node, child))
        elif child.relation in ("nsubj", "obj") and _negative(tree, child):
            truth = max(truth, Truth.DENIED)
    return Truth.FORMER if no_longer else truth


def _marker_effect(node: Node, marker: Node) -> Truth:
    if marker.lemma in ("if", "unless", "whether"):
        return Truth.SUPPOSED
    # a headline: "Acme to buy PayHub"
    return Truth.PLANNED if marker.lemma == "to" and node.head is None else Truth.ASSERTED


def _negative(tree: Tree, node: Node) -> bool:
    if node.lemma in _NEGATIVE_SUBJECT:
        return True
    return any(c.lemma in ("no", "neither") for c in tree.children(node, "det"))


def _auxiliary(tree: Tree, node: Node, aux: Node) -> Truth:
    if aux.lemma in ("will", "shall", "'ll"):
        return Truth.PLANNED
    if aux.lemma in _MAYBE:
        return Truth.SUPPOSED
    if aux.lemma in ("would", "'d") and aux.tag == "MD":
        head = tree.head(node)
        reported = node.relation in ("ccomp", "parataxis") and head is not None and head.lemma in REPORTING
        return Truth.PLANNED if reported else Truth.SUPPOSED
    return Truth.ASSERTED


def _question(tree: Tree, node: Node) -> Truth:
    last = tree.nodes[tree.sentences[node.sentence][1] - 1]
    # A quoted statement before a final question mark is rare; a question inside quotes asserts nothing either.
    return Truth.SUPPOSED if last.text == "?" else Truth.ASSERTED


def _governed_truth(tree: Tree, node: Node, depth: int) -> Truth:  # noqa: PLR0911 - one for each construction
    head = tree.head(node)
    if head is None:
        return Truth.ASSERTED
    relation = node.relation
    if relation == "conj":
        if tree.child(node, "aux", "nsubj"):
            return Truth.ASSERTED
        inherited = clause_truth(tree, head, depth)
        return inherited if inherited in (Truth.PLANNED, Truth.SUPPOSED, Truth.FORMER) else Truth.ASSERTED
    if relation == "xcomp":
        return max(clause_truth(tree, head, depth), _complement_effect(tree, head, node))
    if relation in ("ccomp", "parataxis"):
        return _reported_truth(tree, head, relation, depth)
    if relation == "advcl":
        above = clause_truth(tree, head, depth)
        dependent = tree.child(node, "nsubj") is None
        return above if dependent and above is not Truth.FORMER else Truth.ASSERTED
    if relation == "acl" and node.dep != "acl:relcl" and any(c.lemma == "to" for c in tree.children(node, "mark")):
        return _noun_complement(tree, head, depth)
    return Truth.ASSERTED


def _complement_effect(tree: Tree, head: Node, node: Node) -> Truth:  # noqa: PLR0911 - one for each construction
    lemma = verb_lemma(tree, head)
    if head.pos == "ADJ":
        if head.lemma in _ADJECTIVE_PLAN:
            return Truth.PLANNED
        return Truth.SUPPOSED if head.lemma in _ADJECTIVE_SUPPOSE else Truth.ASSERTED
    if lemma in _REFUSE:
        return Truth.DENIED
    if lemma == "have" and any(c.lemma == "yet" for c in tree.children(head, "advmod")):
        return Truth.DENIED
    infinitive = any(c.lemma == "to" for c in tree.children(node, "mark"))
    if lemma in _OVER:
        return Truth.FORMER if lemma != "use" or infinitive else Truth.ASSERTED
    if lemma == "go" and infinitive:
        return Truth.PLANNED
    passive = "Voice=Pass" in head.morph or tree.child(head, "aux:pass") is not None
    if lemma in _SUPPOSE or (passive and lemma in _SUPPOSE_PASSIVE):
        return Truth.SUPPOSED
    if lemma in _PLAN and (infinitive or lemma in ("propose", "plan_on")):
        return Truth.PLANNED
    return Truth.ASSERTED


def _reported_truth(tree: Tree, head: Node, relation: str, depth: int) -> Truth:
    lemma = verb_lemma(tree, head)
    if lemma in _REFUSE and relation == "ccomp":
        return Truth.DENIED
    if relation == "ccomp" and lemma in _SUPPOSE:
        return Truth.SUPPOSED
    if relation == "ccomp" and lemma in ("hope", "expect", "plan", "want", "wish"):
        return Truth.PLANNED
    above = _own_truth(tree, head) if head.pos in ("VERB", "AUX") else Truth.ASSERTED
    if relation == "ccomp" and depth < _MAX_DEPTH and above in (Truth.DENIED, Truth.SUPPOSED):
        return above
    return Truth.ASSERTED


def _noun_complement(tree: Tree, noun: Node, depth: int) -> Truth:
    if noun.lemma in _REFUSE_NOUN:
        return Truth.DENIED
    if noun.lemma in _SUPPOSE_NOUN:
        return Truth.SUPPOSED
    truth = Truth.PLANNED if noun.lemma in _PLAN_NOUN else Truth.ASSERTED
    head = tree.head(noun)
    if head is not None and noun.relation in ("obj", "nsubj") and head.pos == "VERB":
        truth = max(truth, clause_truth(tree, head, depth), _support_effect(tree, head, noun))
    return truth


def _noun_own_truth(tree: Tree, node: Node) -> Truth:
    truth = Truth.ASSERTED
    for child in tree.children(node, "amod", "det", "advmod", "compound", "nmod"):
        lemma = child.lemma
        if child.relation == "det" and lemma in ("no", "neither"):
            truth = max(truth, Truth.DENIED)
        elif (
            (child.relation == "amod" and lemma in _NOUN_FORMER)
            or (child.relation == "advmod" and lemma in _FORMERLY)
            or lemma == "ex"
        ):
            truth = max(truth, Truth.FORMER)
        elif child.relation == "amod" and (lemma in _NOUN_PLANNED or child.text.lower() in _NOUN_PLANNED):
            truth = max(truth, Truth.PLANNED)
        elif child.relation == "amod" and (lemma in _NOUN_SUPPOSED or child.text.lower() in _NOUN_SUPPOSED):
            truth = max(truth, Truth.SUPPOSED)
    if node.lemma.startswith("ex-"):
        truth = max(truth, Truth.FORMER)
    return truth
