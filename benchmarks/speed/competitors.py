"""The commands that make editions: pubkit and its peers, each with the proof that it has."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.speed.bench import Bench, python, removing
from benchmarks.speed.finished import expected_texts, verify_page, verify_pdf
from benchmarks.speed.rotation import Subject
from benchmarks.speed.staging import (
    HERE,
    Staged,
    own_command,
    stage_naive,
    stage_plain,
    stage_typst,
)

LEAST_SECONDS, OF_EDITION = 120, 10
"""When a command is ended: seconds that it has at least, and for each of its editions."""
Edition = tuple[str, str]
"""Language and document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Competition:
    """A project, made ready for everyone who can make editions of it."""

    staged: Staged
    cache: Path
    """Where pubkit keeps what can be made again; warm after the first round."""
    naive_job: Path
    page_job: Path
    """The naive script that makes no PDF."""
    plain_job: Path
    typst: dict[Edition, Path]
    pages: int
    """How many each PDF has at least."""

    # ------------------------------------------------------------ pubkit

    def own(
        self,
        name: str,
        *options: str,
        editions: Sequence[Edition] = (),
        environment: dict[str, str] | None = None,
        cold: Callable[[], None] | None = None,
        is_printed: bool = True,
        every: float = 0,
    ) -> Subject:
        """Return pubkit's rendering in a new process; nothing of an edition is there yet.

        Args:
            name: Of the subject.
            options: Of the command.
            editions: What it makes, to be looked at.
            environment: Variables besides the usual ones.
            cold: What makes it start from anew, instead of removing what was made.
            is_printed: Whether it makes PDFs.
            every: Seconds between two looks at its memory.
        """
        folder = self.staged.folder
        build = folder / "build"
        texts = [(build / lang / document, lang, document) for lang, document in editions]
        return Subject(
            name=name,
            command=own_command("render", "--quiet", *options),
            folder=folder,
            environment={"PUBKIT_CACHE": str(self.cache), **(environment or {})},
            before=cold or removing(build, folder / ".pubkit"),
            verify=self._verifier(texts, is_printed=is_printed),
            seconds=max(LEAST_SECONDS, OF_EDITION * len(self.staged.editions)),
            every=every,
        )

    # ------------------------------------------------------------ the naive script

    def naive(self, name: str, editions: Sequence[Edition], *, job: Path | None = None) -> Subject:
        """Return the naive script in one process."""
        words = [word for edition in editions for word in edition]
        return self._scripted(name, python(*self._script(job), *words), editions, job)

    def naive_each(self, name: str, editions: Sequence[Edition]) -> Subject:
        """Return the naive script in a process for each edition, one after the other."""
        commands = (python(*self._script(None), *edition) for edition in editions)
        line = " && ".join(" ".join(command) for command in commands)
        return self._scripted(name, ("sh", "-c", line), editions, None)

    def _script(self, job: Path | None) -> tuple[object, ...]:
        return ("-m", "benchmarks.speed.naive", job or self.naive_job)

    def _scripted(
        self, name: str, command: tuple[str, ...], editions: Sequence[Edition], job: Path | None
    ) -> Subject:
        out = (job or self.naive_job).parent / "out"
        texts = [(out / lang / document, lang, document) for lang, document in editions]
        return Subject(
            name=name,
            command=command,
            folder=HERE.parents[1],
            environment={"PYTHONPATH": _with_repository()},
            before=removing(out),
            verify=self._verifier(texts, is_printed=job != self.page_job),
            seconds=max(LEAST_SECONDS, OF_EDITION * len(editions)),
        )

    # ------------------------------------------------------------ others

    def typst_of(self, name: str, editions: Sequence[Edition]) -> Subject:
        """Return Typst in one process, with sources that are ready."""
        sources = [self.typst[edition] for edition in editions]
        made = [source.with_suffix(".pdf") for source in sources]
        return Subject(
            name=name,
            command=python(HERE / "typst_peer.py", *sources),
            folder=sources[0].parent,
            missing="" if find_spec("typst") else "typst is not installed",
            before=removing(*made),
            verify=self._verifier(
                [
                    (pdf.with_suffix(""), lang, document)
                    for pdf, (lang, document) in zip(made, editions, strict=True)
                ],
                is_page=False,
            ),
        )

    def chromium(self, name: str, edition: Edition, folder: Path) -> Subject:
        """Return headless Chromium that prints the page of the naive script."""
        lang, document = edition
        page, profile = folder / f"{document}.{lang}.html", folder / "profile"
        pdf = page.with_suffix(".pdf")
        folder.mkdir(exist_ok=True, parents=True)
        if not (folder / "pictures").exists():
            shutil.copytree(self.staged.folder / "source" / "pictures", folder / "pictures")
        self._write_page(edition, page)
        return Subject(
            name=name,
            command=(*_chromium(profile, pdf), page.as_uri()),
            folder=folder,
            missing="" if shutil.which("chromium") else "chromium is not installed",
            before=removing(pdf, profile),
            verify=self._verifier([(pdf.with_suffix(""), lang, document)], is_page=False),
        )

    def _write_page(self, edition: Edition, path: Path) -> None:
        lang, document = edition
        command = python("-m", "benchmarks.speed.naive", self.page_job, *edition)
        subprocess.run(command, cwd=HERE.parents[1], check=True)  # noqa: S603
        shutil.move(self.page_job.parent / "out" / lang / f"{document}.html", path)

    def _verifier(
        self,
        made: Iterable[tuple[Path, str, str]],
        *,
        is_printed: bool = True,
        is_page: bool = True,
    ) -> Callable[[], None]:
        """Return what looks at editions; paths are without their suffix."""
        looks = [
            (path, expected_texts(self.staged.folder, name, lang)) for path, lang, name in made
        ]

        def verify() -> None:
            for path, texts in looks:
                if is_page:
                    verify_page(_with(path, "html"), texts)
                if is_printed:
                    verify_pdf(_with(path, "pdf"), texts, pages=self.pages)

        return verify


def compete(bench: Bench, staged: Staged, name: str, *, pages: int = 1) -> Competition:
    """Make a project ready for everyone; folders begin with the name."""
    return Competition(
        staged=staged,
        cache=bench.folder / "cache",
        naive_job=stage_naive(staged, bench.place(f"{name}-naive")),
        page_job=stage_naive(staged, bench.place(f"{name}-page"), is_printed=False),
        plain_job=stage_plain(staged, bench.place(f"{name}-plain")),
        typst=stage_typst(staged, bench.place(f"{name}-typst")),
        pages=pages,
    )


def _with(path: Path, suffix: str) -> Path:
    """Return a path with a suffix; names may have dots."""
    return path.with_name(f"{path.name}.{suffix}")


def _with_repository() -> str:
    """Return where Python finds the benchmark, whatever the folder is."""
    return os.pathsep.join(filter(None, (str(HERE.parents[1]), os.environ.get("PYTHONPATH"))))


def _chromium(profile: Path, pdf: Path) -> tuple[str, ...]:
    """Return Chromium without a screen; as root it has no sandbox."""
    walls = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return (
        *("chromium", "--headless", *walls, "--disable-gpu", "--no-first-run"),
        *("--no-pdf-header-footer", f"--user-data-dir={profile}", f"--print-to-pdf={pdf}"),
    )
