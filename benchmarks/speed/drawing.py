"""Which plots a run gives, and what they show."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from benchmarks.speed.bench import Section
from benchmarks.speed.plots import Bar, Line, bar_plot, line_plot
from benchmarks.speed.ratios import of_series, ratio
from benchmarks.speed.targets import Sections

COLD = ("naive", "naive, plain", "pubkit", "Typst", "Chromium")
MOST_POINTS = 160
"""Of a curve of memory."""
GROWING = re.compile(r"(?P<name>.+?),? (?P<number>\d+) (?P<unit>pages|languages|entries)")


def plots(sections: Sections) -> dict[str, str]:
    """Return the drawings of a run, by the names of their files."""
    return dict(_plots(sections))


def _plots(sections: Sections) -> Iterator[tuple[str, str]]:
    if "report" in sections and (bars := _cold_bars(sections["report"])):
        yield (
            "cold.svg",
            bar_plot("The report, cold: time of a whole process", bars, x_name="of naive"),
        )
    for part, title, unit in (
        ("length", "Longer documents", "pages"),
        ("languages", "More languages, one document", "languages"),
        ("merging", "Update of a catalog, 5 % changed", "entries"),
    ):
        section = _joined(sections, part)
        for lang in ("zh", "en") if part == "length" else ("",):
            lines = _growth(section, lang)
            if lines:
                name = f"{part}-{lang}".rstrip("-")
                shown = {"zh": ", Chinese", "en": ", English", "": ""}[lang]
                drawing = line_plot(f"{title}{shown}", lines, x_name=unit, y_name="seconds")
                yield f"{name}.svg", drawing
    if lines := _documents(sections):
        title = "More documents, two languages"
        yield "documents.svg", line_plot(title, lines, x_name="editions", y_name="seconds")
    if "large batch" in sections and (lines := _memory(sections["large batch"])):
        count = sections["large batch"].facts["editions"]
        yield (
            "memory.svg",
            line_plot(
                f"Memory while {count} editions are made",
                lines,
                x_name="percent of the run",
                y_name="MiB of the largest process",
                is_logarithmic=False,
            ),
        )


def _joined(sections: Sections, part: str) -> Section:
    """Return a part with what was measured of it apart."""
    found = [sections[name] for name in (f"huge {part}", part) if name in sections]
    series = {name: one for section in found for name, one in section.series.items()}
    return Section(series=series)


def _cold_bars(section: Section) -> list[Bar]:
    bars = []
    for lang in ("zh", "en"):
        reference = section.series.get(f"naive {lang}")
        for place, name in enumerate(COLD):
            series = section.series.get(f"{name} {lang}")
            found = ratio(series, reference) if series and reference else None
            if found:
                bars.append(
                    Bar(
                        name=f"{name}, {'Chinese' if lang == 'zh' else 'English'}",
                        value=found.middle,
                        low=found.low,
                        high=found.high,
                        colour=0 if name == "pubkit" else 5 if place < 2 else place - 2,
                    )
                )
    return bars


def _growth(section: Section, lang: str) -> list[Line]:
    """Return a line for each program whose names end in numbers of something."""
    points: Mapping[str, list[tuple[float, float]]] = defaultdict(list)
    for subject, series in section.series.items():
        found, wall = GROWING.fullmatch(subject), of_series(series, "wall")
        if not found or not wall:
            continue
        name, _space, tag = found["name"].partition(" ") if lang else (found["name"], "", "")
        if tag == lang:
            points[name.removesuffix(", fuzzy")].append((float(found["number"]), wall.middle))
    return [Line(name=name, points=tuple(sorted(found))) for name, found in _own_first(points)]


def _own_first(
    points: Mapping[str, list[tuple[float, float]]],
) -> list[tuple[str, list[tuple[float, float]]]]:
    return sorted(points.items(), key=lambda item: not item[0].startswith("pubkit"))


def _documents(sections: Sections) -> list[Line]:
    """Return lines over the number of editions; their documents are of different lengths."""
    points: Mapping[str, list[tuple[float, float]]] = defaultdict(list)
    for part in ("batch", "large batch", "huge batch"):
        if part not in sections:
            continue
        facts = sections[part].facts
        for name, series in sections[part].series.items():
            wall = of_series(series, "wall")
            if wall is None:
                continue
            is_single = name.endswith("processes")
            factor = facts["editions"] / facts["single"] if is_single else 1
            label = "naive, a process each" if is_single else name
            points[label].append((facts["editions"], wall.middle * factor))
    return [Line(name=name, points=tuple(sorted(found))) for name, found in _own_first(points)]


def _memory(section: Section) -> list[Line]:
    """Return curves over the run, from its beginning to its end."""
    lines = []
    for name, series in section.series.items():
        samples = series.runs[0].samples if series.runs else ()
        if len(samples) < 2:
            continue
        step = max(1, len(samples) // MOST_POINTS)
        end = samples[-1][0]
        points = tuple((100 * second / end, most) for second, most, _total in samples[::step])
        lines.append(Line(name=name, points=points))
    return lines
