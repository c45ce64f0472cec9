"""Faults in the names of organizations."""

from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.seams import without
from benchmarks.checks.mutators.spellings import STRANGERS, stranger
from benchmarks.checks.sites import Place, Site
from pubkit.model import TermKind

HEADS = {
    "大学": "学院",
    "学院": "医院",
    "医院": "诊所",
    "研究院": "学院",
    "研究所": "实验室",
    "实验室": "基金会",
    "公司": "协会",
    "集团": "协会",
    "银行": "公司",
    "协会": "基金会",
    "学会": "基金会",
    "基金会": "协会",
    "联盟": "委员会",
    "委员会": "基金会",
    "中心": "学校",
    "博物馆": "图书馆",
    "图书馆": "博物馆",
    "出版社": "报社",
    "局": "所",
    "部": "局",
    "处": "局",
    "科": "处",
    "乐团": "剧团",
    "港": "机场",
}
LATIN_HEADS = {
    "University": "Hospital",
    "College": "Hospital",
    "School": "Hospital",
    "Hospital": "School",
    "Institute": "Hospital",
    "Laboratory": "Foundation",
    "Bank": "Foundation",
    "Company": "Association",
    "Group": "Association",
    "Association": "Foundation",
    "Society": "Foundation",
    "Foundation": "Association",
    "Committee": "Foundation",
    "Commission": "Foundation",
    "Center": "School",
    "Centre": "School",
    "Bureau": "Institute",
    "Ministry": "Bureau",
    "Department": "Institute",
    "Office": "School",
    "Fund": "Bank",
    "Library": "Museum",
    "Museum": "Library",
}


@fault(Group.ORGANIZATIONS, "wrong-organization", "missing-organization")
def organization_with_other_head(site: Site) -> Iterator[str]:
    """A hospital has become a clinic, an association a foundation."""
    for place in site.organizations:
        for other in _with_other_head(place.form, HEADS if site.is_chinese else LATIN_HEADS):
            if not _is_agreed(other, site):
                yield site.replace_place(place, other)


@fault(Group.ORGANIZATIONS, "wrong-organization", "inconsistent-name", lang="zh")
def organization_with_wrong_character(site: Site) -> Iterator[str]:
    """One character of an organization's name is another one."""
    for place in site.organizations:
        han = [position for position, letter in enumerate(place.form) if "一" <= letter <= "鿿"]
        character = stranger(site, place.form, STRANGERS)
        if len(han) >= 4 and character:
            position = site.random.choice(han[: len(han) - 2])
            other = place.form[:position] + character + place.form[position + 1 :]
            yield site.replace_place(place, other)


@fault(Group.ORGANIZATIONS, "wrong-organization", "missing-organization")
def organization_of_other_name(site: Site) -> Iterator[str]:
    """Another organization of the document stands in its place."""
    others = [
        term.target
        for term in site.document.terms(TermKind.ORGANIZATION)
        if term not in site.mentioned and term.target not in site.target
    ]
    for place in site.organizations:
        for other in site.shuffled(others):
            if place.form not in other and other not in place.form:
                yield site.replace_place(place, other)


@fault(
    Group.ORGANIZATIONS,
    "untranslated-organization",
    "untranslated-name",
    "source-left-over",
    "wrong-script",
)
def organization_left_in_source_form(site: Site) -> Iterator[str]:
    """An organization stands in the translation as in the source."""
    for place in site.organizations:
        if place.source_form not in site.target and not _is_acronym(place.source_form):
            text = site.replace_place(place, place.source_form)
            if not _is_named(place, text):  # a source form beside the agreed one may stay
                yield text


@fault(
    Group.ORGANIZATIONS,
    "untranslated-organization",
    "untranslated-name",
    "missing-organization",
    "source-left-over",
    lang="zh",
)
def acronym_left_in_source_form(site: Site) -> Iterator[str]:
    """An organization's acronym stands alone where the translation should write its name."""
    for place in site.organizations:
        forms = (place.source_form, *place.term.aliases)
        for acronym in filter(_is_acronym, forms):
            text = site.replace_place(place, acronym)
            is_alone = not _is_named(place, text)
            if acronym in site.source and acronym not in site.target and is_alone:
                yield text


@fault(Group.ORGANIZATIONS, "missing-organization")
def organization_dropped(site: Site) -> Iterator[str]:
    """An organization is left out of the translation."""
    for place in site.organizations:
        forms = _short_forms(place)
        text = without(place, site)
        if text and not _is_named(place, text) and not any(form in text for form in forms):
            yield text


@fault(
    Group.ORGANIZATIONS,
    "wrong-organization",
    "untranslated-organization",
    "missing-organization",
    "source-left-over",
)
def acronym_letters_exchanged(site: Site) -> Iterator[str]:
    """Two letters of an acronym have changed places."""
    for match in site.matches(r"(?<![A-Za-z0-9])[A-Z]{3,6}(?![A-Za-z0-9])"):
        letters = match[0]
        pairs = [place for place in range(len(letters) - 1) if letters[place] != letters[place + 1]]
        for place in site.shuffled(pairs):
            other = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
            if other not in site.source and _is_of_organization(letters, site):
                yield site.substitute(match, other)


# ---------------------------------------------------------------- forms of an organization


def _with_other_head(form: str, heads: dict[str, str]) -> Iterator[str]:
    for head in sorted(heads, key=len, reverse=True):
        if form.endswith(head):
            yield form.removesuffix(head) + heads[head]
            return
        if head.isascii() and form.startswith(f"{head} "):
            yield heads[head] + form.removeprefix(head)
            return


def _is_named(place: Place, text: str) -> bool:
    """Tell whether a text has an agreed form of the organization."""
    return any(form in text for form in (place.term.target, *place.term.renderings))


def _is_agreed(form: str, site: Site) -> bool:
    return any(form in (term.target, *term.renderings) for term in site.document.termbase.terms)


def _is_acronym(form: str) -> bool:
    return form.isascii() and form.isalnum() and sum(letter.isupper() for letter in form) >= 2


def _is_of_organization(acronym: str, site: Site) -> bool:
    organizations = site.document.terms(TermKind.ORGANIZATION)
    forms = {
        form for term in organizations for form in (term.target, *term.renderings, *term.aliases)
    }
    return acronym in forms and acronym in site.source + site.target


def _short_forms(place: Place) -> tuple[str, ...]:
    """Return what the text may call the organization beside its name."""
    return tuple(form for form in (place.source_form, *place.term.aliases) if _is_acronym(form))
