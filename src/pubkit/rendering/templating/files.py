"""Where templates lie: the publisher's own before pubkit's. No engine is needed to know that."""

from pathlib import Path

from pubkit.errors import Location, RenderingError
from pubkit.messages import gettext as _

PACKAGED_TEMPLATES = Path(__file__).parents[1] / "templates"
TEMPLATE = "release.html.j2"
NEWSROOM_TEMPLATES = (
    "index.html.j2",
    "year.html.j2",
    "keyword.html.j2",
    "languages.html.j2",
    "404.html.j2",
)
"""The pages of a newsroom, around those of its documents."""
LETTER_SUBJECT, LETTER_TEXT, LETTER_PAGE = "letter.subject.j2", "letter.txt.j2", "letter.html.j2"
LETTER_TEMPLATES = (LETTER_PAGE, LETTER_TEXT, LETTER_SUBJECT)
"""The message that brings an edition to a member, as a page, as plain text, and its subject."""
PAGES = (TEMPLATE, *NEWSROOM_TEMPLATES, *LETTER_TEMPLATES)
OWN_PREFIX = "pubkit"
"""``pubkit/release.html.j2`` is the packaged template, also where a publisher has overridden it."""


def find_template(name: str, templates: Path | None = None) -> Path | None:
    """Return the file of a template, the publisher's or pubkit's; None if there is none.

    Args:
        name: Its path, which does not lead out of the folders of templates.
        templates: The publisher's own templates.
    """
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or ".." in parts:
        return None
    candidates = [PACKAGED_TEMPLATES.joinpath(*parts)]
    if templates:
        candidates.insert(0, templates.joinpath(*parts))
    if parts[0] == OWN_PREFIX:
        candidates.append(PACKAGED_TEMPLATES.joinpath(*parts[1:]))
    return next((path for path in candidates if path.is_file()), None)


def read_source(path: Path) -> str:
    """Return the text of a template.

    Raises:
        RenderingError: It is not in UTF-8.
    """
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise RenderingError(
            _("The template cannot be used: {reason}").format(reason=error),
            location=Location(str(path)),
            remedy=_("Mend it, or remove it to use pubkit's own"),
        ) from None
