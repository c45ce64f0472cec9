"""The benchmark of speed: its projects, its rotation, its statistics, its page."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from benchmarks.speed.bench import Section
from benchmarks.speed.drawing import plots
from benchmarks.speed.finished import expected_texts, letters, page_count, verify_pdf
from benchmarks.speed.naive import make_edition
from benchmarks.speed.page import make_page
from benchmarks.speed.plots import apart
from benchmarks.speed.projects import write_project, write_release
from benchmarks.speed.ratios import ratio, spread
from benchmarks.speed.results import Origin, Results, read_results, with_section, write_results
from benchmarks.speed.rotation import Run, Series, Subject, rotate, starter
from benchmarks.speed.staging import Staged, make_template, stage_naive
from benchmarks.speed.targets import at_most, identical

from pubkit.formats.po import read_catalog


def runs(*seconds: float, samples: tuple[tuple[float, float, float], ...] = ()) -> Series:
    """Return a series of runs that took so long."""
    return Series(runs=[Run(wall=one, cpu=one, peak=one, samples=samples) for one in seconds])


# ---------------------------------------------------------------- projects


def test_releases_are_the_same_each_time() -> None:
    """Another number is another text; the same one never is."""
    first, again, other = (write_release(number, words=300) for number in (1, 1, 2))

    assert first == again
    assert first.markdown != other.markdown


def test_project_has_complete_catalogs(tmp_path: Path) -> None:
    """Each text has a translation, and none is left in the source language."""
    folder = write_project(tmp_path / "news", [write_release(1, words=600, pictures=1)])

    catalog = read_catalog(folder / "locales" / "zh" / "LC_MESSAGES" / "release-00001.po")
    entries = list(catalog.live_entries)
    assert len(entries) > 20
    assert all(entry.is_translated and not entry.is_fuzzy for entry in entries)


def test_naive_script_makes_the_same_document(tmp_path: Path) -> None:
    """With pubkit's own style sheets and fonts, and every text of the translation."""
    folder = write_project(tmp_path / "news", [write_release(1, words=150)])
    staged = Staged(folder=folder, names=("release-00001",), languages=("en", "zh"))
    job = stage_naive(staged, tmp_path / "naive")
    make_edition(json.loads(job.read_text("utf-8")), "release-00001", "zh")

    pdf = tmp_path / "naive" / "out" / "zh" / "release-00001.pdf"
    verify_pdf(pdf, expected_texts(folder, "release-00001", "zh"))
    with pikepdf.open(pdf) as file:
        found = [str(thing.get("/BaseFont")) for thing in file.objects if is_dictionary(thing)]
    assert any("Noto-Serif-CJK-SC" in name for name in found), set(found)


def is_dictionary(thing: object) -> bool:
    """Tell whether an object of a PDF may be a font."""
    return isinstance(thing, pikepdf.Dictionary)


# ---------------------------------------------------------------- the rotation


@pytest.fixture(scope="module")
def rotated() -> dict[str, Series]:
    """Return what a rotation of small commands gives."""
    burn = "for number in range(10**6): pass"
    with starter() as small:
        subjects = [
            Subject(name="true", command=("true",)),
            Subject(name="false", command=("false",)),
            Subject(name="late", command=("sleep", "60"), seconds=0.1),
            Subject(name="missing", missing="not installed"),
            Subject(name="child", command=("sh", "-c", f"{sys.executable} -S -c '{burn}'; true")),
            Subject(name="memory", command=(sys.executable, "-S", "-c", "b'a' * 60_000_000")),
        ]
        return rotate(subjects, 2, small)


def test_rotation_measures_each_as_often_as_wanted(rotated: dict[str, Series]) -> None:
    """The first round, which warms caches up, is not counted."""
    assert len(rotated["true"].runs) == 2
    assert all(0 < run.wall < 5 for run in rotated["true"].runs)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("false", "exit code 1: "),
        ("late", "ended after 0.1 seconds"),
        ("missing", "not installed"),
        ("true", ""),
    ],
)
def test_rotation_says_why_something_is_left_out(
    rotated: dict[str, Series], name: str, fault: str
) -> None:
    """A failure is no speed, and costs none of the others."""
    assert rotated[name].fault == fault


def test_rotation_counts_children_and_the_largest_process(rotated: dict[str, Series]) -> None:
    """The processor's time of a whole tree, the memory of its largest process and of no parent."""
    assert min(run.cpu for run in rotated["child"].runs) > rotated["true"].runs[0].cpu
    assert rotated["memory"].runs[0].peak > 55
    assert rotated["true"].runs[0].peak < 30


def test_output_is_looked_at(tmp_path: Path) -> None:
    """A command that ends well and makes nothing has failed."""

    def verify() -> None:
        verify_pdf(tmp_path / "none.pdf", ())

    with starter() as small:
        found = rotate([Subject(name="true", command=("true",), verify=verify)], 1, small)

    assert found["true"].fault == "none.pdf has 0 pages, expected 1"
    assert page_count(tmp_path / "none.pdf") == 0


def test_letters_are_compared_without_what_the_typesetter_adds() -> None:
    """Hyphens, spaces and ligatures are no part of a text."""
    assert letters("the ﬁrst con-\nference") == letters("the first conference")


# ---------------------------------------------------------------- statistics


def test_ratio_compares_runs_of_the_same_round() -> None:
    """A machine that was slow for one round was so for both."""
    found = ratio(runs(1, 10, 2), runs(2, 20, 4))

    assert found == spread([0.5, 0.5, 0.5])
    assert ratio(runs(1), Series(fault="left out")) is None


def test_spread_is_the_middle_half() -> None:
    """One run that was disturbed does not widen it; of few runs all are shown."""
    many, few = spread([1, 1, 1, 1, 9]), spread([1, 9])

    assert (many.low, many.middle, many.high) == (1, 1, 1)
    assert (few.low, few.high) == (1, 9)


def test_targets_are_met_or_not_or_not_measured() -> None:
    """A run that lacks a part says nothing about it."""
    sections = {"report": Section(series={"a": runs(1), "b": runs(4), "c": Series(fault="gone")})}
    look = {name: at_most("a", name, 0.3)(sections) for name in ("b", "c", "d")}
    strict = at_most("a", "b", 0.2)(sections)

    assert look["b"].is_met
    assert strict.is_met is False
    assert (look["c"].is_met, look["c"].remark) == (None, "gone")
    assert look["d"].is_met is None


def test_one_other_byte_is_not_identical() -> None:
    """Every file of every way is compared."""
    same = {"one": {"a.pdf": "1"}, "two": {"a.pdf": "1"}}
    other = {**same, "three": {"a.pdf": "2"}}

    for digests, expected in ((same, True), (other, False)):
        section = Section(facts={"digests": digests, "faults": {}})
        assert identical({"sameness": section}).is_met is expected


# ---------------------------------------------------------------- the page


def sample() -> Results:
    """Return results of a run that had little to do."""
    samples = ((0.5, 50.0, 90.0), (1.0, 51.0, 91.0), (1.5, 51.0, 91.0))
    names = ("naive zh", "pubkit zh", "Typst zh", "python -c pass", "pubkit status")
    sections = {
        "report": Section(series={name: runs(1, 2) for name in names}),
        "length": Section(
            series={
                f"{who} zh, {pages} pages": runs(pages)
                for who in ("pubkit", "naive")
                for pages in (1, 5)
            }
        ),
        "large batch": Section(
            series={"naive, 10 processes": runs(9), "pubkit, 1 job": runs(4, samples=samples)},
            facts={"documents": 20, "editions": 40, "single": 10, "words": 300},
        ),
    }
    origin = Origin(date="2025-01-01", commit="abc", is_busy=False, is_quick=True)
    return Results(
        machine={"Python": "3.11"}, sections=sections, origins=dict.fromkeys(sections, origin)
    )


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    """The page can be written again without a run, and a part can be measured by itself."""
    results = sample()
    path = tmp_path / "speed" / "results.json"
    write_results(path, results)

    assert read_results(path) == results
    assert json.loads(path.read_text("utf-8"))["machine"] == {"Python": "3.11"}
    origin = Origin(date="2025-01-02", commit="def", is_busy=True, is_quick=False)
    more = with_section(results, "warm", Section(), origin=origin, machine={})
    assert [*more.sections] == [*results.sections, "warm"]
    assert more.is_busy


def test_page_shows_targets_tables_and_plots() -> None:
    """Each plot is well-formed, and the page leads to each."""
    results = sample()
    drawings = plots(results.sections)
    page = make_page(results, drawings)

    assert {"cold.svg", "length-zh.svg", "memory.svg", "documents.svg"} == set(drawings)
    for name, drawing in drawings.items():
        assert ElementTree.fromstring(drawing).tag.endswith("svg")  # noqa: S314
        assert f"(speed/{name})" in page
    assert "| Chinese, cold, HTML and PDF | ≤ 0.50 of naive | 1.000 | **no** |" in page
    assert "| pubkit, 1 job | 0.111 | 0.111 | 4 | 4.0 | 10.0 |" in page


def test_names_beside_lines_do_not_touch() -> None:
    """Lines that end at the same place have names below one another."""
    first, second, third = sorted(apart([100, 100, 101]))

    assert second - first > 14
    assert third - second > 14


def test_template_has_holes_where_the_texts_stand() -> None:
    """What surrounds them stays as pubkit has made it, braces included."""
    page = (
        "<title>Old</title><style>a{b:{{c}}}</style><h1>Old</h1>"
        '<article><p class="lead">Text</p><p>More</p></article>'
    )
    made = make_template(page)

    assert "Old" not in made
    assert "Text" not in made
    assert "a{b:{{c}}}" in made
    assert made.count("{{ title }}") == 2
    assert "<article>{% endraw %}{{ body }}{% raw %}</article>" in made
