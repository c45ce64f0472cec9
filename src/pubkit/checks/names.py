"""Do persons, titles and organizations stand in the translation as agreed?"""

import re
from collections.abc import Iterator

from pubkit.checks.registry import Pair, check
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity, Span, Term
from pubkit.names.mentions import WORD


@check(Pair, severity=Severity.ERROR)
def untranslated_name(pair: Pair) -> Iterator[Problem]:
    """A name, title, organization or place stands in the translation in its source form.

    Why:
        Under the publisher's name, readers take it for carelessness towards the person.

    Bad:
        Pan Feng is making his report. → Pan Feng作报告

    Good:
        Pan Feng is making his report. → 潘锋作报告

    Source:
        names.po is the agreement; an acronym, or a form that the target text explains in
        brackets, may stay beside the agreed rendering.
    """
    if pair.is_own_language or not pair.entry.is_translated:
        return
    for term in dict.fromkeys(mention.term for mention in pair.mentions):
        if term.target:
            yield from _left_in_source_form(term, pair)


def _left_in_source_form(term: Term, pair: Pair) -> Iterator[Problem]:
    agreed = (term.target, *term.renderings)
    is_rendered = any(rendering in pair.target for rendering in agreed)
    for form in (term.source, *term.aliases):
        is_kept = any(form in rendering for rendering in agreed)
        if is_kept or (is_rendered and form.isupper()):
            continue
        for match in re.finditer(rf"(?<!{WORD}){re.escape(form)}(?!{WORD})", pair.target):
            if not (is_rendered and _is_in_brackets(match)):
                yield Problem(
                    message=_("“{form}” is left untranslated; the agreed form is {target}").format(
                        form=form, target=term.target
                    ),
                    span=Span(*match.span()),
                    suggestion=term.target,
                )


def _is_in_brackets(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start()], match.string[match.end() :]
    return before.rstrip().endswith(("（", "(")) and after.lstrip().startswith(("）", ")"))
