"""What each command does, in a line: for the list of commands, which imports none of them."""

from pubkit.messages import gettext as _


def summaries() -> dict[str, str]:
    """Return the commands in the order of a report's life, each with what it does."""
    return {
        "init": _("Make a new project that renders at once."),
        "import": _("Take translations that came back, or make a source document of a file."),
        "extract": _("Bring the catalogs up to date with the source."),
        "convert": _("Make a catalog UTF-8 that was saved in another encoding."),
        "names": _("List the names of a document, and what names.po lacks."),
        "export": _("Write files for translators and reviewers who do not use gettext."),
        "status": _("Show how far each language is."),
        "check": _("Report what is wrong with the translations."),
        "explain": _("Explain a check, with examples."),
        "render": _("Make HTML and PDF editions."),
        "send": _("Send the editions to the members, each in their language."),
        "doctor": _("Look whether the machine and the files are fit."),
    }


def summary(name: str) -> str:
    """Return what a command does."""
    return summaries()[name]
