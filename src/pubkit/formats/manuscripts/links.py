"""Which links of a manuscript lead somewhere from a published page."""

from urllib.parse import urlsplit

from pubkit.formats.manuscripts.model import LossKind

SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def kept_link(url: str) -> tuple[str | None, LossKind | None]:
    """Return a link if it is kept, or else the kind of loss that it is.

    Kept are links to the web, to mail and to telephones. One within the document led to a mark
    that is not taken over; one to a file led to the author's own disk.
    """
    url = url.strip()
    if url.startswith("#"):
        return None, LossKind.CROSS_REFERENCE
    try:
        parts = urlsplit(url)
    except ValueError:
        return None, LossKind.LINK
    is_web = parts.scheme.lower() in ("http", "https")
    is_complete = bool(parts.netloc) if is_web else bool(parts.path)
    is_kept = parts.scheme.lower() in SCHEMES and is_complete and "\\" not in url
    return (url, None) if is_kept else (None, LossKind.LINK)
