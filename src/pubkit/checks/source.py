"""Does the source itself have slips? They are reported where the source is written.

What is agreed is no proof here: an alias that was added so that a slip is understood (``Yu Pan``
for ``Yu Fan``) does not make it right.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pubkit.checks.completeness import HEADINGS
from pubkit.checks.pair import SourceTexts
from pubkit.checks.registry import check
from pubkit.formats.markdown import read_prose
from pubkit.localize import language
from pubkit.messages import gettext as _
from pubkit.model import Problem, Segment, Severity, Term, TermKind
from pubkit.names.offices import find_offices
from pubkit.names.romanized import find_names
from pubkit.names.variants import are_two_slips, is_one_slip, with_gaps
from pubkit.names.vocabulary import FUNCTION_WORDS

Words = tuple[str, ...]


def _text(segment: Segment) -> str:
    return read_prose(segment.msgid).text


# ---------------------------------------------------------------- names


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
        yield from _chinese_variants(source)
    elif language(source.lang) == "en":
        yield from _name_variants(source)
        yield from _phrase_variants(source)


RUN = re.compile(
    r"[A-Z][\w'’-]*\.?(?:[ \u00a0](?:(?:of|and|for|the|in|on|de|van|von|der|bin|&)[ \u00a0]){0,2}"
    r"[A-Z][\w'’-]*)+"
)
WORD = re.compile(r"[\w'’&-]+")


def _name_variants(source: SourceTexts) -> Iterator[Problem]:
    names = _names(source)
    agreed = {_words(term.source) for term in source.termbase.terms}
    index: defaultdict[tuple[Words, int], list[Words]] = defaultdict(list)
    for words in names:
        for key in with_gaps(words):
            index[key].append(words)
    for rare, places in names.items():
        if rare in agreed or len(places) > 1:
            continue
        for usual in _similar(rare, index):
            is_usual = usual in agreed or len(names[usual]) > 1
            if is_usual and _is_slip(rare, usual, names, source):
                yield _variant(" ".join(rare), " ".join(usual), places[0])
                break


def _words(form: str) -> Words:
    return tuple(WORD.findall(form.replace("’", "'")))


LONG_NAME = 4
"""Words: shorter ones are taken for names of persons alone, and only if they are some."""


def _names(source: SourceTexts) -> Mapping[Words, list[Segment]]:
    """Return what the source writes with capitals, and where, each time that it does."""
    found: defaultdict[Words, list[Segment]] = defaultdict(list)
    for segment, text in source.texts:
        for match in RUN.finditer(text):
            words = _words(match[0])
            for part in _parts(words):
                found[part].append(segment)
            if len(words) >= LONG_NAME:
                found[words].append(segment)
    return found


def _parts(words: Words) -> Iterator[Words]:
    """Yield the parts of a run of capitals that may be persons' names."""
    for size in (2, 3):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            if all(word[0].isupper() for word in part):
                yield part


def _similar(words: Words, index: Mapping[tuple[Words, int], list[Words]]) -> Iterator[Words]:
    for key in with_gaps(words):
        place = key[1]
        for other in index[key]:
            if other != words and _is_misspelt(words[place], other[place], len(words)):
                yield other


LONG_WORD = 6


def _is_misspelt(one: str, other: str, size: int) -> bool:
    if not (one[0].isupper() and other[0].isupper()) or one.isupper() or other.isupper():
        return False
    if size >= LONG_NAME and min(len(one), len(other)) < LONG_WORD:
        return False
    return is_one_slip(one.casefold(), other.casefold())


def _is_slip(
    rare: Words, usual: Words, names: Mapping[Words, list[Segment]], source: SourceTexts
) -> bool:
    """Tell whether a name that occurs once is rather a slip than another name."""
    if len(rare) < LONG_NAME:
        if not _is_person(usual, names[usual][0], source):
            return False
        if _are_together(rare, usual, _text(names[rare][0])):
            return False
        if _is_agreed_person(usual, source):
            return True
    return not _has_own_office(rare, usual, names)


def _is_person(words: Words, segment: Segment, source: SourceTexts) -> bool:
    if _is_agreed_person(words, source):
        return True
    return any(_words(name.text) == words for name in find_names(_text(segment)))


def _is_agreed_person(words: Words, source: SourceTexts) -> bool:
    terms = source.termbase.terms
    return any(_words(term.source) == words for term in terms if term.kind is TermKind.PERSON)


def _are_together(rare: Words, usual: Words, text: str) -> bool:
    """Tell whether one sentence names both: they are two persons then."""
    sentences = re.split(r"(?<=[a-z][.!?])[”’\"']?\s+(?=[A-Z“])", text)
    forms = (" ".join(rare), " ".join(usual))
    return any(all(form in sentence for form in forms) for sentence in sentences)


OFFICE_DISTANCE = 60
MOST_PLACES = 20


def _has_own_office(rare: Words, usual: Words, names: Mapping[Words, list[Segment]]) -> bool:
    """Tell whether the rare name is introduced with an office that the usual one never has."""
    offices = _offices_beside(rare, names[rare])
    return bool(offices) and not offices & _offices_beside(usual, names[usual])


def _offices_beside(words: Words, segments: Sequence[Segment]) -> set[str]:
    name = re.compile(r"[ \u00a0]".join(map(re.escape, words)))
    found: set[str] = set()
    for segment in segments[:MOST_PLACES]:
        text = _text(segment).replace("’", "'")
        for match in name.finditer(text):
            before = text[max(0, match.start() - OFFICE_DISTANCE) : match.start()]
            after = text[match.end() : match.end() + OFFICE_DISTANCE]
            for part in (re.split(r"[,;.] ", before)[-1], re.split(r"[;.] ", after)[0]):
                found.update(office.base for office in find_offices(part))
    return found


def _variant(form: str, usual: str, segment: Segment) -> Problem:
    return Problem(
        message=_("“{form}” may be a slip of “{usual}”").format(form=form, usual=usual),
        suggestion=usual,
        at=segment,
    )


# ---------------------------------------------------------------- repeated phrases

SHORTEST_SIMILAR = 6
PLAIN_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|[.,;:!?()“”]")


def _phrase_variants(source: SourceTexts) -> Iterator[Problem]:
    """Yield phrases that are repeated but for one word with one or two other letters."""
    first: dict[tuple[str, ...], tuple[str, Segment]] = {}
    repeated: dict[tuple[str, ...], dict[str, list[Segment]]] = {}
    for segment, text in source.texts:
        for context, word in _words_in_context(text.casefold()):
            if context not in first:
                first[context] = word, segment
                continue
            known, place = first[context]
            endings = repeated.setdefault(context, {known: [place]})
            endings.setdefault(word, []).append(segment)
    for context, endings in repeated.items():
        if 1 < len(endings) <= MOST_ENDINGS:
            yield from _similar_endings(context, endings)


def _words_in_context(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the long words of a text, each with the two words before it."""
    before, last = "", ""
    for word in PLAIN_WORD.findall(text):
        if len(word) >= SHORTEST_SIMILAR and last.isalpha() and last not in FUNCTION_WORDS:
            yield (before, last), word
        before, last = last, word


MOST_ENDINGS = 20


def _similar_endings(
    context: tuple[str, ...], endings: Mapping[str, list[Segment]]
) -> Iterator[Problem]:
    for word, segments in endings.items():
        for other, places in endings.items():
            if _weight(places) > _weight(segments) and _is_confused(word, other):
                yield _variant(f"{context[-1]} {word}", f"{context[-1]} {other}", segments[0])


def _weight(segments: Sequence[Segment]) -> tuple[int, int]:
    """Tell how much a wording counts: running text is read more often than captions."""
    return sum(segment.role not in HEADINGS for segment in segments), len(segments)


SAME_ENDING = 3


def _is_confused(one: str, other: str) -> bool:
    """Tell whether two words look alike and are no forms of one word."""
    if one[0] != other[0] or one[-SAME_ENDING:] != other[-SAME_ENDING:]:
        return False
    return are_two_slips(one, other) or is_one_slip(one, other)


# ---------------------------------------------------------------- names in Chinese

NUMBER_OR_SIDE = frozenset(
    "零〇一二三四五六七八九十百千万上下左右前后後东東西南北中内外大小新老旧高低长男女甲乙丙丁正副总分省市区區县縣镇村"
)
NOT_IN_NAMES = frozenset(
    "的了在是和与與及等为為对對将將说說也都还還就又并並其该該这這那或以从從由向把被让讓年月日时時，。、；：“”"
)
MOST_CHINESE_NAMES = 2_000


def _chinese_variants(source: SourceTexts) -> Iterator[Problem]:
    terms = [term for term in source.termbase.terms if _may_be_misspelt(term)]
    forms = {form for term in source.termbase.terms for form in (term.source, *term.aliases)}
    text, starts = _joined(source)
    for term in terms[:MOST_CHINESE_NAMES]:
        for place in _misspelt_places(term, text):
            form = text[place : place + len(term.source)]
            if form not in forms and not any(form in other for other in forms):
                yield _variant(form, term.source, source.segments[bisect_right(starts, place) - 1])


def _may_be_misspelt(term: Term) -> bool:
    if not HAN_ONLY.fullmatch(term.source):
        return False
    shortest = {TermKind.PERSON: 3, TermKind.ORGANIZATION: 5}.get(term.kind, 99)
    return len(term.source) >= shortest


HAN_ONLY = re.compile("[\u3400-\u4dbf\u4e00-\u9fff·]+")


def _joined(source: SourceTexts) -> tuple[str, list[int]]:
    """Return all texts as one, and where each of them begins."""
    starts, texts, length = [], [], 0
    for _segment, text in source.texts:
        starts.append(length)
        texts.append(text)
        length += len(texts[-1]) + 1
    return "\n".join(texts), starts


def _misspelt_places(term: Term, text: str) -> Iterator[int]:
    """Yield where a text has a name but for one character, and has the name elsewhere, too."""
    name = term.source
    if name not in text:
        return
    half = len(name) // 2
    for part, offset in ((name[:half], 0), (name[half:], half)):
        if len(part) < 2 and term.kind is not TermKind.PERSON:
            continue
        place = text.find(part)
        while place >= 0:
            start = place - offset
            if start >= 0 and _differs_in_one(name, text, start, term.kind):
                yield start
            place = text.find(part, place + 1)


def _differs_in_one(name: str, text: str, start: int, kind: TermKind) -> bool:
    form = text[start : start + len(name)]
    if len(form) < len(name):
        return False
    others = [at for at, (one, other) in enumerate(zip(name, form, strict=True)) if one != other]
    if len(others) != 1 or form[others[0]] in NOT_IN_NAMES | NUMBER_OR_SIDE:
        return False
    if not HAN_ONLY.fullmatch(form):
        return False
    return kind is not TermKind.PERSON or _has_edges_of_a_name(text, start, start + len(name))


BEFORE_NAME = re.compile(
    "(?:[^\u4e00-\u9fff]|[由和与與及请請对對向为為是经經有]|[长長任授士师師员員记記裁理席监監官生家导導手人])\\Z|\\A\\Z"
)
AFTER_NAME = re.compile(
    "\\Z|[^\u4e00-\u9fff]|[说說称稱在出为為介表指主宣致作参參任和与與及等代向讲講担擔院校董教博先女总總副同同是将將率陪也曾从從]"
)


def _has_edges_of_a_name(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 1) : start]
    return bool(BEFORE_NAME.search(before)) and bool(AFTER_NAME.match(text[end : end + 1]))


# ---------------------------------------------------------------- acronyms


@check(SourceTexts, severity=Severity.WARNING)
def source_acronym_variant(source: SourceTexts) -> Iterator[Problem]:
    """The source writes an acronym in two ways: a letter more or less, or two in another order.

    Why:
        Readers take them for two institutions; one of them is explained nowhere.

    Bad:
        The Young Merchants (YMSA) met. YSMA will meet; YMSA agreed. → 青年商会（YMSA）再次开会。

    Good:
        The Young Merchants (YMSA) met. YMSA will meet. → 青年商会（YMSA）将再次开会。

    Source:
        House rule: an acronym is introduced once, in brackets; two that both are, are two.
    """
    found, introduced = _acronyms(source)
    for rare, usual in _acronym_pairs(found, introduced):
        yield Problem(
            message=_("“{form}” may be a slip of “{usual}”").format(form=rare, usual=usual),
            suggestion=usual,
            at=found[rare][0],
        )


ACRONYM = re.compile(r"(?<![A-Za-z0-9_@/.#$%&+-])[A-Z]{2,7}(?=s?(?![A-Za-z0-9_@/#$%&+-]))")
INTRODUCTION = re.compile(
    r"[(（]\s?(?:the |以下简称|简称|或|or )?[“\"‘]?([A-Z]{2,7})s?[”\"’]?\s?[)）,;，；]"
    r"|(?<![A-Za-z0-9_-])([A-Z]{2,7})s?\s?[(（](?=[A-Z][a-z]|[a-z]{3,} |[\u4e00-\u9fff])"
)
_WELL_KNOWN = """
    AAA ABS AC ADC AGM AGV AI AIDS AM APEC API APP APR AR ARPU ASEAN ATM AUD AV BA BBA BBC BBS BIM
    BMW BOT BRICS CAD CAE CAGR CAM CAR CASE CAT CBD CBN CCTV CCUS CD CEO CEPA CET CFA CFO CGTN CHF
    CHINA CI CIF CIO CMO CNC CNY COD COE COO COP COVID CPA CPC CPI CPPCC CPU CRM CSR CSSCI CST CT
    CTO DC DHL DIY DJ DNA DOI DVD EB EBIT EBITDA ECG ECMO EDI EEG EMBA EMS EPA EPC EPS ERP ESG ETA
    ETC ETF EU EUR EV EVA FAQ FAST FAX FBI FCL FDA FDI FOB FTA FTP GB GBP GCSE GDP GEM GIS GMAT GMP
    GMT GNP GPA GPS GPT GPU GRE GSP GW HD HDR HIV HK HKD HPV HR HSK HTML HTTP IBM IC ICT ICU ID IDC
    IEA IEC IEEE IELTS ILO IMF IMO INR IOC IOT IP IPO IPR IQ IR ISBN ISO ISP IT ITU IVF JPY JSON
    KOL KPI KRW LAN LCD LCL LED LGBT LLC LLM LLP LNG LOGO LTE MA MBA MBBS MEMS MICE MIT ML MOU MPA
    MPV MR MRI MSC MSCI MTR MW NASA NATO NBA NFC NFT NGO NHS NLP NO NPC NPL OA OCR ODM OECD OEM OK
    OLED OPEC OS OTA OTC OTT PC PCB PCR PCT PDF PE PET PHD PLC PM PMI POS PPI PPP PPT PR PRC PV PVC
    QA QC QDII QR RAM RCEP RFID RGB RMB RNA ROA ROE ROI ROM SAR SARS SCI SCO SDG SDK SEO SGD SIM SMS
    SOE SOP SPA SPF SQL SSCI SUV TB TCM TEU TOEFL TV TWD UAE UAV UHV UI UK UN UNESCO UNICEF UPS URL
    US USA USB USD UTC UV VAT VC VIP VOC VPN VR WAP WEF WHO WIPO WTO WWF XML YOY
"""
WELL_KNOWN = frozenset(_WELL_KNOWN.split())
SHORTEST_ACRONYM = 3


def _acronyms(source: SourceTexts) -> tuple[Mapping[str, list[Segment]], set[str]]:
    """Return the acronyms of the source with their places, and those that are explained."""
    found: defaultdict[str, list[Segment]] = defaultdict(list)
    introduced: set[str] = set()
    for segment, text in source.texts:
        if not ACRONYM.search(text) or (text.isascii() and text.isupper()):
            continue
        for acronym in ACRONYM.findall(text):
            found[acronym].append(segment)
        for match in INTRODUCTION.finditer(text):
            introduced.add(match[1] or match[2])
    return found, introduced


def _acronym_pairs(
    found: Mapping[str, list[Segment]], introduced: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield acronyms that nobody explains or nobody uses, each with one that it is a slip of."""
    usual: defaultdict[str, list[str]] = defaultdict(list)
    for acronym, places in found.items():
        if len(places) > 1:
            for key in _slip_keys(acronym):
                usual[key].append(acronym)
    for acronym, places in found.items():
        if len(acronym) < SHORTEST_ACRONYM or acronym in WELL_KNOWN:
            continue
        is_explained = acronym in introduced
        for other in dict.fromkeys(other for key in _slip_keys(acronym) for other in usual[key]):
            is_other = (other in introduced) != is_explained and not (
                is_explained and len(places) > 1
            )
            if is_other and _is_misspelt_acronym(acronym, other):
                yield acronym, other
                break


def _slip_keys(acronym: str) -> Iterator[str]:
    """Yield keys of which acronyms one slip apart have one in common."""
    yield "".join(sorted(acronym))
    yield acronym
    for place in range(len(acronym)):
        yield acronym[:place] + acronym[place + 1 :]


LONG_ACRONYM = 4


def _is_misspelt_acronym(one: str, usual: str) -> bool:
    if len(usual) < SHORTEST_ACRONYM or one == usual:
        return False
    if len(one) == len(usual):
        is_swapped = sorted(one) == sorted(usual)
        return is_one_slip(one, usual) and (is_swapped or len(one) >= LONG_ACRONYM)
    shorter, longer = sorted((one, usual), key=len)
    # A letter more at the end is another name: PKU, PKUS; a plural: MOU, MOUS.
    return is_one_slip(one, usual) and not longer.startswith(shorter)


# ---------------------------------------------------------------- capitals


@check(SourceTexts, severity=Severity.WARNING)
def source_case_variant(source: SourceTexts) -> Iterator[Problem]:
    """The source writes a name or a theme with other capitals than elsewhere.

    Why:
        It is one name; each language has to copy or to mend the slip.

    Bad:
        He likes “AI for Materials”. “AI for Materials” is “AI for materials”. → 他喜欢。

    Good:
        He likes “AI for Materials”. → “AI for Materials”很新，他很喜欢。

    Source:
        House rule; headlines and the beginnings of sentences raise what they like.
    """
    if language(source.lang) != "en":
        return
    usual = _capitalised_phrases(source)
    if not usual:
        return
    by_start: defaultdict[Words, list[Words]] = defaultdict(list)
    for folded in usual:
        by_start[folded[:2]].append(folded)
    for segment, text in source.texts:
        seen = set()
        for form, folded in _phrases(segment, text, by_start):
            if form not in seen and form != usual[folded]:
                seen.add(form)
                yield Problem(
                    message=_("“{form}” is elsewhere written “{usual}”").format(
                        form=form, usual=usual[folded]
                    ),
                    suggestion=usual[folded],
                    at=segment,
                )


PHRASE = re.compile(
    r"[A-Z][\w'’&-]*"
    r"(?:[ \u00a0](?:(?:of|and|for|the|in|on|to|with|&)[ \u00a0]){0,2}[A-Z][\w'’&-]*)+"
)


def _capitalised_phrases(source: SourceTexts) -> Mapping[Words, str]:
    """Return the names that the source writes twice with the same capitals, by their words."""
    found: Counter[str] = Counter()
    for segment, text in source.texts:
        if not _is_headline(segment, text):
            for match in PHRASE.finditer(text):
                phrase = _without_article(match[0])
                found.update(
                    {phrase, re.split(r" (?:of|for|in|and|at|on|to|with|the) ", phrase)[0]}
                )
    for term in source.termbase.terms:
        if (
            term.kind in (TermKind.ORGANIZATION, TermKind.EVENT, TermKind.TERM)
            and term.source in found
        ):
            found[term.source] += 1
    usual: dict[Words, str] = {}
    for form, number in found.most_common():
        if number < 2:
            break
        if len(words := _folded(form)) > 1:
            usual.setdefault(words, form)
    return usual


def _without_article(form: str) -> str:
    """Return a phrase without the words before the name, which a sentence's beginning raises."""
    while " " in form and form.partition(" ")[0].casefold() in FUNCTION_WORDS:
        form = form.partition(" ")[2]
    return form


def _folded(form: str) -> Words:
    return tuple(word.casefold() for word in WORD.findall(form))


def _is_headline(segment: Segment, text: str) -> bool:
    """Tell whether the text is one of those that raise their words."""
    if segment.role not in HEADINGS:
        return False
    words = [word for word in WORD.findall(text) if word.casefold() not in FUNCTION_WORDS]
    raised = [word for word in words if word[0].isupper()]
    return len(raised) * 3 > len(words) * 2


def _phrases(
    segment: Segment, text: str, by_start: Mapping[Words, list[Words]]
) -> Iterator[tuple[str, Words]]:
    """Yield the phrases of a text that are known with some capitals, where it has some itself."""
    if _is_headline(segment, text):
        return
    matches = list(WORD.finditer(text))
    folded = [match[0].casefold() for match in matches]
    for place in range(len(matches) - 1):
        for phrase in by_start.get((folded[place], folded[place + 1]), ()):
            end = place + len(phrase)
            if tuple(folded[place:end]) == phrase:
                form = text[matches[place].start() : matches[end - 1].end()]
                before = text[: matches[place].start()]
                if _is_raised(form, before) and _is_name(form, before):
                    yield form, phrase


def _is_name(form: str, before: str) -> bool:
    """Tell whether a phrase is more than an acronym with a common noun: ``IP address``."""
    words = form.split()
    own = [
        word for word in words if word[0].isupper() and not (len(word) > 1 and word[1:2].isupper())
    ]
    own = [word for word in own if not any(letter.isupper() for letter in word[1:])]
    return bool(own) or len(words) >= LONG_PHRASE or before[-1:] in tuple("“‘\"'")


LONG_PHRASE = 3


BEGINNING = re.compile(r"[.!?:—–…][”’\"')]*\s*[“‘\"'(]*\Z")


def _is_raised(form: str, before: str) -> bool:
    """Tell whether a phrase has capitals of its own, not only that of a sentence's beginning."""
    if form.isupper():
        return False
    words = form.split()
    if any(word[0].isupper() for word in words[1:]):
        return True
    is_inherent = len(words[0]) > 1 and words[0].isupper()
    begins = not before.strip(" “‘\"'(*") or BEGINNING.search(before)
    return words[0][0].isupper() and (is_inherent or not begins)
