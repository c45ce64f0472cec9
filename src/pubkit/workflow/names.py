"""``pubkit names``: whom and what a document names, and what the termbase lacks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from pubkit.formats.markdown import read_prose
from pubkit.localize import language, same_language
from pubkit.messages import shortened
from pubkit.model import Catalog, Entry, Term, Termbase
from pubkit.names.persons.survey import Proposal, survey_names
from pubkit.names.phrases import survey_phrases
from pubkit.translation import update_catalog
from pubkit.values import dataclass
from pubkit.workflow.catalogs import current_catalog
from pubkit.workflow.project import NAMES, Project, Source, as_source
from pubkit.workflow.saving import update_catalog_file

"""Characters of a text that is shown as evidence."""
EVIDENCE = 3
"""So many texts are enough to judge a proposal."""


class State(StrEnum):
    """What the termbase knows of a name."""

    AGREED = "agreed"
    UNCERTAIN = "uncertain"
    """Someone still has to confirm it."""
    WAITING = "waiting"
    """It has an entry, which is not translated or not reviewed."""
    LACKING = "lacking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name of a document in one language."""

    document: str
    lang: str
    proposal: Proposal
    state: State
    evidence: tuple[str, ...]
    """Texts that have the name, each with its translation."""


def document_names(
    project: Project, documents: Iterable[str] = (), *, languages: Sequence[str] = ()
) -> Iterator[Named]:
    """Yield the names of documents, language by language, in the order in which they occur.

    Args:
        project: Where.
        documents: Which; all if none is named.
        languages: Into which languages; all if none is named.
    """
    for document in project.documents(documents):
        source = as_source(document)
        for lang in languages or project.languages:
            if not same_language(lang, document.lang):
                yield from _names(project, source, lang)


def _names(project: Project, source: Source, lang: str) -> Iterator[Named]:
    catalog = current_catalog(project, source, lang, project.template(source, created=""))
    texts = [_prose(entry) for entry in catalog.live_entries]
    termbase = project.termbase(lang)
    waiting = {term for term in termbase.terms if not term.target}
    for proposal in _proposals(texts, termbase, source.lang, lang):
        yield Named(
            document=source.name,
            lang=lang,
            proposal=proposal,
            state=_state(proposal, waiting),
            evidence=tuple(_evidence(texts[place]) for place in proposal.places[:EVIDENCE]),
        )


def _prose(entry: Entry) -> tuple[str, str]:
    target = entry.msgstr if entry.is_translated else ""
    return read_prose(entry.msgid).text, read_prose(target).text


def _proposals(
    texts: Sequence[tuple[str, str]], termbase: Termbase, source_lang: str, lang: str
) -> list[Proposal]:
    sides = (language(source_lang), language(lang))
    into_chinese = sides[0] == "en"
    found = survey_phrases(texts, termbase, into_chinese=into_chinese)
    if set(sides) == {"en", "zh"}:
        found += survey_names(texts, termbase, into_chinese=into_chinese)
    return sorted(found, key=lambda proposal: proposal.places[0])


def _state(proposal: Proposal, waiting: Iterable[Term]) -> State:
    if any((term.kind, term.source) == (proposal.kind, proposal.name) for term in waiting):
        return State.WAITING
    if proposal.term is None:
        return State.LACKING
    return State.UNCERTAIN if proposal.term.is_uncertain else State.AGREED


def _evidence(text: tuple[str, str]) -> str:
    source, target = map(shortened, text)
    return f"{source} → {target}" if target else source


# ---------------------------------------------------------------- proposals into names.po


def propose_names(project: Project, names: Iterable[Named], *, created: str) -> Iterator[Path]:
    """Add entries for what the termbases lack: fuzzy, with their evidence; yields the files.

    An entry that is there stays as it is, so that a second run adds nothing.

    Raises:
        CatalogError: A file is malformed, or cannot be written.
    """
    by_lang: dict[str, dict[tuple[str, str], Named]] = {}
    for named in names:
        if named.state is State.LACKING:
            key = named.proposal.kind.value, named.proposal.name
            by_lang.setdefault(named.lang, {}).setdefault(key, named)
    template = project.template(Source(NAMES, "", "", ()), created=created)
    for lang, lacking in by_lang.items():
        path = project.catalog_path(NAMES, lang)
        new = update_catalog(None, template, lang=lang)
        change = partial(_with_proposals, new=new, lacking=tuple(lacking.values()))
        config = project.config
        if update_catalog_file(path, change, backup=config.backup, limits=config.limits):
            yield path


def _with_proposals(found: Catalog | None, new: Catalog, lacking: Iterable[Named]) -> Catalog:
    catalog = found or new
    known = {entry.key for entry in catalog.entries}
    added = [entry for entry in map(_entry, lacking) if entry.key not in known]
    live = list(catalog.live_entries)
    obsolete = [entry for entry in catalog.entries if entry.is_obsolete]
    return replace(catalog, entries=(*live, *added, *obsolete))


def _entry(named: Named) -> Entry:
    proposal = named.proposal
    return Entry(
        msgctxt=proposal.kind.value,
        msgid=proposal.name,
        msgstr=proposal.rendering,
        flags=("fuzzy",) if proposal.rendering else (),
        extracted_comments=tuple(f"evidence: {text}" for text in named.evidence),
    )
