"""Does every organization stand in the translation, under its agreed name?"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pubkit.checks.agreement import term_faults
from pubkit.checks.pair import Pair, Translation
from pubkit.checks.registry import check
from pubkit.checks.technical import is_technical
from pubkit.messages import gettext as _
from pubkit.model import Mention, Problem, Role, Severity, Span, TermKind
from pubkit.names.acronyms import Acronyms
from pubkit.names.agreement import Cause, TermFault
from pubkit.names.left_forms import ACRONYM, find_left_forms, introduced_acronyms
from pubkit.names.organizations.exchanges import Exchange, exchanged_words
from pubkit.names.organizations.expansions import expand
from pubkit.names.organizations.heads import all_heads, head_of
from pubkit.names.organizations.introductions import wrong_introductions
from pubkit.names.organizations.omissions import omitted_in_chinese, omitted_in_english
from pubkit.names.organizations.phrases import Phrase, find_organizations, has_any_head
from pubkit.names.organizations.prefixes import misread_names
from pubkit.names.organizations.stand_ins import bare_acronyms, unclaimed
from pubkit.names.organizations.unagreed import (
    Doubt,
    DoubtKind,
    doubts_in_chinese,
    doubts_in_english,
)
from pubkit.names.organizations.usage import (
    INTRODUCED,
    BilingualText,
    slips_in_chinese,
    slips_in_english,
)
from pubkit.names.spans import overlap
from pubkit.patterns import pattern


def _is_doubtful(pair: Pair) -> bool:
    return bool(term_faults(pair) or pair.once(_all_doubts))


@check(Pair, severity=Severity.ERROR, only_if=_is_doubtful)
def missing_organization(pair: Pair) -> Iterator[Problem]:
    """An organization that the source names is not in the translation.

    Why:
        Partners and sponsors look for their own name first.

    Bad:
        Riverside General Hospital treats 4,000 patients. → 治疗4000名患者。

    Good:
        Riverside General Hospital treats 4,000 patients. → 河畔综合医院治疗4000名患者。

    Source:
        House rule; once it has been named, 该校, “the university” or a short form is enough.
    """
    for fault in _faults(pair):
        if fault.cause is Cause.ABSENT and not _stand_in(fault, pair):
            yield Problem(
                message=_(
                    "“{name}” is missing in the translation; the agreed form is {target}"
                ).format(name=fault.name, target=fault.term.target),
                severity=None if fault.is_certain else Severity.WARNING,
            )
    for doubt in _doubts(pair, DoubtKind.MISSING):
        yield Problem(
            message=_("“{name}” seems to be missing in the translation").format(name=doubt.name),
            severity=Severity.WARNING,
        )


def _may_be_wrong(pair: Pair) -> bool:
    text = pair.target_prose.text
    has_brackets = "（" in text or "(" in text
    return has_brackets or _is_doubtful(pair) or bool(pair.once(_misspelt))


@check(Pair, severity=Severity.ERROR, only_if=_may_be_wrong)
def wrong_organization(pair: Pair) -> Iterator[Problem]:
    """Another organization, or a name with a slip, stands in the place of an organization.

    Why:
        A wrong name in print is a slight, and it sends readers to the wrong door.

    Bad:
        Riverside General Hospital treats 4,000 patients. → 河畔综合诊所治疗4000名患者。

    Good:
        Riverside General Hospital treats 4,000 patients. → 河畔综合医院治疗4000名患者。

    Source:
        names.po is the agreement.
    """
    told: list[Span] = []
    for fault in (_with_stand_in(one, pair) for one in _faults(pair)):
        if fault.cause is not Cause.ABSENT and fault.span:
            told.append(fault.span)
            is_added = fault.cause is Cause.ADDED
            yield Problem(
                message=_wrong(fault),
                span=pair.target_prose.span(fault.span.start, fault.span.end),
                suggestion=None if is_added else fault.term.target,
                severity=None if fault.is_certain else Severity.WARNING,
            )
    if not told:
        yield from _wrong_introductions(pair)
    yield from _doubtful_forms(pair, told)
    yield from _misspelt_acronyms(pair)


def _with_stand_in(fault: TermFault, pair: Pair) -> TermFault:
    """Return a fault with the organization that stands in the place of the agreed one."""
    span = _stand_in(fault, pair) if fault.cause is Cause.ABSENT else None
    if not span:
        return fault
    found = pair.target_prose.text[span.start : span.end]
    return replace(fault, cause=Cause.REPLACED, span=span, found=found)


def _stand_in(fault: TermFault, pair: Pair) -> Span | None:
    """Return where another organization of its kind stands in the place of an agreed one."""
    forms = {form for one in pair.mentions for form in (one.term.target, *one.term.renderings)}
    target = pair.target_prose.text
    into_chinese = pair.translation.is_into_chinese
    words = fault.term.source.lower().split()
    head = next((word for word in reversed(words) if word in all_heads()), "")
    return unclaimed(
        pair.english,
        pair.chinese,
        pair.once(_all_named),
        [Span(*match.span()) for form in forms for match in re.finditer(re.escape(form), target)],
        head=head if into_chinese else head_of(fault.term.source),
        in_chinese=into_chinese,
    )


def _wrong(fault: TermFault) -> str:
    messages = {
        Cause.ADDED: _("The source does not name “{found}”"),
        Cause.OTHER: _("“{found}” is another organization; “{name}” is {target}"),
    }
    default = _("“{found}” is not the agreed name of “{name}”: {target}")
    return messages.get(fault.cause, default).format(
        found=fault.found, name=fault.name, target=fault.term.target
    )


def _is_left_or_doubtful(pair: Pair) -> bool:
    return bool(left_organizations(pair) or pair.once(_all_doubts))


@check(Pair, severity=Severity.ERROR, only_if=_is_left_or_doubtful)
def untranslated_organization(pair: Pair) -> Iterator[Problem]:
    """An organization stands in the translation in its source form.

    Why:
        Readers who do not know the language do not learn who is meant.

    Bad:
        Riverside General Hospital is full. → Riverside General Hospital已满员。

    Good:
        Riverside General Hospital treats 4,000 patients. → 河畔综合医院治疗4000名患者。

    Source:
        names.po is the agreement; an acronym may stay in brackets behind the agreed form, and
        anything that an agreed rendering has in Latin letters.
    """
    for mention in pair.once(_left_alone):
        form = pair.target_prose.text[mention.span.start : mention.span.end]
        is_introduced = form in pair.translation.once(_introduced)
        yield Problem(
            message=_("“{form}” is left untranslated; the agreed form is {target}").format(
                form=form, target=mention.term.target
            ),
            span=pair.target_prose.span(mention.span.start, mention.span.end),
            suggestion=mention.term.target,
            severity=Severity.WARNING if is_introduced else None,
        )
    for doubt in _doubts(pair, DoubtKind.UNTRANSLATED):
        if doubt.span:
            yield Problem(
                message=_("“{form}” is left untranslated").format(form=doubt.found),
                span=pair.target_prose.span(doubt.span.start, doubt.span.end),
                suggestion=doubt.wanted or None,
                severity=None if doubt.is_certain and not pair.roles & NOTES else Severity.WARNING,
            )


NOTES = frozenset({Role.FOOTNOTE, Role.CREDIT})


def left_organizations(pair: Pair) -> tuple[Mention, ...]:
    """Return where a translation has the source forms of agreed organizations."""
    return pair.once(_left)


def _left(pair: Pair) -> tuple[Mention, ...]:
    if pair.is_own_language or not pair.is_translated:
        return ()
    wanted = {
        mention.term
        for mention in pair.mentions
        if mention.term.kind is TermKind.ORGANIZATION and mention.term.target
    }
    return tuple(find_left_forms(pair.target_prose.text, pair.termbase, wanted)) if wanted else ()


def _left_alone(pair: Pair) -> tuple[Mention, ...]:
    """Return the source forms that are the fault, and do not stand behind a wrong name."""
    left = left_organizations(pair)
    if not left:
        return ()
    text = pair.target_prose.text
    wrong = [(fault.term, fault.span.end) for fault in term_faults(pair) if fault.span]
    return tuple(
        mention
        for mention in left
        if not any(
            term is mention.term and OPENING.fullmatch(text[end : mention.span.start])
            for term, end in wrong
        )
    )


OPENING = pattern(r"\s?[（(]\s?")


def _introduced(translation: Translation) -> frozenset[str]:
    """Return the acronyms that the translations of a document introduce in brackets."""
    return frozenset(
        acronym
        for pair in translation.pairs
        for acronym in introduced_acronyms(pair.target_prose.text)
    )


def _acronyms(translation: Translation) -> Acronyms:
    terms = translation.termbase.terms
    return Acronyms(
        (pair.source_prose.text for pair in translation.pairs),
        (pair.target_prose.text for pair in translation.pairs),
        {form for term in terms for form in (*term.aliases, term.target, *term.renderings)},
    )


def _wrong_introductions(pair: Pair) -> Iterator[Problem]:
    if not pair.is_english_chinese:
        return
    text, in_chinese = pair.target_prose.text, pair.translation.is_into_chinese
    for span, short in wrong_introductions(text, in_chinese=in_chinese):
        yield Problem(
            message=_("“{found}” is not a short form of the name before it").format(found=short),
            span=pair.target_prose.span(span.start, span.end),
            severity=None if pair.termbase.terms else Severity.WARNING,
        )


# ---------------------------------------------------------------- without an agreement


def _doubts(pair: Pair, kind: DoubtKind) -> Iterator[Doubt]:
    return (doubt for doubt in pair.once(_all_doubts) if doubt.kind is kind)


def _all_doubts(pair: Pair) -> tuple[Doubt, ...]:
    if not pair.is_english_chinese:
        return ()
    if pair.translation.once(is_technical):
        return tuple(_slips(pair))
    agreed = [mention.span for mention in pair.mentions]
    into_chinese = pair.translation.is_into_chinese
    find = doubts_in_chinese if into_chinese else doubts_in_english
    named = pair.once(_named)
    found = list(find(pair.source_prose.text, pair.target_prose.text, named, agreed))
    introduced = pair.translation.once(_introduced)
    found = [one for one in found if one.found not in introduced]
    exchanged = [*_exchanged(pair), *_bare_acronyms(pair)]
    if exchanged:
        found = [one for one in found if one.kind is DoubtKind.UNTRANSLATED]
    omitted = () if found or exchanged else _omitted(pair, agreed)
    return (*found, *exchanged, *omitted, *_slips(pair))


def _omitted(pair: Pair, agreed: Sequence[Span]) -> Iterator[Doubt]:
    """Yield the organizations of which the translation has nothing."""
    find = omitted_in_chinese if pair.translation.is_into_chinese else omitted_in_english
    for span in find(pair.english, pair.chinese, pair.once(_all_named)):
        if not any(overlap(one, span) for one in agreed):
            name = pair.source_prose.text[span.start : span.end]
            yield Doubt(kind=DoubtKind.MISSING, name=name)


def _bare_acronyms(pair: Pair) -> Iterator[Doubt]:
    """Yield the acronyms for names that the source has in full, and the document nowhere."""
    named = pair.once(_all_named) if pair.translation.is_into_chinese else ()
    for phrase, span in bare_acronyms(pair.english, pair.chinese, named):
        acronym = pair.chinese[span.start : span.end]
        accepted = {form for one in pair.mentions for form in one.term.renderings}
        if acronym not in accepted | pair.translation.once(_introduced):
            kind = DoubtKind.UNTRANSLATED
            yield Doubt(kind=kind, name=phrase.text, span=span, found=acronym)


def _named(pair: Pair) -> tuple[Phrase, ...]:
    """Return the organizations that the English side names, found by their heads."""
    return tuple(find_organizations(pair.english))


def _exchanged(pair: Pair) -> list[Doubt]:
    """Return the words of organizations in the place of which another word stands."""
    return [_as_doubt(exchange, pair) for exchange in pair.translation.once(_exchanges)[pair.index]]


def _as_doubt(exchange: Exchange, pair: Pair) -> Doubt:
    english = pair.english[exchange.english.start : exchange.english.end]
    chinese = pair.chinese[exchange.chinese.start : exchange.chinese.end]
    into_chinese = pair.translation.is_into_chinese
    return Doubt(
        kind=DoubtKind.WRONG,
        name=english if into_chinese else chinese,
        span=exchange.chinese if into_chinese else exchange.english,
        found=chinese if into_chinese else english,
    )


def _exchanges(translation: Translation) -> list[list[Exchange]]:
    """Return the exchanged words of each text, but what all texts with the name agree on."""
    found = [pair.once(_own_exchanges) for pair in translation.pairs]
    if not any(found):
        return found
    named = Counter(one.text for pair in translation.pairs for one in pair.once(_all_named))
    habits = Counter(one.phrase.text for group in found for one in group)
    return [
        [one for one in group if habits[one.phrase.text] in (1, *range(named[one.phrase.text]))]
        for group in found
    ]


def _own_exchanges(pair: Pair) -> list[Exchange]:
    if not pair.is_english_chinese:
        return []
    into_chinese = pair.translation.is_into_chinese
    found = _read_exchanges(pair)
    if not found and has_any_head(pair.english):
        found = list(misread_names(pair.english, pair.chinese))
    agreed = [one.span for one in pair.mentions if _is_there(one, pair)] if found else []
    return [one for one in found if not one.touches(agreed, in_english=into_chinese)]


def _read_exchanges(pair: Pair) -> list[Exchange]:
    """Return the exchanges of a text in which acronyms are read as the names that they mean."""
    text = expand(pair.english, pair.translation.once(_expansions))
    if not text.places:
        return list(exchanged_words(pair.english, pair.chinese, pair.once(_all_named)))
    named = tuple(find_organizations(text.text, heads=all_heads()))
    return [
        replace(
            one,
            english=text.origin(one.english),
            phrase=replace(one.phrase, span=text.origin(one.phrase.span)),
        )
        for one in exchanged_words(text.text, pair.chinese, named)
    ]


def _expansions(translation: Translation) -> dict[str, str]:
    """Return the names with which the English side introduces acronyms."""
    return {
        found[1]: phrase.text
        for pair in translation.pairs
        if pair.is_english_chinese
        for phrase in (pair.once(_all_named) if ")" in pair.english else ())
        if (found := INTRODUCED.match(pair.english, phrase.span.end))
    }


def _is_there(mention: Mention, pair: Pair) -> bool:
    """Tell whether an agreed form stands in the translation."""
    target = pair.target_prose.text.casefold()
    forms = (mention.term.target, *mention.term.renderings)
    return any(form.casefold() in target for form in forms if form)


def _all_named(pair: Pair) -> tuple[Phrase, ...]:
    """Return what the English side names by any head that an organization may have."""
    return tuple(find_organizations(pair.english, heads=all_heads()))


def _slips(pair: Pair) -> Sequence[Doubt]:
    """Return the organizations that the other texts of the document call otherwise."""
    return pair.translation.once(_learnt).get(pair.index, ())


def _learnt(translation: Translation) -> dict[int, list[Doubt]]:
    """Return for each text what it calls otherwise than the rest of the document."""
    pairs = [pair for pair in translation.pairs if pair.is_english_chinese]
    texts = [
        BilingualText(english=pair.english, chinese=pair.chinese, named=pair.once(_named))
        for pair in pairs
    ]
    into_chinese = translation.is_into_chinese
    agreed = {form for term in translation.termbase.terms for form in (term.source, *term.aliases)}
    agreed |= {word for form in agreed for word in form.split()}
    slips: dict[int, list[Doubt]] = {}
    for number, doubt in slips_in_chinese(texts) if into_chinese else slips_in_english(texts):
        if doubt.name not in agreed:
            slips.setdefault(pairs[number].index, []).append(doubt)
    return slips


def _doubtful_forms(pair: Pair, told: Sequence[Span]) -> Iterator[Problem]:
    """Yield the forms without an agreement but those that have been told of."""
    for doubt in _doubts(pair, DoubtKind.WRONG):
        if doubt.span and not any(overlap(doubt.span, one) for one in told):
            message = _("The source has no such organization as “{found}”")
            if doubt.wanted:
                message = _("“{found}” is {wanted} elsewhere")
            elif doubt.name:
                message = _("“{found}” cannot be “{name}”")
            yield Problem(
                message=message.format(found=doubt.found, name=doubt.name, wanted=doubt.wanted),
                span=pair.target_prose.span(doubt.span.start, doubt.span.end),
                suggestion=doubt.wanted or None,
                severity=Severity.WARNING,
            )


def _misspelt(pair: Pair) -> tuple[tuple[Span, str], ...]:
    """Return where an acronym has a slip, and which is meant."""
    if not pair.is_english_chinese or not ACRONYM.search(pair.target_prose.text):
        return ()
    acronyms = pair.translation.once(_acronyms)
    return tuple(acronyms.misspelt(pair.source_prose.text, pair.target_prose.text))


def _misspelt_acronyms(pair: Pair) -> Iterator[Problem]:
    for span, meant in pair.once(_misspelt):
        yield Problem(
            message=_("“{found}” is not the acronym {target}").format(
                found=pair.target_prose.text[span.start : span.end], target=meant
            ),
            span=pair.target_prose.span(span.start, span.end),
            suggestion=meant,
        )


def _faults(pair: Pair) -> Iterator[TermFault]:
    """Yield what is wrong with organizations that are not left as the source has them."""
    left = {mention.term for mention in pair.once(_left_alone)}
    misspelt = {meant for _span, meant in pair.once(_misspelt)}
    for fault in term_faults(pair):
        forms = {fault.term.source, *fault.term.aliases, fault.term.target, *fault.term.renderings}
        is_told = fault.term in left or (fault.cause is Cause.ABSENT and forms & misspelt)
        if fault.term.kind is TermKind.ORGANIZATION and not is_told:
            yield fault
