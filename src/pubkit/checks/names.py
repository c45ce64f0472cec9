"""Do persons, titles and organizations stand in the translation as agreed?"""

import re
from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.messages import gettext as _
from pubkit.model import Mention, Problem, Severity, Span
from pubkit.names.mentions import find_mentions


@check(Pair, severity=Severity.ERROR)
def untranslated_name(pair: Pair) -> Iterator[Problem]:
    """A name, title, organization or place stands in the translation in its source form.

    Why:
        Under the publisher's name, readers take it for carelessness towards the person.

    Bad:
        Pan Feng is making his report. → Pan Feng作报告

    Good:
        Pan Feng is making his report. → 潘锋作报告

        Pan Feng (PKUSZ) → 潘锋（Pan Feng，北京大学深圳研究生院）

    Source:
        names.po is the agreement; an acronym, or a form in brackets, may stay beside the agreed
        rendering.
    """
    if pair.is_own_language or not pair.is_translated:
        return
    wanted = {mention.term for mention in pair.mentions if mention.term.target}
    visible = UNSEEN.sub(lambda match: " " * len(match[0]), pair.target)
    for mention in find_mentions(visible, pair.termbase) if wanted else ():
        if mention.term in wanted and not _may_stay(mention, visible):
            yield _left(mention, visible)


UNSEEN = re.compile(r"`[^`]*`|\]\([^()\s]*|<[^<>\s]+>|https?://\S+|[\w.+-]{1,64}@[\w.-]+", re.ASCII)
"""Code, link targets and addresses: they stay as they are."""


def _left(mention: Mention, target: str) -> Problem:
    form = target[mention.span.start : mention.span.end]
    return Problem(
        message=_("“{form}” is left untranslated; the agreed form is {target}").format(
            form=form, target=mention.term.target
        ),
        span=mention.span,
        suggestion=mention.term.target,
    )


def _may_stay(mention: Mention, target: str) -> bool:
    form = target[mention.span.start : mention.span.end]
    agreed = (mention.term.target, *mention.term.renderings)
    if any(form in rendering for rendering in agreed):
        return True
    if not any(rendering.casefold() in target.casefold() for rendering in agreed):
        return False
    is_explained = (
        target[mention.span.end :]
        .lstrip()
        .startswith(tuple(bracket + rendering for bracket in "（(" for rendering in agreed))
    )
    return form.isupper() or is_explained or _is_in_brackets(mention.span, target)


def _is_in_brackets(span: Span, text: str) -> bool:
    opened, closed = (
        max(text.rfind(bracket, 0, span.start) for bracket in pair) for pair in ("（(", "）)")
    )
    return opened > closed and any(bracket in text[span.end :] for bracket in "）)")
