"""``pubkit check --fix``: mend what is safe to mend, in a project's catalogs."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from pubkit.checks.runner import check_catalog
from pubkit.localize import same_language
from pubkit.workflow.check_files import Fixed, fix_file
from pubkit.workflow.project import Project
from pubkit.workflow.report import EVERYTHING, Selection


def fix_project(
    project: Project,
    names: Iterable[str] = (),
    *,
    languages: Sequence[str] = (),
    selection: Selection = EVERYTHING,
) -> Iterator[Fixed]:
    """Mend the catalogs of documents; names are never touched."""
    wanted = tuple(names)
    sources = project.sources(wanted)
    for source in sources[1:] if wanted else sources:
        for lang in languages or project.languages:
            path = project.catalog_path(source.name, lang)
            if path.exists() and not same_language(lang, source.lang):
                check = partial(
                    check_catalog,
                    termbase=project.termbase(lang),
                    source_lang=source.lang,
                    ignore=project.config.checks.ignore,
                    spacing=project.config.checks.spacing,
                )
                config = project.config
                yield from fix_file(path, selection, check, config.backup, config.limits)
