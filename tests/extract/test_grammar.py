"""The normal form, one phenomenon a test, on trees built by hand."""

from __future__ import annotations

from tests.extract.trees import said

PASSIVE = "Tense=Past|VerbForm=Part|Voice=Pass"
ACTIVE_PARTICIPLE = "VerbForm=Part|Tense=Pres"


def test_active_clause_gives_subject_and_object() -> None:
    """A plain clause."""
    found = said(
        """
        Acme Acme PROPN nsubj 2
        built build VERB root 0
        PayHub PayHub PROPN obj 2
        """
    )
    assert found["build"]["subj"] == ["Acme"]
    assert found["build"]["obj"] == ["PayHub"]


def test_passive_with_agent_is_turned_around() -> None:
    """The agent is the subject, the grammatical subject the object."""
    found = said(
        f"""
        PayHub PayHub PROPN nsubj:pass 3
        was be AUX aux:pass 3
        built build VERB root 0 {PASSIVE}
        by by ADP case 5
        Acme Acme PROPN obl:agent 3
        """
    )
    assert found["build"]["subj"] == ["Acme"]
    assert found["build"]["obj"] == ["PayHub"]


def test_coordinated_objects_all_fill_the_role() -> None:
    """An enumeration of any length."""
    found = said(
        """
        Acme Acme PROPN nsubj 2
        joined join VERB root 0
        Alpha Alpha PROPN obj 2
        , , PUNCT punct 5
        Beta Beta PROPN conj 3
        and and CCONJ cc 7
        Gamma Gamma PROPN conj 3
        """
    )
    assert found["join"]["obj"] == ["Alpha", "Beta", "Gamma"]


def test_coordinated_verbs_share_their_subject_and_the_later_object() -> None:
    """ "Acme built and operates PayHub"."""
    found = said(
        """
        Acme Acme PROPN nsubj 2
        built build VERB root 0
        and and CCONJ cc 4
        operates operate VERB conj 2
        PayHub PayHub PROPN obj 4
        """
    )
    assert found["operate"]["subj"] == ["Acme"]
    assert found["build"]["obj"] == ["PayHub"]


def test_relative_pronoun_stands_for_its_noun() -> None:
    """ "PayHub, which supports Alipay"."""
    found = said(
        """
        PayHub PayHub PROPN root 0
        , , PUNCT punct 1
        which which PRON nsubj 4 PronType=Rel
        supports support VERB acl:relcl 1
        Alipay Alipay PROPN obj 4
        """
    )
    assert found["support"]["subj"] == ["PayHub"]


def test_relative_clause_without_pronoun_has_its_noun_as_object() -> None:
    """ "the platform Acme built"."""
    found = said(
        """
        PayHub PayHub PROPN root 0
        Acme Acme PROPN nsubj 3
        built build VERB acl:relcl 1
        """
    )
    assert found["build"] == {"subj": ["Acme"], "obj": ["PayHub"], "truth": ["ASSERTED"]}


def test_past_participle_after_a_noun_is_passive() -> None:
    """ "Acme, founded by Jane"."""
    found = said(
        f"""
        Acme Acme PROPN root 0
        founded found VERB acl 1 {PASSIVE}
        by by ADP case 4
        Jane Jane PROPN obl:agent 2
        """
    )
    assert found["found"]["obj"] == ["Acme"]
    assert found["found"]["subj"] == ["Jane"]


def test_open_participle_clause_takes_the_subject_of_its_clause() -> None:
    """ "Founded in 2015, Acme joined Alpha"."""
    found = said(
        f"""
        Founded found VERB advcl 5 {PASSIVE}
        in in ADP case 3
        2015 2015 DATE obl 1
        Acme Acme PROPN nsubj 5
        joined join VERB root 0
        Alpha Alpha PROPN obj 5
        """
    )
    assert found["found"]["obj"] == ["Acme"]
    assert found["found"]["date"] == ["2015"]


def test_infinitive_below_a_plan_has_its_subject_and_is_planned() -> None:
    """ "Acme plans to adopt PayHub"."""
    found = said(
        """
        Acme Acme PROPN nsubj 2
        plans plan VERB root 0
        to to PART mark 4
        adopt adopt VERB xcomp 2
        PayHub PayHub PROPN obj 4
        """
    )
    assert found["adopt"] == {"subj": ["Acme"], "obj": ["PayHub"], "truth": ["PLANNED"]}


def test_refused_infinitive_is_denied() -> None:
    """ "Acme declined to join Alpha"."""
    found = said(
        """
        Acme Acme PROPN nsubj 2
        declined decline VERB root 0
        to to PART mark 4
        join join VERB xcomp 2
        Alpha Alpha PROPN obj 4
        """
    )
    assert found["join"]["truth"] == ["DENIED"]


def test_negated_clause_is_denied() -> None:
    """ "Acme did not join Alpha"."""
    found = said(
        """
        Acme Acme PROPN nsubj 4
        did do AUX aux 4
        not not PART advmod 4
        join join VERB root 0
        Alpha Alpha PROPN obj 4
        """
    )
    assert found["join"]["truth"] == ["DENIED"]


def test_future_is_planned_and_may_is_supposed() -> None:
    """Auxiliaries decide."""
    sentence = """
        Acme Acme PROPN nsubj 3
        {0} {0} AUX aux 3
        join join VERB root 0
        Alpha Alpha PROPN obj 3
        """
    assert said(sentence.format("will"))["join"]["truth"] == ["PLANNED"]
    assert said(sentence.format("may"))["join"]["truth"] == ["SUPPOSED"]


def test_infinitive_of_a_headline_is_planned() -> None:
    """ "Acme to buy PayHub"."""
    found = said(
        """
        Acme Acme PROPN nsubj 3
        to to PART mark 3
        buy buy VERB root 0
        PayHub PayHub PROPN obj 3
        """
    )
    assert found["buy"]["truth"] == ["PLANNED"]


def test_condition_is_supposed() -> None:
    """ "if Acme joins Alpha"."""
    found = said(
        """
        If if SCONJ mark 3
        Acme Acme PROPN nsubj 3
        joins join VERB advcl 6
        Alpha Alpha PROPN obj 3
        Beta Beta PROPN nsubj 6
        leaves leave VERB root 0
        """
    )
    assert found["join"]["truth"] == ["SUPPOSED"]


def test_apposition_after_a_name_is_said_of_it() -> None:
    """ "Jane, president of Acme, left"."""
    found = said(
        """
        Jane Jane PROPN nsubj 7
        , , PUNCT punct 3
        president president NOUN appos 1
        of of ADP case 5
        Acme Acme PROPN nmod 3
        , , PUNCT punct 3
        left leave VERB root 0
        """
    )
    assert found["president"]["subj"] == ["Jane"]
    assert found["president"]["of"] == ["Acme"]


def test_former_post_is_former() -> None:
    """ "Jane, former president of Acme"."""
    found = said(
        """
        Jane Jane PROPN root 0
        , , PUNCT punct 4
        former former ADJ amod 4
        president president NOUN appos 1
        of of ADP case 6
        Acme Acme PROPN nmod 4
        """
    )
    assert found["president"]["truth"] == ["FORMER"]


def test_copula_makes_the_noun_a_predicate() -> None:
    """ "Acme is a member of Alpha"."""
    found = said(
        """
        Acme Acme PROPN nsubj 4
        is be AUX cop 4
        a a DET det 4
        member member NOUN root 0
        of of ADP case 6
        Alpha Alpha PROPN nmod 4
        """
    )
    assert found["member"]["subj"] == ["Acme"]
    assert found["member"]["of"] == ["Alpha"]


def test_title_before_a_name_takes_the_compound_before_it() -> None:
    """ "Acme president Jane"."""
    found = said(
        """
        Acme Acme PROPN compound 3
        president president NOUN compound 3
        Jane Jane PROPN root 0
        """
    )
    assert found["president"] == {"subj": ["Jane"], "comp": ["Acme"], "truth": ["ASSERTED"]}


def test_complement_of_naming_is_said_of_the_object() -> None:
    """ "Acme named Jane president"."""
    found = said(
        """
        Acme Acme PROPN nsubj 2
        named name VERB root 0
        Jane Jane PROPN obj 2
        president president NOUN xcomp 2
        """
    )
    assert found["president"]["subj"] == ["Jane"]
    assert found["name"]["pred"] == ["president"]


def test_light_verb_gives_its_noun_a_subject_and_its_phrases() -> None:
    """ "Acme signed an agreement with Alpha"."""
    found = said(
        """
        Acme Acme PROPN nsubj 2
        signed sign VERB root 0
        an a DET det 4
        agreement agreement NOUN obj 2
        with with ADP case 6
        Alpha Alpha PROPN obl 2
        """
    )
    assert found["agreement"]["subj"] == ["Acme"]
    assert found["agreement"]["with"] == ["Alpha"]


def test_number_of_a_noun_is_its_argument() -> None:
    """ "Alpha has 54 members"."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 2
        has have VERB root 0
        54 54 NUM nummod 4
        members member NOUN obj 2 Number=Plur
        """
    )
    assert found["member"]["subj"] == ["Alpha"]
    assert found["member"]["num"] == ["54"]


def test_name_says_where_and_whose_it_is() -> None:
    """ "Lisbon's PayHub in Porto"."""
    found = said(
        """
        Lisbon Lisbon PROPN nmod:poss 3
        's 's PART case 1
        PayHub PayHub PROPN root 0
        in in ADP case 5
        Porto Porto PROPN nmod 3
        """
    )
    assert found["@"] == {"subj": ["PayHub"], "poss": ["Lisbon"], "in": ["Porto"], "truth": ["ASSERTED"]}


def test_participle_before_a_noun_keeps_its_compound() -> None:
    """ "Lisbon-based PayHub"."""
    found = said(
        f"""
        Lisbon Lisbon PROPN compound 3
        - - PUNCT punct 3
        based base VERB amod 4 {PASSIVE}
        PayHub PayHub PROPN root 0
        """
    )
    assert found["base"]["obj"] == ["PayHub"]
    assert found["base"]["comp"] == ["Lisbon"]


def test_conjoined_nouns_share_what_follows_them() -> None:
    """ "Jane, founder and president of Acme"."""
    found = said(
        """
        Jane Jane PROPN root 0
        , , PUNCT punct 3
        founder founder NOUN appos 1
        and and CCONJ cc 5
        president president NOUN conj 3
        of of ADP case 7
        Acme Acme PROPN nmod 5
        """
    )
    assert found["founder"]["of"] == ["Acme"]
    assert found["president"]["subj"] == ["Jane"]


def test_object_control_gives_the_object_as_subject() -> None:
    """ "Alpha asked Acme to build PayHub" is no fact, but Acme is who would build."""
    found = said(
        """
        Alpha Alpha PROPN nsubj 2
        hired hire VERB root 0
        Acme Acme PROPN obj 2
        to to PART mark 5
        build build VERB xcomp 2
        PayHub PayHub PROPN obj 5
        """
    )
    assert found["build"]["subj"] == ["Acme"]


def test_number_of_a_subject_is_an_argument_of_its_verb() -> None:
    """ "54 firms joined Alpha"."""
    found = said(
        """
        54 54 NUM nummod 2
        firms firm NOUN nsubj 3 Number=Plur
        joined join VERB root 0
        Alpha Alpha PROPN obj 3
        """
    )
    assert found["join"]["subj#num"] == ["54"]


def test_what_stands_behind_the_copula_is_said_of_the_noun_before_it() -> None:
    """ "The budget of Alpha is $5"."""
    found = said(
        """
        budget budget NOUN nsubj 5
        of of ADP case 3
        Alpha Alpha PROPN nmod 1
        is be AUX cop 5
        $5 $5 MONEY root 0
        """
    )
    assert found["budget"]["subj"] == ["$5"]
    assert found["budget"]["of"] == ["Alpha"]


def test_which_behind_part_of_a_name_goes_on_about_the_name() -> None:
    """ "Acme is part of Veridia, which Roe began": what Acme is has been said."""
    found = said(
        """
        Acme Acme PROPN nsubj 3
        is be AUX cop 3
        part part NOUN root 0
        of of ADP case 5
        Veridia Veridia PROPN nmod 3
        , , PUNCT punct 9
        which which PRON obj 9 PronType=Rel
        Roe Roe PROPN nsubj 9
        began begin VERB acl:relcl 3
        """
    )
    assert found["begin"]["obj"] == ["Veridia"]


def test_passive_participle_belongs_to_the_name_right_before_it() -> None:
    """ "Acme runs lines of Veridia, founded by Roe": the parser linked "founded" to the verb."""
    found = said(
        f"""
        Acme Acme PROPN nsubj 2
        runs run VERB root 0
        lines line NOUN obj 2
        of of ADP case 5
        Veridia Veridia PROPN nmod 3
        , , PUNCT punct 7
        founded found VERB advcl 2 {PASSIVE}
        by by ADP case 9
        Roe Roe PROPN obl:agent 7
        """
    )
    assert found["found"]["obj"] == ["Veridia"]


def test_second_participle_linked_to_the_noun_is_about_it() -> None:
    """ "A tool conceived in Oslo and built by Acme"."""
    found = said(
        f"""
        tool tool NOUN root 0
        conceived conceive VERB acl 1 {PASSIVE}
        in in ADP case 4
        Oslo Oslo PROPN obl 2
        and and CCONJ cc 6
        built build VERB conj 1 {PASSIVE}
        by by ADP case 8
        Acme Acme PROPN obl:agent 6
        """
    )
    assert found["build"]["obj"] == ["tool"]
    assert found["build"]["subj"] == ["Acme"]
