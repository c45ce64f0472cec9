"""Whom a document names: persons of the termbase, found by rule, learnt from what texts share."""

from pubkit.model import Term, Termbase, TermKind
from pubkit.names.learning import Lessons
from pubkit.names.persons.survey import Proposal, survey_names

AGREED = Termbase(lang="zh", terms=(Term(kind=TermKind.PERSON, source="Pan Feng", target="潘锋"),))


def by_name(proposals: list[Proposal]) -> dict[str, Proposal]:
    """Return the proposals by the form of the source."""
    return {proposal.name: proposal for proposal in proposals}


def test_survey_tells_the_rendering_that_the_texts_have() -> None:
    """A person whom nobody has agreed on is proposed with the characters that read so."""
    texts = [
        ("Professor Wei Zhaolan opened the clinic.", "魏昭岚教授主持诊所开张。"),
        ("Pan Feng thanked Wei Zhaolan.", "潘锋感谢魏昭岚。"),
    ]
    found = by_name(survey_names(texts, AGREED, into_chinese=True))

    assert {"Wei Zhaolan", "Pan Feng"} == set(found)
    assert (
        found["Wei Zhaolan"].rendering,
        found["Wei Zhaolan"].mentions,
        found["Wei Zhaolan"].places,
    ) == ("魏昭岚", 2, (0, 1))
    assert not found["Wei Zhaolan"].in_termbase
    assert found["Pan Feng"].in_termbase


def test_survey_of_untranslated_texts_proposes_no_rendering() -> None:
    """Many characters read alike: nobody but the person knows which."""
    (found,) = survey_names(
        [("Professor Wei Zhaolan opened the clinic.", "")], AGREED, into_chinese=True
    )

    assert (found.name, found.rendering) == ("Wei Zhaolan", "")


def test_survey_of_untranslated_chinese_proposes_the_spelling() -> None:
    """From characters to letters there is one way, which is to be confirmed."""
    (found,) = survey_names([("院长魏昭岚教授致辞。", "")], AGREED, into_chinese=False)

    assert (found.name, found.rendering, found.is_sure) == ("魏昭岚", "Wei Zhaolan", False)


def test_learning_finds_what_only_the_texts_of_a_name_share() -> None:
    """No dictionary is needed for a name that two texts have and no other."""
    lessons = Lessons(["画家乌云格日勒来自草原。", "草原上有云。", "本届奖项授予乌云格日勒。"])

    assert lessons.learn_form([0, 2]) == "乌云格日勒"


def test_learning_takes_no_office_for_a_name() -> None:
    """The holders of one office share its name, too."""
    lessons = Lessons(["首席信息官萨仁图雅来了。", "萨仁图雅任首席信息官。"])

    assert lessons.learn_form([0, 1]) == "萨仁图雅"
