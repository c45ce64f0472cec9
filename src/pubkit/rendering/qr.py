"""The square code that leads from a printed page to its edition on the web.

The only importer of segno.
"""

from markupsafe import Markup

LONGEST = 300
"""Characters: a longer address makes a code that no telephone reads at this size."""


def qr_code(address: str, *, title: str) -> Markup:
    """Return the code of an address as an SVG image, or nothing if it would be too dense.

    Args:
        address: Where the code leads.
        title: What those are told who cannot see it.

    Source:
        ISO/IEC 18004, 6.3.8: a margin of four modules, here that of the panel included.
    """
    if len(address) > LONGEST:
        return Markup()
    from segno import make_qr

    code = make_qr(address, error="m")
    return Markup(  # noqa: S704
        code.svg_inline(
            border=2,
            title=title,
            svgclass="qr",
            lineclass=None,
            omitsize=True,
            dark="#000",
            light="#fff",
        )
    )
