"""Names and prepositions that a parser links to another name far away: what stands beside them decides."""

from __future__ import annotations

from tests.extract.trees import said

PASSIVE = "Tense=Past|VerbForm=Part|Voice=Pass"


def test_preposition_belongs_to_the_name_right_behind_it() -> None:
    """ "heads the institute of Alpha, joined from Beta" with "of" given to Beta and Alpha made part of it."""
    found = said(
        """
        Roe Roe PROPN nsubj 8
        who who PRON nsubj 3
        heads head VERB acl:relcl 1
        institute institute NOUN obj 3
        of of ADP case 10
        Alpha Alpha PROPN flat 10
        , , PUNCT punct 3
        came come VERB root 0
        from from ADP case 10
        Beta Beta PROPN obl 8
        """
    )
    assert found["institute"]["of"] == ["Alpha"]
    assert found["come"]["from"] == ["Beta"]


def test_name_with_its_preposition_follows_the_verb_before_it() -> None:
    """ "Alpha, owned by Beta, teamed up with Gamma" with Gamma hung on "owned"."""
    found = said(
        f"""
        Alpha Alpha PROPN nsubj 7
        , , PUNCT punct 3
        owned own VERB acl 1 {PASSIVE}
        by by ADP case 5
        Beta Beta PROPN obl:agent 3
        , , PUNCT punct 3
        teamed team VERB root 0
        up up ADP compound:prt 7
        with with ADP case 10
        Gamma Gamma PROPN obl:agent 3
        """
    )
    assert found["team_up"]["with"] == ["Gamma"]
    assert found["own"]["subj"] == ["Beta"]


def test_name_in_front_of_a_verb_without_subject_is_its_subject() -> None:
    """ "Alpha signed an agreement with Beta" with Alpha made part of Beta."""
    found = said(
        """
        Alpha Alpha PROPN compound 5
        signed sign VERB root 0
        agreement agreement NOUN obj 2
        with with ADP case 5
        Beta Beta PROPN obl 2
        """
    )
    assert found["sign"]["subj"] == ["Alpha"]


def test_name_behind_a_verb_without_object_is_its_object() -> None:
    """ "Alpha, backed by Beta, bought Gamma" with Gamma made part of Beta."""
    found = said(
        f"""
        Alpha Alpha PROPN nsubj 7
        , , PUNCT punct 3
        backed back VERB acl 1 {PASSIVE}
        by by ADP case 5
        Beta Beta PROPN obl:agent 3
        , , PUNCT punct 3
        bought buy VERB root 0
        Gamma Gamma PROPN compound 5
        """
    )
    assert found["buy"]["obj"] == ["Gamma"]


def test_object_in_front_of_its_verb_is_the_subject() -> None:
    """English has no object before the verb: "Alpha bought Beta" with two objects."""
    found = said(
        """
        Alpha Alpha PROPN obj 2
        bought buy VERB root 0
        Beta Beta PROPN obj 2
        """
    )
    assert found["buy"]["subj"] == ["Alpha"]
    assert found["buy"]["obj"] == ["Beta"]


def test_two_subjects_with_and_between_them_are_one_coordination() -> None:
    """ "Alpha, a company, and Beta won a licence" with two subjects."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 8
        , , PUNCT punct 4
        a a DET det 4
        company company NOUN appos 1
        , , PUNCT punct 4
        and and CCONJ cc 8
        Beta Beta PROPN nsubj 8
        won win VERB root 0
        licence licence NOUN obj 8
        """
    )
    assert found["win"]["subj"] == ["Alpha", "Beta"]


def test_bare_posts_behind_a_name_are_said_of_it() -> None:
    """ "Roe, president and founder of Alpha, spoke" read as a list of three."""
    found = said(
        """
        Roe Roe PROPN nsubj 9
        , , PUNCT punct 3
        president president NOUN conj 1
        and and CCONJ cc 5
        founder founder NOUN conj 1
        of of ADP case 7
        Alpha Alpha PROPN nmod 5
        , , PUNCT punct 1
        spoke speak VERB root 0
        """
    )
    assert found["founder"]["subj"] == ["Roe"]
    assert found["president"]["subj"] == ["Roe"]
    assert found["speak"]["subj"] == ["Roe"]


def test_plural_nouns_behind_a_name_stay_a_list() -> None:
    """ "Alpha, banks and insurers agreed": banks are others."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 6
        , , PUNCT punct 3
        banks bank NOUN conj 1 Number=Plur
        and and CCONJ cc 5
        insurers insurer NOUN conj 1 Number=Plur
        agreed agree VERB root 0
        """
    )
    assert found["agree"]["subj"] == ["Alpha", "banks", "insurers"]


def test_noun_and_name_behind_one_preposition_are_one_phrase() -> None:
    """ "developed by Lisbon lender Alpha" with lender and Alpha as two agents."""
    found = said(
        f"""
        Orca Orca PROPN root 0
        developed develop VERB acl 1 {PASSIVE}
        by by ADP case 5
        Lisbon Lisbon PROPN compound 5
        lender lender NOUN obl:agent 2
        Alpha Alpha PROPN obl:agent 2
        """
    )
    assert found["develop"]["subj"] == ["Alpha"]
    assert found["lender"]["subj"] == ["Alpha"]
    assert found["lender"]["comp"] == ["Lisbon"]


def test_preposition_of_a_relative_pronoun_is_its_own() -> None:
    """ "by Alpha, in which Beta holds a stake": a stake in Alpha, not by it."""
    found = said(
        f"""
        built build VERB root 0 {PASSIVE}
        by by ADP case 3
        Alpha Alpha PROPN obl:agent 1
        , , PUNCT punct 8
        in in ADP case 6
        which which PRON obl 8
        Beta Beta PROPN nsubj 8
        holds hold VERB advcl 1
        stake stake NOUN obj 8
        """
    )
    assert found["hold"]["in"] == ["Alpha"]


def test_noun_with_a_copula_takes_the_subject_of_the_verb_before_it() -> None:
    """ "Alpha works and is a member of Beta"."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 2
        works work VERB root 0
        and and CCONJ cc 5
        is be AUX cop 5
        member member NOUN conj 2
        of of ADP case 7
        Beta Beta PROPN nmod 5
        """
    )
    assert found["member"]["subj"] == ["Alpha"]
    assert found["member"]["of"] == ["Beta"]


def test_relative_clause_in_the_singular_is_of_the_name_before_it() -> None:
    """ "members of Alpha, which was founded": not the members were."""
    found = said(
        f"""
        members member NOUN root 0 Number=Plur
        of of ADP case 3
        Alpha Alpha PROPN nmod 1
        , , PUNCT punct 7
        which which PRON nsubj:pass 7
        was be AUX aux:pass 7
        founded found VERB acl:relcl 1 {PASSIVE}
        """
    )
    assert found["found"]["obj"] == ["Alpha"]
