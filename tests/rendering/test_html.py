"""The page of a document: its language, its parts, its templates."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import StrictUndefined, nodes

from pubkit.colours import contrast
from pubkit.errors import Location, RenderingError, SourceError
from pubkit.rendering.html import render_html
from pubkit.rendering.page import Alternate, waiting_segments
from pubkit.rendering.templating import environment as environment_module
from pubkit.rendering.templating.files import PACKAGED_TEMPLATES
from pubkit.rendering.templating.labels import find_labels
from tests.conftest import REPOSITORY

from .conftest import BODY, FRONT_MATTER, Sample, Texts

MakeSample = Callable[..., Sample]
BASE = "https://news.example.org/releases"


def page_of(sample: Sample) -> str:
    """Return the page of a sample, without its style sheets."""
    html = render_html(sample.document, setting=sample.setting)
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("lang", "opening"),
    [
        ("en", '<html lang="en" dir="ltr" class="Latn  spaced">'),
        ("zh", '<html lang="zh-CN" dir="ltr" class="Hans han cjk">'),
        ("ar", '<html lang="ar" dir="rtl" class="Arab  spaced">'),
        ("ja", '<html lang="ja" dir="ltr" class="Jpan  cjk">'),
    ],
)
def test_page_says_its_language_and_direction(
    make_sample: MakeSample, lang: str, opening: str
) -> None:
    """Browsers, screen readers and fonts depend on it."""
    assert opening in page_of(make_sample(Texts(lang=lang)))


def test_page_has_one_h1_and_headings_in_order(make_sample: MakeSample) -> None:
    """A reader who jumps from heading to heading misses no level."""
    page = page_of(make_sample(Texts(body=BODY + "\n### Part\n\nText.\n")))
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]

    assert levels == [1, 2, 3, 2, 2]


def test_page_has_landmarks_and_skip_link(make_sample: MakeSample) -> None:
    """The first link leads past the masthead."""
    page = page_of(make_sample())

    assert page.index('<a class="skip" href="#release">') < page.index("<header")
    for landmark in ('<main id="release" tabindex="-1">', "<article>", "<nav ", "<footer "):
        assert page.count(landmark) == 1


def test_page_with_base_url_names_all_its_languages(make_sample: MakeSample) -> None:
    """Search engines find each language, and the source for all others."""
    page = page_of(make_sample(Texts(lang="zh"), base_url=BASE))

    assert f'<link rel="canonical" href="{BASE}/zh/report.html">' in page
    assert f'hreflang="en" href="{BASE}/en/report.html">' in page
    assert f'hreflang="zh-CN" href="{BASE}/zh/report.html">' in page
    assert f'hreflang="x-default" href="{BASE}/en/report.html">' in page
    assert '<meta property="og:locale" content="zh_CN">' in page
    assert '<meta property="og:locale:alternate" content="en_US">' in page
    assert f'<meta property="og:image" content="{BASE}/zh/pictures/hall.jpg">' in page


def test_page_without_base_url_has_relative_links(make_sample: MakeSample) -> None:
    """Nothing is said of an address that nobody knows."""
    page = page_of(make_sample())

    assert "canonical" not in page
    assert "og:image" not in page
    assert '<a href="../zh/report.html" hreflang="zh-CN" lang="zh-CN">中文' in page


def structured_data(page: str) -> dict[str, object]:
    """Return what the page tells search engines."""
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert match
    data: dict[str, object] = json.loads(match[1])
    return data


def test_structured_data_relates_translation_and_source(make_sample: MakeSample) -> None:
    """The source lists its translations; a translation names its source."""
    source = structured_data(page_of(make_sample(base_url=BASE)))
    translation = structured_data(page_of(make_sample(Texts(lang="zh"), base_url=BASE)))

    assert source["inLanguage"] == "en"
    assert source["datePublished"] == "2023-07-10"
    assert source["workTranslation"] == [
        {"@type": "NewsArticle", "@id": f"{BASE}/zh/report.html", "inLanguage": "zh-CN"}
    ]
    assert translation["inLanguage"] == "zh-CN"
    assert translation["translationOfWork"] == {
        "@type": "NewsArticle",
        "@id": f"{BASE}/en/report.html",
        "inLanguage": "en",
    }


def test_page_with_hostile_title_keeps_its_shape(make_sample: MakeSample) -> None:
    """A title ends neither script nor style nor attribute."""
    hostile = '</script></style>"><script>alert(1)</script>'
    front = FRONT_MATTER.replace("Alliance holds its first conference", f"'{hostile}'")
    sample = make_sample(Texts(front_matter=front))
    html = render_html(sample.document, setting=sample.setting)

    assert html.count("<script") == 1
    assert html.count("</style>") == html.count("<style")
    assert structured_data(html)["headline"] == hostile


@pytest.mark.parametrize(
    ("lang", "dateline"),
    [
        ("en", '<span class="dateline">SHENZHEN, China, July 7</span> — The <em>first</em>'),
        ("zh", '<span class="dateline">SHENZHEN, China, July 7</span>The <em>first</em>'),
    ],
)
def test_dateline_runs_into_the_lead(make_sample: MakeSample, lang: str, dateline: str) -> None:
    """A dash follows it, in Chinese a gap that the style sheet draws."""
    assert f'<p class="lead">{dateline}' in page_of(make_sample(Texts(lang=lang)))


def test_end_mark_in_chinese_ends_the_last_paragraph(make_sample: MakeSample) -> None:
    """Chinese runs it on; other languages give it a line."""
    end = "— ENDS —"
    chinese = page_of(make_sample(Texts(lang="zh", translations={end: "（完）"})))
    english = page_of(make_sample())

    assert '<p>The last word.<span class="end-mark">（完）</span></p>' in chinese
    assert f'<p class="end"><span class="end-mark">{end}</span></p>' in english
    assert 'class="end"' not in chinese


def test_end_mark_stands_after_pictures_and_before_notes(make_sample: MakeSample) -> None:
    """Text and pictures end there; notes are an appendix."""
    body = "Text.[^1]\n\n![A](pictures/hall.jpg)\nCaption\n\n[^1]: Note.\n"
    page = page_of(make_sample(Texts(body=body)))

    assert page.index("<figure") < page.index('class="end"') < page.index("Note.")


def test_end_mark_after_a_table_has_its_own_line(make_sample: MakeSample) -> None:
    """A text that does not end in a paragraph has nothing to run the mark on to."""
    page = page_of(make_sample(Texts(lang="zh", body="Text.\n\n- point\n")))

    assert page.count('<p class="end">') == 1


@pytest.mark.parametrize(
    ("count", "rows"), [(1, [1]), (2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (7, [3, 2, 2])]
)
def test_figures_in_sequence_stand_in_rows(
    make_sample: MakeSample, count: int, rows: list[int]
) -> None:
    """Rows have two or three figures; a figure stands alone only if it is alone."""
    body = "Text.\n\n" + "![A](pictures/hall.jpg)\nCaption\n\n" * count
    page = page_of(make_sample(Texts(body=body)))

    assert rows == [int(number) for number in re.findall(r'class="figures of-(\d)"', page)]


def test_figure_has_number_caption_credit_and_alternative(make_sample: MakeSample) -> None:
    """The first picture leads the page, before the lead paragraph."""
    page = page_of(make_sample(pictures="../"))
    hero = page[page.index('class="figures hero"') : page.index('class="lead"')]

    assert '<img src="../pictures/hall.jpg" alt="Heads in a hall"' in hero
    assert '<span class="number">Photo 1</span> The hall' in hero
    assert '<span class="credit">Photo: School</span>' in hero


def test_alternative_text_untranslated_says_its_language(make_sample: MakeSample) -> None:
    """A screen reader pronounces it as what it is."""
    page = page_of(make_sample(Texts(lang="zh", is_complete=False)))

    assert 'alt="Heads in a hall" lang="en" ' in page


def test_embargo_replaces_immediate_release(make_sample: MakeSample) -> None:
    """A page never says both."""
    front = FRONT_MATTER.replace("reference:", 'embargo: "2023-07-10T10:00+00:00"\nreference:')
    embargoed = page_of(make_sample(Texts(front_matter=front)))
    immediate = page_of(make_sample())

    assert "Embargoed until July 10, 2023" in embargoed
    assert "For immediate release" not in embargoed
    assert "For immediate release" in immediate


def test_draft_says_how_many_texts_wait(make_sample: MakeSample) -> None:
    """The count includes the labels of the page; a finished edition says nothing."""
    sample = make_sample(Texts(lang="zh", is_complete=False, translations={"DRAFT": "草稿"}))
    waiting = len(waiting_segments(sample.document, setting=sample.setting))
    draft = page_of(sample)

    assert f"review: {waiting}</span>" in draft
    assert "<strong>草稿</strong>" in draft
    assert "Alliance holds its first conference</span></h1>" in draft
    assert 'class="draft"' not in page_of(make_sample(Texts(lang="zh")))


def test_contact_address_that_is_no_web_address_is_no_link(make_sample: MakeSample) -> None:
    """Only http and https become links."""
    front = FRONT_MATTER.replace("phone:", "url: 'javascript:alert(1)', phone:")

    assert "javascript:" not in page_of(make_sample(Texts(front_matter=front)))


# ---------------------------------------------------------------- guests, notes, contacts, code

GUESTS = """guests:
- {name: Yu Fan, title: 'Huawei & Co.', topic: MindSpore}
- {name: Pan Feng}
"""


def with_fields(fields: str, body: str = "First.\n\nLast.\n", lang: str = "en") -> Texts:
    """Return the sample with further front matter."""
    front = FRONT_MATTER.replace("reference:", fields + "reference:")
    return Texts(front_matter=front, body=body, lang=lang)


def test_guests_become_a_table_with_scopes(make_sample: MakeSample) -> None:
    """Names head their rows; a column that no guest fills is not there."""
    page = page_of(make_sample(with_fields(GUESTS)))
    plain = page_of(make_sample(with_fields("guests: [{name: Yu Fan}]\n")))

    assert '<th scope="row">Yu Fan</th><td>Huawei &amp; Co.</td><td>MindSpore</td>' in page
    assert '<th scope="row">Pan Feng</th><td></td><td></td>' in page
    assert page.count('<th scope="col">') == 3
    assert plain.count('<th scope="col">') == 1


def test_guests_stand_where_the_author_says_or_after_the_text(make_sample: MakeSample) -> None:
    """The end mark follows them if they end the text."""
    body = "First.\n\n<!-- pubkit:guests -->\n\nLast.\n"
    placed = page_of(make_sample(with_fields(GUESTS, body)))
    usual = page_of(make_sample(with_fields(GUESTS)))

    assert placed.index("First.") < placed.index("<table") < placed.index("Last.")
    assert usual.index("Last.") < usual.index("<table") < usual.index('class="end"')
    assert placed.count("<table") == usual.count("<table") == 1


@pytest.mark.parametrize(
    ("fields", "body", "fault"),
    [
        ("", "First.\n\n<!-- pubkit:guests -->\n", "has no guests"),
        (GUESTS, "A.\n\n<!-- pubkit:guests -->\n\nB.\n\n<!-- pubkit:guests -->\n", "or twice"),
        (GUESTS, "> A.\n>\n> <!-- pubkit:guests -->\n", "within another block"),
        (GUESTS, "A <!-- pubkit:guests --> B.\n", "within a text"),
    ],
)
def test_place_of_guests_that_cannot_be_obeyed_is_refused(
    make_sample: MakeSample, fields: str, body: str, fault: str
) -> None:
    """Nothing is lost in silence."""
    with pytest.raises(SourceError, match=fault):
        make_sample(with_fields(fields, body))


def test_notes_to_editors_stand_below_the_end(make_sample: MakeSample) -> None:
    """They are no part of the text; emphasis and links are allowed."""
    notes = "notes: ['*Pictures*: see [the site](https://a.example).', Two.]\n"
    page = page_of(make_sample(with_fields(notes)))

    assert page.index('class="end"') < page.index("Notes to editors") < page.index("Keywords")
    assert '<p><em>Pictures</em>: see <a href="https://a.example">the site</a>.</p>' in page


def test_each_contact_keeps_its_own_address(make_sample: MakeSample) -> None:
    """The second is not mixed up with the first."""
    contacts = "contact: [{name: A, phone: 1}, {email: b@b.example, name: B}, {name: C}]\n"
    front = re.sub("contact: .*\n", contacts, FRONT_MATTER)
    page = page_of(make_sample(Texts(front_matter=front)))
    parts = [part.partition("</div>")[0] for part in page.split('<div class="contact">')[1:]]
    found = [re.sub(r"<[^>]*>", " ", part).split() for part in parts]

    assert found == [["A", "1"], ["B", "b@b.example"], ["C"]]


def test_code_leads_to_the_web_edition_if_its_address_is_known(make_sample: MakeSample) -> None:
    """It says what it is to those who cannot see it."""
    known = page_of(make_sample(Texts(lang="zh"), base_url=BASE))

    assert f'<p class="web-edition"><a href="{BASE}/zh/report.html"><svg ' in known
    assert "<title>Code that leads to this text on the web</title>" in known
    assert "web-edition" not in page_of(make_sample())


def test_table_says_which_cells_are_heads_of_columns(make_sample: MakeSample) -> None:
    """An empty one is no head."""
    page = page_of(make_sample(Texts(body="Text.\n\n| | B |\n|--|--|\n| 1 | 2 |\n")))

    assert re.search(r'<td>\s*</td>\s*<th scope="col">B</th>', page)


# ---------------------------------------------------------------- templates


def test_labels_are_found_with_their_comments() -> None:
    """Translators see each label once, with what the template says of it."""
    labels = {label.msgid: label for label in find_labels()}

    assert "Page {page} of {pages}" in labels
    assert labels["Ref. {reference}"].comments
    assert len(labels) == len(find_labels())


def test_labels_of_an_overriding_template_are_found(tmp_path: Path) -> None:
    """Only templates in use count, the packaged ones that they build on included."""
    (tmp_path / "release.html.j2").write_text(
        '{% extends "pubkit/release.html.j2" %}'
        '{% block foot %}{{ label("Follow us", comment="A link") }}{% endblock %}'
    )
    (tmp_path / "other.html.j2").write_text('{{ label("Not in use") }}')
    msgids = {label.msgid for label in find_labels(tmp_path)}

    assert {"Follow us", "Press release"} <= msgids
    assert "Not in use" not in msgids


def test_browser_paints_around_the_page_in_its_colours(
    make_sample: MakeSample, tmp_path: Path
) -> None:
    """Light and dark, also if a publisher has another paper."""
    (tmp_path / "publisher.css").write_text(":root { --paper: #fffaf0; }")
    own = page_of(make_sample())
    other = page_of(make_sample(templates=tmp_path))

    assert '"(prefers-color-scheme: light)" content="#fff">' in own
    assert '"(prefers-color-scheme: light)" content="#fffaf0">' in other
    assert '"(prefers-color-scheme: dark)" content="#15171a">' in own


def test_template_of_the_publisher_wins_by_name(make_sample: MakeSample, tmp_path: Path) -> None:
    """A style sheet and one block of the page can be replaced without the rest."""
    (tmp_path / "tokens.css").write_text(":root { --accent: #123456; }")
    (tmp_path / "release.html.j2").write_text(
        '{% extends "pubkit/release.html.j2" %}{% block foot %}<footer>Own</footer>{% endblock %}'
    )
    sample = make_sample(templates=tmp_path)
    html = render_html(sample.document, setting=sample.setting)

    assert "--accent: #123456" in html
    assert "--accent: #8c1d24" not in html
    assert "<footer>Own</footer>" in html
    assert "Materials drive society" in html


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("one\n{% if %}", 2, "Expected an expression"),
        ("one\ntwo\n{{ nothing }}", 3, "'nothing' is undefined"),
        ("one\n{{ document.nothing }}", 2, "nothing"),
        ("{{ 1 + document }}", 1, "unsupported operand"),
        ('{% include "nowhere.j2" %}', 1, "nowhere.j2"),
    ],
)
def test_template_with_fault_names_file_and_line(
    make_sample: MakeSample, tmp_path: Path, source: str, line: int, reason: str
) -> None:
    """Whoever wrote the template finds the place."""
    file = tmp_path / "release.html.j2"
    file.write_text(source)
    sample = make_sample(templates=tmp_path)

    with pytest.raises(RenderingError, match=re.escape(reason)) as caught:
        render_html(sample.document, setting=sample.setting)

    assert f"{file}:{line}" == str(caught.value.location)


@pytest.mark.parametrize(
    "source", ['{% extends "release.html.j2" %}', '{% include "release.html.j2" %}']
)
def test_template_that_builds_on_itself_is_refused(
    make_sample: MakeSample, tmp_path: Path, source: str
) -> None:
    """The packaged template of the same name has a prefix."""
    file = tmp_path / "release.html.j2"
    file.write_text(source)
    sample = make_sample(templates=tmp_path)

    with pytest.raises(RenderingError, match="builds on itself") as caught:
        render_html(sample.document, setting=sample.setting)

    assert caught.value.location == Location(str(file), 1)
    assert "“pubkit/release.html.j2”" in str(caught.value.remedy)


def test_label_with_computed_text_is_refused(tmp_path: Path) -> None:
    """A text that is not in the template can never reach a translator."""
    (tmp_path / "release.html.j2").write_text('\n{{ label("a" ~ document.name) }}')

    with pytest.raises(RenderingError, match="must be written in the template") as caught:
        find_labels(tmp_path)

    assert str(caught.value.location).endswith("release.html.j2:2")


def test_page_of_a_translator_cannot_be_a_template(make_sample: MakeSample) -> None:
    """Template syntax in a text is text."""
    body = "Text {{ 7 * 7 }} {% include 'x' %}\n"

    assert "Text {{ 7 * 7 }} {% include" in page_of(make_sample(Texts(body=body)))


def test_alternate_names_its_language_in_itself() -> None:
    """Readers look for their language under its own name."""
    assert Alternate(lang="zh", href="").name == "中文"
    assert Alternate(lang="ar", href="").name == "العربية"


# ---------------------------------------------------------------- colours


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", css))


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "mute", "accent", "alarm"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
@pytest.mark.parametrize(
    "publisher", [PACKAGED_TEMPLATES, REPOSITORY / "templates"], ids=["pubkit", "report"]
)
def test_colours_of_text_have_contrast(
    publisher: Path, ground: str, text: str, is_dark: bool
) -> None:
    """4.5 or more, light and dark: Web Content Accessibility Guidelines 2.2, 1.4.3."""
    colours = _colours((PACKAGED_TEMPLATES / "tokens.css").read_text())
    colours |= _colours((publisher / "publisher.css").read_text())
    if is_dark:
        dark = _colours((PACKAGED_TEMPLATES / "screen.css").read_text())
        colours |= dark | {"accent": colours["accent-in-the-dark"]}

    assert contrast(colours[text], colours[ground]) >= 4.5


def test_projects_without_templates_share_what_was_read(tmp_path: Path) -> None:
    """Reading the packaged ones takes longer than a page; a folder that comes later is seen."""
    folder = tmp_path / "templates"

    assert environment_module.environment_for(folder) is environment_module.environment_for(None)
    folder.mkdir()
    assert environment_module.environment_for(folder) is not environment_module.environment_for(
        None
    )


def test_templates_are_never_made_of_texts() -> None:
    """Nothing but files becomes a template, unknown names are errors, everything is escaped."""
    source = Path(environment_module.__file__).read_text("utf-8")
    environment = environment_module.environment_for(None)

    assert environment.autoescape is True
    assert environment.undefined is StrictUndefined
    assert "jinja2.ext.InternationalizationExtension" not in environment.extensions
    assert "from_string" not in source
    for path in PACKAGED_TEMPLATES.glob("*.j2"):
        tree = environment.parse(path.read_text("utf-8"))
        assert not list(tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)))
        unescaped = [item for item in tree.find_all(nodes.Filter) if item.name == "safe"]
        assert {name for item in unescaped for name in _values(item.node)} <= HTML_OF_THE_RENDERER


def _values(node: nodes.Node) -> Iterator[str]:
    """Yield the values of an expression; what the template itself says is none."""
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        yield f"{node.node.name}.{node.attr}"
    elif isinstance(node, nodes.Name):
        yield node.name
    else:
        for child in node.iter_child_nodes(exclude=["test"]):
            yield from _values(child)


HTML_OF_THE_RENDERER = {
    *("lead.html", "block.html", "block.attribution", "block.caption", "block.credit"),
    *("figure.caption", "figure.credit", "guest.name", "guest.title", "guest.topic"),
}
"""What templates print without escaping: texts that the renderer has escaped and proved."""
