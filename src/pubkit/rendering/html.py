"""A page becomes HTML: one file, complete but for its pictures.

The template engine is imported when a page is made: most of those who ask for a page make none.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pubkit.model import Document
from pubkit.rendering.page import Setting, template_context
from pubkit.rendering.templating.files import TEMPLATE


def render_html(document: Document, *, setting: Setting) -> str:
    """Return the page of a document in its language.

    Raises:
        RenderingError: A template is missing or wrong; the error names its file and line.
    """
    from pubkit.rendering.templating.environment import environment_for, template_errors

    read = partial(read_template, templates=setting.templates)
    with template_errors():
        context = template_context(document, setting=setting, read_template=read)
        return environment_for(setting.templates).get_template(TEMPLATE).render(context)


def render_template(
    name: str, context: Mapping[str, object], *, templates: Path | None = None
) -> str:
    """Return what a template makes of its values.

    Args:
        name: The template, the publisher's or pubkit's.
        context: All that it sees.
        templates: The publisher's own templates.

    Raises:
        RenderingError: The template is missing or wrong; the error names its file and line.
    """
    from pubkit.rendering.templating.environment import environment_for, template_errors

    with template_errors():
        return environment_for(templates).get_template(name).render(context)


def read_template(name: str, *, templates: Path | None = None) -> str:
    """Return the text of a file of the templates, such as a style sheet."""
    from pubkit.rendering.templating.environment import template_errors, template_text

    with template_errors():
        return template_text(name, templates)
