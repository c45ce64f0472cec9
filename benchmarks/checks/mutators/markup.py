"""Faults in inline Markdown, links, footnotes and placeholders."""

import re
from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site

LINK = re.compile(r"\[(?P<text>[^\[\]^][^\[\]]*)\]\((?P<address>[^()\s]+)\)")
ADDRESS = re.compile(r"https?://[^\s，。）)、；]+|(?<=\]\()[^()\s]+")
EMAIL = re.compile(r"(?<!/)\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]]+)\]")
STRONG = re.compile(r"\*\*(?P<text>[^*]+)\*\*")
STRESS = re.compile(r"(?<!\*)\*(?P<text>[^*\s][^*]*)\*(?!\*)")
CODE = re.compile(r"`(?P<text>[^`]+)`")
PLACEHOLDER = re.compile(r"\{(?P<name>\w+)\}|%\((?P<old>\w+)\)s|%[sd]")


def _found(pattern: re.Pattern[str], site: Site) -> list[re.Match[str]]:
    return site.shuffled(pattern.finditer(site.target))


@fault(Group.MARKUP, "link")
def link_address_changed(site: Site) -> Iterator[str]:
    """A link leads elsewhere."""
    for match in _found(ADDRESS, site):
        letters = [place for place, letter in enumerate(match[0]) if letter.islower() and place > 8]
        for place in site.shuffled(letters):
            other = "x" if match[0][place] != "x" else "y"
            yield site.substitute(match, match[0][:place] + other + match[0][place + 1 :])


@fault(Group.MARKUP, "link", "inline-markup")
def link_dropped(site: Site) -> Iterator[str]:
    """A link has become plain text."""
    for match in _found(LINK, site):
        yield site.substitute(match, match["text"])


@fault(Group.MARKUP, "link", "inline-markup")
def link_broken(site: Site) -> Iterator[str]:
    """A link has lost a bracket, or got full-width ones."""
    for match in _found(LINK, site):
        broken = f"[{match['text']}]（{match['address']}）"
        yield site.substitute(match, site.random.choice((broken, match[0][:-1])))


@fault(Group.MARKUP, "link")
def email_address_changed(site: Site) -> Iterator[str]:
    """An e-mail address has another letter."""
    for match in _found(EMAIL, site):
        if match[0] in site.source:
            yield site.substitute(
                match, "x" + match[0][1:] if match[0][0] != "x" else "y" + match[0][1:]
            )


@fault(Group.MARKUP, "placeholder")
def placeholder_changed(site: Site) -> Iterator[str]:
    """A placeholder has another name."""
    for match in _found(PLACEHOLDER, site):
        yield site.substitute(match, match[0].replace("s", "d") if match[0] == "%s" else "{名称}")


@fault(Group.MARKUP, "emphasis", "inline-markup")
def emphasis_dropped(site: Site) -> Iterator[str]:
    """Bold or italic text has become plain."""
    for pattern in site.shuffled((STRONG, STRESS)):
        for match in _found(pattern, site):
            if not match["text"].startswith("《"):  # the marks of a work replace its italics
                yield site.substitute(match, match["text"])


@fault(Group.MARKUP, "emphasis", "inline-markup", "foreign-markup")
def emphasis_added(site: Site) -> Iterator[str]:
    """Plain text has become bold."""
    for match in site.matches("[\u4e00-\u9fff]{4}" if site.is_chinese else r"\b[a-z]{5,}\b"):
        if "*" not in site.target:
            yield site.substitute(match, f"**{match[0]}**")


@fault(Group.MARKUP, "emphasis", "inline-markup")
def emphasis_not_parsed(site: Site) -> Iterator[str]:
    """Asterisks are printed, because a space or only one mark stands beside the text."""
    for match in _found(STRONG, site):
        text = match["text"]
        yield site.substitute(
            match, site.random.choice((f"** {text} **", f"**{text}*", f"**{text}"))
        )


@fault(Group.MARKUP, "emphasis", "inline-markup")
def emphasis_changed(site: Site) -> Iterator[str]:
    """Bold text has become italic."""
    for match in _found(STRONG, site):
        yield site.substitute(match, f"*{match['text']}*")


@fault(Group.MARKUP, "footnote")
def footnote_dropped(site: Site) -> Iterator[str]:
    """The mark of a footnote is lost."""
    for match in _found(FOOTNOTE, site):
        yield site.substitute(match, "")


@fault(Group.MARKUP, "footnote")
def footnote_changed(site: Site) -> Iterator[str]:
    """The mark of a footnote points to another one."""
    for match in _found(FOOTNOTE, site):
        yield site.substitute(match, "[^9]" if match["name"] != "9" else "[^8]")


@fault(Group.MARKUP, "footnote", "link", "inline-markup", "brackets", "punctuation-width")
def footnote_broken(site: Site) -> Iterator[str]:
    """The mark of a footnote has full-width brackets, or no caret."""
    for match in _found(FOOTNOTE, site):
        yield site.substitute(
            match, site.random.choice((f"【^{match['name']}】", f"[{match['name']}]"))
        )


@fault(Group.MARKUP, "inline-markup", "emphasis")
def code_dropped(site: Site) -> Iterator[str]:
    """Code has become plain text."""
    for match in _found(CODE, site):
        yield site.substitute(match, match["text"])


@fault(Group.MARKUP, "foreign-markup", "inline-markup")
def html_added(site: Site) -> Iterator[str]:
    """Raw HTML stands in the translation."""
    for match in site.matches("[\u4e00-\u9fff]{2}" if site.is_chinese else r"\b[a-z]{5,}\b"):
        tags = (f"<b>{match[0]}</b>", f"{match[0]}<br/>", f'<font color="red">{match[0]}</font>')
        yield site.substitute(match, site.random.choice(tags))


@fault(Group.MARKUP, "foreign-markup", "placeholder")
def template_syntax_added(site: Site) -> Iterator[str]:
    """Template syntax stands in the translation."""
    for match in site.matches("[\u4e00-\u9fff]{2}" if site.is_chinese else r"\b[a-z]{5,}\b"):
        yield site.substitute(match, site.random.choice(("{{ name }}", "{% if x %}", "${name}")))


@fault(Group.MARKUP, "foreign-markup", "link", "inline-markup")
def link_added(site: Site) -> Iterator[str]:
    """A link stands in the translation that the source does not have."""
    for match in site.matches("[\u4e00-\u9fff]{2}" if site.is_chinese else r"\b[a-z]{5,}\b"):
        yield site.substitute(match, f"[{match[0]}](https://elsewhere.example/)")


@fault(Group.MARKUP, "foreign-markup")
def block_marker_added(site: Site) -> Iterator[str]:
    """The translation begins with the mark of a heading, a list or a quotation."""
    if not re.match(r"[#>*+-]|\d+\.", site.target):
        yield site.random.choice(("# ", "- ", "> ", "## ")) + site.target
