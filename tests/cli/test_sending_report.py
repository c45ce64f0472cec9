"""``pubkit send report``: what became of a campaign, as a page, a table and figures."""

import csv
import io
import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine

from pubkit.distribution.ledger.campaigns import join_groups
from tests.cli.test_sending_status import engine, project
from tests.conftest import Outcome, Run
from tests.distribution.ledgers import (
    BEGAN,
    DEFERRED,
    FAILED,
    IN_DOUBT,
    SUPPRESSED,
    add_members,
    begin,
    bounce,
    member,
)
from tests.web import accessibility_violations, clipped, open_page

__all__ = ["engine", "project"]


@pytest.fixture
def campaign(engine: Engine) -> Engine:
    """Carry out a campaign with all that can happen."""
    begun = begin(engine)
    refused = "550 5.1.1 <member{line}@example.org>: User unknown"
    groups = join_groups(("board", "<b>press</b>"))
    rows = [member(begun, line, lang="zh", groups=groups) for line in range(2, 42)]
    rows += [member(begun, line, changed=BEGAN + timedelta(hours=9)) for line in range(42, 60)]
    rows += [
        member(begun, line, state=FAILED, reply=refused.format(line=line)) for line in (60, 61)
    ]
    rows += [
        member(begun, 62, state=IN_DOUBT, name="=HYPERLINK(1)", address="+x@example.org"),
        member(begun, 63, state=DEFERRED, reply="451 4.7.1 Later", not_before=BEGAN, attempts=2),
        member(begun, 64, state=SUPPRESSED, reply="unsubscribed", address="a@tiny.example"),
    ]
    add_members(engine, rows)
    bounce(engine, "notice", delivery=1)
    return engine


def make(run: Run, project: Path, *arguments: str, **environment: str) -> Outcome:
    """Make a report, which has to succeed."""
    made = run("send", "report", "report", *arguments, cwd=project, **environment)
    assert made.code == 0, made.err
    return made


def rows_of(project: Path) -> list[dict[str, str]]:
    """Read a table as spreadsheet programs do."""
    text = (project / "members.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.usefixtures("campaign")
def test_the_table_has_a_row_for_each_member(project: Path, run: Run) -> None:
    """No cell of it is computed; Excel is told that it is UTF-8; nobody else reads it."""
    make(run, project, "-f", "csv", "--addresses", "-o", "members.csv")

    path = project / "members.csv"
    rows = rows_of(project)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(rows) == 63
    assert rows[0]["Groups"] == "board, <b>press</b>"
    assert rows[60] | {"Since": ""} == {
        "Line": "62",
        "Address": "'+x@example.org",
        "Name": "'=HYPERLINK(1)",
        "Title": "",
        "Language": "en",
        "Groups": "",
        "State": "in_doubt",
        "Correction": "",
        "Attempts": "1",
        "First attempt": BEGAN.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
        "Since": "",
        "Next attempt": "",
        "Reply": "",
        "Message-ID": "<1.62@example.org>",
    }


@pytest.mark.usefixtures("campaign")
def test_addresses_stand_in_it_only_on_demand(project: Path, run: Run) -> None:
    """Replies quote the address, too."""
    make(run, project, "-f", "csv", "-o", "members.csv")
    shut = run("send", "report", "report", "--addresses", cwd=project)

    text = (project / "members.csv").read_text("utf-8-sig")
    assert "5.1.1 User unknown" in text
    assert re.findall(r"member\d+|[+a]@|HYPERLINK", text) == []
    assert shut.code == 2


@pytest.mark.usefixtures("campaign")
def test_an_older_file_that_others_could_read_is_closed(project: Path, run: Run) -> None:
    """It has addresses now, whatever it had before."""
    (project / "members.csv").write_text("old")
    (project / "members.csv").chmod(0o644)

    make(run, project, "-f", "csv", "--addresses", "-o", "members.csv")

    assert (project / "members.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("campaign")
def test_programs_get_the_figures(project: Path, run: Run) -> None:
    """All that the page shows."""
    found = json.loads(make(run, project, "--format", "json").out)

    assert (found["document"], found["campaign"], found["members"]) == ("report", 1, 63)
    assert found["states"]["sent"] == 58
    assert found["languages"]["zh"]["sent"] == 40
    assert found["groups"]["board"]["sent"] == 40
    assert found["failures"][0] == {
        "state": "failed",
        "status": "5.1.1",
        "reason": "User unknown",
        "number": 2,
    }
    assert found["bounces"] == [{"permanent": True, "status": "5.1.1", "number": 1}]
    assert sum(found["timeline"]["sent"]) == 58
    assert found["timeline"]["seconds"] == 900


@pytest.mark.usefixtures("campaign")
def test_the_page_is_complete_and_tells_of_nobody(project: Path, run: Run) -> None:
    """It wants nothing outside itself and runs nothing; a domain with one member is not named."""
    made = make(run, project)

    path = project / made.out.strip()
    page = path.read_text("utf-8")
    assert path == project / "outbox" / "report.campaign-1.html"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "58 of 63 members have the edition" in page
    assert "5.1.1 User unknown" in page
    assert re.findall(r"member\d+|[+a]@|tiny\.example|<b>press", page) == []
    assert "&lt;b&gt;press&lt;/b&gt;" in page
    assert re.findall(r"<script|<link|<img|\bsrc=|url\(|@import|\bon\w+=", page) == []


@pytest.mark.usefixtures("campaign")
def test_the_page_is_in_the_language_of_the_reader(project: Path, run: Run) -> None:
    """No word of it is in another one, but what servers and members are called."""
    page = make(run, project, "-o", "-", LANGUAGE="zh_CN").out

    words = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert '<html lang="zh-CN"' in page
    assert "63 名成员中，58 名已收到本人语言的版本" in page
    assert "2026年5月4日" in page
    assert set(re.findall(r"[A-Z]?[a-z]{3,}", unescape(words))) <= {
        *("report", "press", "example", "org", "board", "pubkit", "English", "others"),
        *("User", "unknown", "Later"),
    }


@pytest.mark.usefixtures("campaign")
def test_everybody_can_read_the_page(project: Path, run: Run, browser: Browser) -> None:
    """On every screen, in light and dark, and nothing is cut off."""
    make(run, project, "-o", "page.html")

    for width, scheme in ((1280, "light"), (1280, "dark"), (360, "light")):
        page = open_page(browser, project / "page.html", width=width, color_scheme=scheme)
        assert accessibility_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert clipped(page) == []
        page.close()


def test_there_is_no_report_of_what_was_never_sent(project: Path, run: Run) -> None:
    """An empty page would look as if all was lost."""
    found = run("send", "report", "report", cwd=project)

    assert (found.code, found.out) == (2, "")
    assert "was never sent" in found.err
    assert not (project / "outbox").exists()


def test_a_campaign_that_has_sent_nothing_has_a_report(
    project: Path, engine: Engine, run: Run
) -> None:
    """Of no members, or of some who all wait."""
    begun = begin(engine)
    make(run, project)
    add_members(engine, [member(begun, 2, state=DEFERRED, not_before=BEGAN)])

    page = (project / make(run, project).out.strip()).read_text("utf-8")

    assert "0 of 1 member has the edition" in page
