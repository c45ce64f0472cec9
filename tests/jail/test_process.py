"""A child in its jail: what it may not do, and what its end costs."""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from pubkit.errors import CatalogError, Location
from pubkit.jail import Bounds, Cause, Cell, Ended, Wall, run_jailed, standing_walls
from pubkit.jail.frames import BrokenFrameError, Kind, read_error, read_frames

WALLS = standing_walls()
BOUNDS = Bounds()
Work = Callable[[Cell], Iterator[bytes]]


def needs(*walls: Wall) -> pytest.MarkDecorator:
    """Skip where the machine has none of these walls."""
    return pytest.mark.skipif(WALLS.isdisjoint(walls), reason="this machine lacks the wall")


def end_of(work: Work, bounds: Bounds = BOUNDS) -> Ended:
    """Return how work ends that cannot end well."""
    with pytest.raises(Ended) as ended:
        run_jailed(work, bounds)
    return ended.value


def test_limits_stand_on_every_machine() -> None:
    """The other walls depend on the kernel and on the rights of the process."""
    assert Wall.LIMITS in WALLS


# ---------------------------------------------------------------- what comes back


def test_work_gives_its_bytes_back() -> None:
    """In their order, empty ones and large ones included, and nothing else of it."""
    kept: list[int] = []

    def work(cell: Cell) -> Iterator[bytes]:
        kept.append(1)
        yield from (b"", b"\0" * 3_000_000, str(os.getpid()).encode())

    first, second, process = run_jailed(work, Bounds())

    assert (first, len(second)) == (b"", 3_000_000)
    assert int(process) != os.getpid()
    assert kept == []


def test_error_of_the_work_is_raised_again() -> None:
    """With its kind, place and remedy; what could move a terminal is replaced."""

    def work(cell: Cell) -> Iterator[bytes]:
        raise CatalogError("a \x1b[2J b", location=Location("x.po", 3, 4), remedy="mend")
        yield b""

    with pytest.raises(CatalogError) as raised:
        run_jailed(work, Bounds())

    assert (raised.value.message, raised.value.remedy) == ("a \ufffd[2J b", "mend")
    assert str(raised.value.location) == "x.po:3:4"


def test_exception_of_the_work_tells_its_story() -> None:
    """A fault of the program is not lost in the child."""

    def work(cell: Cell) -> Iterator[bytes]:
        cell.note("dividing")
        yield str(1 // 0).encode()

    end = end_of(work)

    assert (end.cause, end.stage) == (Cause.BUG, "dividing")
    assert end.story.strip().endswith("ZeroDivisionError: integer division or modulo by zero")


@pytest.mark.parametrize("data", [b"x", b"p" + b"\xff" * 8 + b"x", b"q" + bytes(8), b"pickle" * 9])
def test_what_is_no_frame_is_an_end(data: bytes) -> None:
    """The parent believes nothing that comes out of the pipe."""

    def lie(cell: Cell) -> Iterator[bytes]:
        os.write(_pipe(), data)
        os._exit(0)
        yield b""

    assert end_of(lie).cause is Cause.ANSWER
    with pytest.raises(BrokenFrameError):
        list(read_frames(data))


def _pipe() -> int:
    """Return the only open file of a child besides the standard ones."""
    (number,) = (number for number in range(3, 64) if _is_open(number))
    return number


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"error": "X", "place": 1}', b"[" * 9999])
def test_what_is_no_error_is_an_end(data: bytes) -> None:
    """Nor does it believe in errors that are none."""
    with pytest.raises(BrokenFrameError):
        read_error(data)


def test_frames_keep_every_byte() -> None:
    """They are read as they were sent."""
    data = b"".join(kind.value + (3).to_bytes(8, "big") + b"a\0b" for kind in Kind)

    assert list(read_frames(data)) == [(kind, b"a\0b") for kind in Kind]


# ---------------------------------------------------------------- how much it may use


def spin(cell: Cell) -> Iterator[bytes]:
    """Never end."""
    cell.note("spinning")
    while True:
        pass
    yield b""


def hide(cell: Cell) -> Iterator[bytes]:
    """Close the pipe, and never end."""
    os.close(_pipe())
    sleep(600)
    yield b""


def wait(cell: Cell) -> Iterator[bytes]:
    """Do nothing."""
    sleep(600)
    yield b""


@pytest.mark.parametrize(
    ("work", "cause"), [(spin, Cause.TIME), (hide, Cause.CLOCK), (wait, Cause.CLOCK)]
)
def test_work_without_end_is_ended(work: Work, cause: Cause) -> None:
    """By the clock, whether it uses the processor or not."""
    start = monotonic()
    end = end_of(work, Bounds(seconds=1))

    assert end.cause is cause
    assert monotonic() - start < 30


def test_any_number_of_seconds_can_be_allowed() -> None:
    """The system itself waits for 24 days at most."""
    assert run_jailed(lambda cell: [b"done"], Bounds(seconds=1_000_000_000_000)) == (b"done",)


def test_number_of_a_child_is_its_own_until_it_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that is free again may be that of somebody else."""
    killed: list[bool] = []
    kill = os.kill

    def look(child: int, number: int) -> None:
        killed.append(Path(f"/proc/{child}").exists())
        kill(child, number)

    monkeypatch.setattr(os, "kill", look)
    end_of(lambda cell: os._exit(0))

    assert killed == [True]


def test_last_stage_is_known() -> None:
    """However long the text was that was noted."""

    def work(cell: Cell) -> Iterator[bytes]:
        cell.note("第" * 5000)
        os.kill(os.getpid(), signal.SIGKILL)
        yield b""

    assert end_of(work).stage.startswith("第" * 1000)


def test_memory_without_end_is_ended() -> None:
    """The program's own memory does not count."""

    def work(cell: Cell) -> Iterator[bytes]:
        yield bytes(len(bytearray(3_000_000_000)) % 7)

    assert end_of(work).cause is Cause.MEMORY
    assert run_jailed(lambda cell: [bytes(len(bytearray(100_000_000)) % 7)], Bounds())


def test_answer_without_end_is_ended() -> None:
    """The parent's memory is limited by the child's answer."""

    def work(cell: Cell) -> Iterator[bytes]:
        while True:
            yield bytes(100_000)

    assert end_of(work, Bounds(result_bytes=1_000_000)).cause is Cause.ANSWER


def test_stack_without_end_is_ended() -> None:
    """A nesting that the layout engine cannot bear."""

    def deepen(level: int) -> int:
        return deepen(level + 1) + 1

    assert end_of(lambda cell: iter([bytes(deepen(0))])).cause is Cause.DEPTH


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_crash_of_a_library_is_an_end(number: signal.Signals) -> None:
    """The parent lives on, and says by which signal the child did not."""

    def work(cell: Cell) -> Iterator[bytes]:
        if number is signal.SIGSEGV:
            ctypes.string_at(0)
        os.kill(os.getpid(), number)
        yield b""

    end = end_of(work)

    assert (end.cause, end.story) == (Cause.CRASH, number.name)


# ---------------------------------------------------------------- what it can reach


def refusal_of(act: Callable[[], object]) -> int | None:
    """Return the number of the error with which the system refuses an act of a child."""

    def work(cell: Cell) -> Iterator[bytes]:
        try:
            act()
        except OSError as error:
            yield str(error.errno).encode()

    found = run_jailed(work, Bounds())
    return int(found[0]) if found else None


@needs(Wall.CALLS, Wall.NETWORK)
def test_network_is_out_of_reach() -> None:
    """Not even the loopback, on which a server listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = server.getsockname()
        refused = refusal_of(lambda: socket.socket().connect(address))

        with pytest.raises(TimeoutError):
            server.accept()
    assert refused in (errno.EPERM, errno.ENETUNREACH)


ALONE = """
import errno, os, sys
from socket import socket
from pathlib import Path
from pubkit.jail.landlock import restrict_files
from pubkit.jail.namespaces import leave_network
from pubkit.jail.seccomp import refuse_calls
from pubkit.jail.system import prctl
prctl(38, 1)
walls = {
    "network": leave_network,
    "calls": refuse_calls,
    "files": lambda: restrict_files((), Path("/nowhere")),
}
if not walls[sys.argv[1]]():
    sys.exit(3)
try:
    socket().connect(("127.0.0.1", int(sys.argv[2])))
except OSError as error:
    print(errno.errorcode[error.errno])
"""


@pytest.mark.parametrize(
    ("wall", "error"),
    [(Wall.NETWORK, "ENETUNREACH"), (Wall.CALLS, "EPERM"), (Wall.FILES, "EACCES")],
)
def test_each_wall_keeps_from_the_network_alone(wall: Wall, error: str) -> None:
    """A machine that lacks one has the others; newer versions of Landlock know connections, too."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        program = (sys.executable, "-c", ALONE, wall.value, str(server.getsockname()[1]))
        done = subprocess.run(program, capture_output=True, text=True, check=False)

    if done.returncode == 3 or (wall is Wall.FILES and not done.stdout):
        pytest.skip("this machine lacks the wall")
    assert done.stdout.strip() == error, done.stderr


@needs(Wall.FILES)
@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", "/root", "/home"])
def test_other_files_are_out_of_reach(path: str) -> None:
    """Whatever the rights of the user are."""
    place = Path(path)
    act = (lambda: list(place.iterdir())) if place.is_dir() else place.read_bytes

    assert refusal_of(act) == errno.EACCES


@needs(Wall.FILES)
def test_only_what_is_named_can_be_read(tmp_path: Path) -> None:
    """A link in it leads no further; and nothing can be written there."""
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "a").write_bytes(b"a")
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "open" / "link").symlink_to("../secret")

    def work(cell: Cell) -> Iterator[bytes]:
        yield (tmp_path / "open" / "a").read_bytes()
        for act in (
            (tmp_path / "open" / "link").read_bytes,
            (tmp_path / "open" / "new").touch,
            (tmp_path / "open" / "a").unlink,
        ):
            try:
                act()
            except PermissionError:
                yield b"refused"

    assert run_jailed(work, Bounds(readable=(tmp_path / "open",))) == (b"a", *[b"refused"] * 3)


def test_folder_for_temporary_files_is_its_own() -> None:
    """Fonts of a page are written there; it is gone afterwards."""

    def work(cell: Cell) -> Iterator[bytes]:
        import tempfile

        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(b"font")
        yield file.name.encode()

    (name,) = run_jailed(work, Bounds())

    assert not Path(name.decode()).parent.exists()


@needs(Wall.CALLS)
@pytest.mark.parametrize(
    "act",
    [
        os.fork,
        lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
        lambda: os.kill(os.getppid(), signal.SIGTERM),
        lambda: os.kill(1, 0),
        lambda: socket.socketpair(),
        lambda: _system_call(101 if os.uname().machine == "x86_64" else 117, 16, os.getppid()),
    ],
)
def test_other_processes_are_out_of_reach(act: Callable[[], object]) -> None:
    """It starts none, so that no bomb of forks goes off, and touches none."""
    assert refusal_of(act) == errno.EPERM


def _system_call(number: int, *arguments: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments), 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def test_threads_of_libraries_run() -> None:
    """Pango looks for fonts in one."""

    def work(cell: Cell) -> Iterator[bytes]:
        done: list[bytes] = []
        thread = threading.Thread(target=done.append, args=(b"done",))
        thread.start()
        thread.join()
        yield from done

    assert run_jailed(work, Bounds()) == (b"done",)


def test_child_has_nothing_of_its_parent_open(tmp_path: Path) -> None:
    """Files that were open while it was made are closed; it speaks to no terminal."""
    with (tmp_path / "open").open("w") as file:
        number = file.fileno()
        found = run_jailed(lambda cell: [str(_is_open(number)).encode()], Bounds())

    assert found in ((b"False",), (str(number == _number_of_pipe()).encode(),))


def _number_of_pipe() -> int:
    (number,) = run_jailed(lambda cell: [str(_pipe()).encode()], Bounds())
    return int(number)


# ---------------------------------------------------------------- its parent's end

PARENT = """
import sys, time
from pubkit.jail import Bounds, run_jailed
run_jailed(lambda cell: [time.sleep(60)], Bounds())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_child_dies_with_its_parent(number: signal.Signals) -> None:
    """Whoever stops the program stops all of it."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stderr=subprocess.DEVNULL) as parent:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        child = _wait_for(lambda: children.read_text().split())[0]
        _wait_for(lambda: Path(f"/proc/{child}/stat").read_text().split()[5] == child)
        sleep(0.2)  # It has left its parent's session, and now raises its walls.
        parent.send_signal(number)
        parent.wait(10)

    _wait_for(lambda: not Path(f"/proc/{child}").exists())


def _wait_for(look: Callable[[], Any]) -> Any:
    for _attempt in range(1000):
        if found := look():
            return found
        sleep(0.01)
    pytest.fail("it did not happen")
