"""Is this machine able to make editions? What is missing, and the one command that installs it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pubkit.messages import gettext as _
from pubkit.model import Condition
from pubkit.rendering.engine import load_weasyprint
from pubkit.rendering.faces.examination import misnumbered_files
from pubkit.rendering.pdf import missing_packages
from pubkit.rendering.typefaces import NO_CHOICE, Typeface, stack_families

PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0")
SUBSET_PACKAGE = "libharfbuzz-subset0"


def examine_machine(
    langs: Iterable[str], typefaces: Mapping[str, Typeface] = NO_CHOICE
) -> tuple[Condition, ...]:
    """Return what the editions in these languages need, met or not."""
    pango = Condition(
        name=_("Pango, which sets the lines of a PDF"),
        is_met=_has_pango(),
        packages=PANGO_PACKAGES,
        reason=_("no PDF can be made"),
    )
    if not pango.is_met:
        return (pango,)
    lacking = tuple(missing_packages(set(langs), typefaces))
    misnumbered = misnumbered_files(stack_families(langs, typefaces))
    return (
        pango,
        Condition(
            name=_("HarfBuzz subset, which makes fonts small"),
            is_met=_has_subsetter(),
            packages=(SUBSET_PACKAGE,),
            reason=_("a Chinese PDF takes ten times as long"),
        ),
        Condition(
            name=_("Fonts for {languages}").format(languages=", ".join(langs)),
            is_met=not lacking,
            packages=lacking,
            reason=_("editions in these languages are refused"),
        ),
        *map(_misnumbered, misnumbered),
    )


def _misnumbered(path: Path) -> Condition:
    return Condition(
        name=_("The numbers of glyphs in {font}").format(font=path.name),
        is_met=False,
        is_needed=False,
        reason=_("MuPDF shows wrong characters in their place"),
        remedy=_("Install the whole font of its maker instead of an edition for one region"),
    )


def _has_pango() -> bool:
    try:
        load_weasyprint()
    except OSError:
        return False
    return True


def _has_subsetter() -> bool:
    from weasyprint.text.ffi import harfbuzz_subset

    return harfbuzz_subset is not None
