"""Encodings that pages declare, read as browsers read them."""

from pubkit.errors import Location, SourceError
from pubkit.messages import gettext as _

DECLARED = {
    **dict.fromkeys(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"), None),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "cp1252"), "cp1252"),
    **{f"windows-{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso-8859-{number}": f"iso8859_{number}" for number in (*range(2, 12), *range(13, 17))},
    "iso-2022-jp": "iso2022_jp",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "macintosh": "mac_roman",
}
"""Which encoding a page is read in that declares one, as browsers do; None stands for UTF-8.

Python knows others in which letters can be hidden, such as UTF-7.

Source:
    WHATWG, Encoding Standard, 4.2 "Names and labels".
"""


def declared(name: str, *, path: str) -> str | None:
    """Return the encoding that a page declares; None for UTF-8.

    Raises:
        SourceError: No browser reads it.
    """
    try:
        return DECLARED[name.lower()]
    except KeyError:
        raise SourceError(
            _("The page says that it is in “{name}”, which is not read").format(name=name),
            location=Location(path),
            remedy=_("Save it as UTF-8, or say in which encoding it is: --encoding gb18030"),
        ) from None
