"""Does the source write an acronym in two ways?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pubkit.checks.pair import SourceTexts
from pubkit.checks.registry import check
from pubkit.messages import gettext as _
from pubkit.model import Problem, Segment, Severity
from pubkit.names.variants import is_one_slip
from pubkit.patterns import pattern


@check(SourceTexts, severity=Severity.WARNING)
def source_acronym_variant(source: SourceTexts) -> Iterator[Problem]:
    """The source writes an acronym in two ways: a letter more or less, or two in another order.

    Why:
        Readers take them for two institutions; one of them is explained nowhere.

    Bad:
        The Young Merchants (YMSA) met. YSMA will meet; YMSA agreed. → 青年商会（YMSA）再次开会。

    Good:
        The Young Merchants (YMSA) met. YMSA will meet. → 青年商会（YMSA）将再次开会。

    Source:
        House rule: an acronym is introduced once, in brackets; two that both are, are two.
    """
    found, introduced = _acronyms(source)
    if len(found) > MOST_ACRONYMS:
        return
    for rare, usual in _acronym_pairs(found, introduced):
        yield Problem(
            message=_("“{form}” may be a slip of “{usual}”").format(form=rare, usual=usual),
            suggestion=usual,
            at=found[rare][0],
        )


ACRONYM = pattern(r"(?<![A-Za-z0-9_@/.#$%&+-])[A-Z]{2,7}(?=s?(?![A-Za-z0-9_@/#$%&+-]))")
INTRODUCTION = pattern(
    r"[(（]\s?(?:the |以下简称|简称|或|or )?[“\"‘]?([A-Z]{2,7})s?[”\"’]?\s?[)）,;，；]"
    r"|(?<![A-Za-z0-9_-])([A-Z]{2,7})s?\s?[(（](?=[A-Z][a-z]|[a-z]{3,} |[\u4e00-\u9fff])"
)
_WELL_KNOWN = """
    AAA ABS AC ADC AGM AGV AI AIDS AM APEC API APP APR AR ARPU ASEAN ATM AUD AV BA BBA BBC BBS BIM
    BMW BOT BRICS CAD CAE CAGR CAM CAR CASE CAT CBD CBN CCTV CCUS CD CEO CEPA CET CFA CFO CGTN CHF
    CHINA CI CIF CIO CMO CNC CNY COD COE COO COP COVID CPA CPC CPI CPPCC CPU CRM CSR CSSCI CST CT
    CTO DC DHL DIY DJ DNA DOI DVD EB EBIT EBITDA ECG ECMO EDI EEG EMBA EMS EPA EPC EPS ERP ESG ETA
    ETC ETF EU EUR EV EVA FAQ FAST FAX FBI FCL FDA FDI FOB FTA FTP GB GBP GCSE GDP GEM GIS GMAT GMP
    GMT GNP GPA GPS GPT GPU GRE GSP GW HD HDR HIV HK HKD HPV HR HSK HTML HTTP IBM IC ICT ICU ID IDC
    IEA IEC IEEE IELTS ILO IMF IMO INR IOC IOT IP IPO IPR IQ IR ISBN ISO ISP IT ITU IVF JPY JSON
    KOL KPI KRW LAN LCD LCL LED LGBT LLC LLM LLP LNG LOGO LTE MA MBA MBBS MEMS MICE MIT ML MOU MPA
    MPV MR MRI MSC MSCI MTR MW NASA NATO NBA NFC NFT NGO NHS NLP NO NPC NPL OA OCR ODM OECD OEM OK
    OLED OPEC OS OTA OTC OTT PC PCB PCR PCT PDF PE PET PHD PLC PM PMI POS PPI PPP PPT PR PRC PV PVC
    QA QC QDII QR RAM RCEP RFID RGB RMB RNA ROA ROE ROI ROM SAR SARS SCI SCO SDG SDK SEO SGD SIM SMS
    SOE SOP SPA SPF SQL SSCI SUV TB TCM TEU TOEFL TV TWD UAE UAV UHV UI UK UN UNESCO UNICEF UPS URL
    US USA USB USD UTC UV VAT VC VIP VOC VPN VR WAP WEF WHO WIPO WTO WWF XML YOY
"""
WELL_KNOWN = frozenset(_WELL_KNOWN.split())
SHORTEST_ACRONYM = 3
MOST_ACRONYMS = 60
"""Of more, as books about machines have them, many are alike by chance."""


def _acronyms(source: SourceTexts) -> tuple[Mapping[str, list[Segment]], set[str]]:
    """Return the acronyms of the source with their places, and those that are explained."""
    found: defaultdict[str, list[Segment]] = defaultdict(list)
    introduced: set[str] = set()
    for segment, text in source.texts:
        if not ACRONYM.search(text) or (text.isascii() and text.isupper()):
            continue
        for acronym in ACRONYM.findall(text):
            found[acronym].append(segment)
        for match in INTRODUCTION.finditer(text):
            introduced.add(match[1] or match[2])
    return found, introduced


def _acronym_pairs(
    found: Mapping[str, list[Segment]], introduced: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield acronyms that nobody explains or nobody uses, each with one that it is a slip of."""
    usual: defaultdict[str, list[str]] = defaultdict(list)
    for acronym, places in found.items():
        if len(places) > 1:
            for key in _slip_keys(acronym):
                usual[key].append(acronym)
    for acronym, places in found.items():
        if len(acronym) < SHORTEST_ACRONYM or acronym in WELL_KNOWN:
            continue
        is_explained = acronym in introduced
        for other in dict.fromkeys(other for key in _slip_keys(acronym) for other in usual[key]):
            is_other = (other in introduced) != is_explained and not (
                is_explained and len(places) > 1
            )
            if is_other and _is_misspelt_acronym(acronym, other):
                yield acronym, other
                break


def _slip_keys(acronym: str) -> Iterator[str]:
    """Yield keys of which acronyms one slip apart have one in common."""
    yield "".join(sorted(acronym))
    yield acronym
    for place in range(len(acronym)):
        yield acronym[:place] + acronym[place + 1 :]


LONG_ACRONYM = 4


def _is_misspelt_acronym(one: str, usual: str) -> bool:
    if len(usual) < SHORTEST_ACRONYM or one == usual:
        return False
    if len(one) == len(usual):
        is_swapped = sorted(one) == sorted(usual)
        return is_one_slip(one, usual) and (is_swapped or len(one) >= LONG_ACRONYM)
    shorter, longer = sorted((one, usual), key=len)
    # A letter more at the end is another name: PKU, PKUS; a plural: MOU, MOUS.
    return is_one_slip(one, usual) and not longer.startswith(shorter)
