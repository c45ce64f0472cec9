"""Does the source write a name, or a repeated phrase, in two ways?"""

from collections.abc import Iterator

from pubkit.checks.pair import SourceTexts
from pubkit.checks.registry import check
from pubkit.checks.source.chinese_names import find_chinese_variants
from pubkit.checks.source.english_names import find_name_variants
from pubkit.checks.source.phrases import find_phrase_variants
from pubkit.localize import language
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity


@check(SourceTexts, severity=Severity.WARNING)
def source_name_variant(source: SourceTexts) -> Iterator[Problem]:
    """The source writes a name, or a repeated phrase, in two ways that differ by a letter or two.

    Why:
        One of them is a slip, often in a caption, and it goes into every language.

    Bad:
        Pan Feng met the guests. Later Pan Fang took questions. → 潘锋会见来宾。随后潘锋答问。

    Good:
        Pan Feng met the guests. Later Pan Feng took questions. → 潘锋会见来宾，随后答问。

    Source:
        House rule. Two persons who are both agreed, or both named in one text, are no slip, nor
        is a name with an office of its own.
    """
    if language(source.lang) == "zh":
        variants = tuple(find_chinese_variants(source))
    elif language(source.lang) == "en":
        variants = (*find_name_variants(source), *find_phrase_variants(source))
    else:
        return
    for variant in variants:
        yield Problem(
            message=_("“{form}” may be a slip of “{usual}”").format(
                form=variant.form, usual=variant.usual
            ),
            suggestion=variant.usual,
            at=variant.segment,
        )
