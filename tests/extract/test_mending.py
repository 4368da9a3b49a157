"""Trees mended where words leave no doubt: enumerations, phrases behind prepositions, hyphens, lists of examples."""

from __future__ import annotations

from tests.extract.trees import said, tree_of

PASSIVE = "Tense=Past|VerbForm=Part|Voice=Pass"


def test_torn_enumeration_is_one_coordination() -> None:
    """The parser hung B on the verb and C on B; "A, B and C" are all subjects."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 7
        , , PUNCT punct 3
        Beta Beta PROPN obl 7
        and and CCONJ cc 5
        Gamma Gamma PROPN appos 3
        have have AUX aux 7
        joined join VERB root 0
        Delta Delta PROPN obj 7
        """
    )
    assert found["join"]["subj"] == ["Alpha", "Beta", "Gamma"]


def test_noun_behind_a_preposition_is_no_subject() -> None:
    """ "took part in Orca" with Orca as a second object."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 2
        took take VERB root 0
        part part NOUN obj 2
        in in ADP case 5
        Orca Orca PROPN obj 2
        """
    )
    assert "Orca" not in found["take"]["obj"]
    assert found["take"]["in"] == ["Orca"]


def test_agent_behind_by_is_an_agent_whatever_its_label() -> None:
    """ "was set up by Alpha" with Alpha as subject."""
    found = said(
        f"""
        Delta Delta PROPN nsubj:pass 3
        was be AUX aux:pass 3
        founded found VERB root 0 {PASSIVE}
        by by ADP case 5
        Alpha Alpha PROPN nsubj:pass 3
        """
    )
    assert found["found"]["subj"] == ["Alpha"]
    assert found["found"]["obj"] == ["Delta"]


def test_of_phrase_belongs_to_the_noun_before_it() -> None:
    """ "Jane, president of Alpha, said" with Alpha as subject of "said"."""
    found = said(
        """
        Jane Jane PROPN nsubj 7
        , , PUNCT punct 3
        president president NOUN appos 1
        of of ADP case 5
        Alpha Alpha PROPN nsubj 7
        , , PUNCT punct 3
        said say VERB root 0
        """
    )
    assert found["president"]["of"] == ["Alpha"]
    assert found["say"]["subj"] == ["Jane"]


def test_members_behind_including_hang_on_their_noun() -> None:
    """ "Seven firms, including Alpha, joined Delta": Alpha is a firm, not an adjunct of joining."""
    found = said(
        """
        Seven seven ADJ amod 2
        firms firm NOUN nsubj 6 Number=Plur
        , , PUNCT punct 2
        including include VERB case 5
        Alpha Alpha PROPN obl 6
        joined join VERB root 0
        Delta Delta PROPN obj 6
        """
    )
    assert found["firm"]["subj"] == ["Alpha"]
    assert "include" not in found["join"]


def test_set_off_phrase_is_said_of_the_name_before_it() -> None:
    """ "Alpha, a unit of Beta, grew" with "unit" as a second subject."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 8
        , , PUNCT punct 4
        a a DET det 4
        unit unit NOUN nsubj 8
        of of ADP case 6
        Beta Beta PROPN nmod 4
        , , PUNCT punct 4
        grew grow VERB root 0
        """
    )
    assert found["unit"]["subj"] == ["Alpha"]


def test_members_listed_by_include_are_what_the_noun_is_said_of() -> None:
    """ "Its members include Alpha and Beta"."""
    found = said(
        """
        Its its PRON nmod:poss 2
        members member NOUN nsubj 3 Number=Plur
        include include VERB root 0
        Alpha Alpha PROPN obj 3
        and and CCONJ cc 6
        Beta Beta PROPN conj 4
        """
    )
    assert found["member"]["subj"] == ["Alpha", "Beta"]


def test_helper_does_what_it_helps_to_do() -> None:
    """ "Alpha helps Beta adopt Orca": both adopt."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 2
        helps help VERB root 0
        Beta Beta PROPN obj 2
        adopt adopt VERB xcomp 2
        Orca Orca PROPN obj 4
        """
    )
    assert sorted(found["adopt"]["subj"]) == ["Alpha", "Beta"]


def test_bare_name_after_a_verb_is_its_object() -> None:
    """ "Alpha joined Delta" with Delta as an adjunct without a preposition."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 2
        joined join VERB root 0
        Delta Delta PROPN obl:unmarked 2
        """
    )
    assert found["join"]["obj"] == ["Delta"]


def test_mending_never_makes_a_circle() -> None:
    """The noun before "including" may hang on the member behind it; then the tree is left as it is."""
    tree = tree_of(
        """
        firms firm NOUN nmod 3 Number=Plur
        including include VERB case 3
        Alpha Alpha PROPN nsubj 4
        joined join VERB root 0
        Delta Delta PROPN obj 4
        """
    )
    for node in tree.nodes:
        above, steps = node, 0
        while above.head is not None and steps <= len(tree.nodes):
            above, steps = tree.nodes[above.head], steps + 1
        assert steps <= len(tree.nodes)


def test_name_right_of_a_verb_without_object_is_its_object() -> None:
    """ "The alliance involves Alpha" with Alpha as a second subject."""
    found = said(
        """
        Delta Delta PROPN nsubj 2
        involves involve VERB root 0
        Alpha Alpha PROPN nsubj 2
        """
    )
    assert found["involve"]["subj"] == ["Delta"]
    assert found["involve"]["obj"] == ["Alpha"]


def test_relative_clause_belongs_to_what_stands_before_its_pronoun() -> None:
    """ "Alpha, which joined Delta, grew" with the clause hung on Delta."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 7
        , , PUNCT punct 4
        which which PRON nsubj 4 PronType=Rel
        joined join VERB acl:relcl 5
        Delta Delta PROPN nsubj 7
        , , PUNCT punct 5
        grew grow VERB root 0
        """
    )
    assert found["join"]["subj"] == ["Alpha"]
    assert found["join"]["obj"] == ["Delta"]


def test_title_and_name_with_one_label_are_one_phrase() -> None:
    """ "mayor Jane agreed" with two subjects."""
    found = said(
        """
        Lisbon Lisbon PROPN compound 2
        mayor mayor NOUN nsubj 4
        Jane Jane PROPN nsubj 4
        agreed agree VERB root 0
        """
    )
    assert found["mayor"]["subj"] == ["Jane"]
    assert found["mayor"]["comp"] == ["Lisbon"]


def test_genitive_makes_a_possessor() -> None:
    """ "Orbit's manager" with Orbit as subject of "manager"."""
    found = said(
        """
        Jane Jane PROPN nsubj 6
        , , PUNCT punct 5
        Orbit Orbit PROPN nsubj 5
        's 's PART case 3
        manager manager NOUN appos 1
        agreed agree VERB root 0
        """
    )
    assert found["manager"]["poss"] == ["Orbit"]


def test_phrase_behind_the_verb_is_none_of_its_subject() -> None:
    """ "The fund granted money to Alpha" with Alpha hung on the fund."""
    found = said(
        """
        fund fund NOUN nsubj 2
        granted grant VERB root 0
        money money NOUN obj 2
        to to ADP case 5
        Alpha Alpha PROPN nmod 1
        """
    )
    assert found["grant"]["to"] == ["Alpha"]


def test_items_with_places_of_their_own_are_one_enumeration() -> None:
    """ "Alpha of Lisbon, Beta of Porto and Gamma of Faro joined": no place is coordinated with a company."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 12
        of of ADP case 3
        Lisbon Lisbon PROPN nmod 1
        , , PUNCT punct 5
        Beta Beta PROPN conj 3
        of of ADP case 7
        Porto Porto PROPN nmod 5
        and and CCONJ cc 9
        Gamma Gamma PROPN conj 7
        of of ADP case 11
        Faro Faro PROPN nmod 9
        joined join VERB root 0
        """
    )
    assert found["join"]["subj"] == ["Alpha", "Beta", "Gamma"]


def test_round_led_by_an_investor() -> None:
    """Who did what a noun names stands with the noun: "a round led by Alpha"."""
    found = said(
        f"""
        Veridia Veridia PROPN nsubj 2
        closed close VERB root 0
        a a DET det 4
        round round NOUN obj 2
        led lead VERB acl 4 {PASSIVE}
        by by ADP case 7
        Alpha Alpha PROPN obl:agent 5
        """
    )
    assert found["round"]["subj"] == ["Veridia"]
    assert found["round"]["lead_by"] == ["Alpha"]


def test_name_behind_the_verb_of_a_relative_clause_is_its_object() -> None:
    """ "a network of lenders that include Alpha, Beta", with Alpha hung on "network", before the verb."""
    found = said(
        """
        It it PRON nsubj 2
        links link VERB root 0
        a a DET det 4
        network network NOUN obj 2
        of of ADP case 6
        lenders lender NOUN nmod 4 Number=Plur
        that that PRON nsubj 8
        include include VERB acl:relcl 6
        Alpha Alpha PROPN nmod 4
        , , PUNCT punct 11
        Beta Beta PROPN conj 9
        """
    )
    assert found["include"]["obj"] == ["Alpha", "Beta"]


def test_noun_right_behind_a_verb_is_its_object() -> None:
    """Without a preposition it cannot be oblique; a measure of time is labelled otherwise and stays."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 2
        released release VERB root 0
        a a DET det 5
        tracing trace NOUN compound 5
        platform platform NOUN obl 2
        """
    )
    assert found["release"]["obj"] == ["platform"]
    found = said(
        """
        Alpha Alpha PROPN nsubj 2
        rested rest VERB root 0
        last last ADJ amod 4
        year year NOUN obl:unmarked 2
        """
    )
    assert "obj" not in found["rest"]


def test_name_is_no_clause() -> None:
    """ "Alpha, Beta and Gamma joined", where the first was linked as a clausal subject."""
    found = said(
        """
        Alpha Alpha PROPN csubj:pass 6
        , , PUNCT punct 3
        Beta Beta PROPN nsubj 6
        and and CCONJ cc 5
        Gamma Gamma PROPN conj 3
        joined join VERB root 0
        Delta Delta PROPN obj 6
        """
    )
    assert sorted(found["join"]["subj"]) == ["Alpha", "Beta", "Gamma"]


def test_who_is_elected_is_the_object() -> None:
    """ "Alpha has elected Roe president", where Roe was linked to the post as an apposition before it."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 3
        has have AUX aux 3
        elected elect VERB root 0 Tense=Past|VerbForm=Part
        Roe Roe PROPN appos 5
        president president NOUN xcomp 3
        """
    )
    assert found["elect"]["obj"] == ["Roe"]
