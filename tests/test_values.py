"""Dataclasses whose methods wait do what those of the standard library do."""

import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from pubkit.values import _Deferred, dataclass, finish_class

Decorator = Callable[..., Any]


def _point(decorator: Decorator, **options: bool) -> Any:
    @decorator(slots=True, **options)
    class Point:
        """A place, and what it is called."""

        kind: ClassVar[str] = "point"
        x: int
        y: int = 0
        names: list[str] = dataclasses.field(default_factory=list, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "y", self.y + 1)

    return Point


OPTIONS: list[dict[str, bool]] = [
    {"frozen": True, "kw_only": True},
    {"frozen": True},
    {"frozen": True, "eq": False},
    {"kw_only": True},
    {},
    {"eq": False},
]
ASKED: list[Callable[[Any], object]] = [
    lambda point: repr(point(x=1)),
    lambda point: point(x=1) == point(x=1, names=["other"]),
    lambda point: point(x=1) == point(x=2),
    lambda point: (
        hash(point(x=1, y=2)) - hash(point(x=1, y=2)) if point.__eq__ is not object.__eq__ else 0
    ),
    lambda point: (point.__hash__ is None, point.__hash__ is object.__hash__),
    lambda point: str(inspect.signature(point)),
    lambda point: point(),
    lambda point: point(1, 2),
    lambda point: point.__match_args__,
    lambda point: (point.kind, point.__slots__, point.__qualname__, point.__doc__),
    lambda point: [field.name for field in dataclasses.fields(point)],
    lambda point: point.__dataclass_params__,
    lambda point: dataclasses.replace(point(x=1), x=2).x,
    lambda point: dataclasses.asdict(point(x=1)),
    lambda point: point(x=1).__dict__,
    lambda point: setattr(point(x=1), "x", 2),
    lambda point: setattr(point.__new__(point), "x", 2),
    lambda point: delattr(point(x=1), "x"),
    lambda point: setattr(point(x=1), "unknown", 2),
]


def _answer(ask: Callable[[Any], object], point: Any) -> str:
    try:
        return repr(ask(point))
    except (TypeError, AttributeError) as error:
        return repr(error)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("ask", ASKED)
def test_it_is_as_the_library_has_it(
    ask: Callable[[Any], object], options: dict[str, bool]
) -> None:
    """Whatever is asked of a class is answered as the library answers."""
    ours, theirs = (
        _point(decorator, **options) for decorator in (dataclass, dataclasses.dataclass)
    )
    assert _answer(ask, ours) == _answer(ask, theirs)


def test_methods_wait_until_they_are_used() -> None:
    """Who makes values and compares none has no comparison compiled."""
    point = _point(dataclass, frozen=True)
    assert isinstance(vars(point)["__init__"], _Deferred)
    value = point(1)
    assert inspect.isfunction(vars(point)["__init__"])
    assert isinstance(vars(point)["__eq__"], _Deferred)
    assert value == point(1)
    assert inspect.isfunction(vars(point)["__eq__"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A value of which another one is a kind."""

    name: str
    size: int = 1

    def __hash__(self) -> int:
        return 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Base):
    """It has one field more, and another beginning for one."""

    size: int = 2
    colour: str = ""


def test_fields_are_inherited() -> None:
    """A kind of a value has the fields of both, each once."""
    assert repr(Kind(name="a")) == "Kind(name='a', size=2, colour='')"
    assert not hasattr(Kind(name="a"), "__dict__")


def test_what_a_class_says_itself_stays() -> None:
    """Its own methods are not replaced; a kind of it has its own comparison."""
    assert hash(Base(name="a")) == 7
    assert hash(Kind(name="a")) != 7


def test_copies_are_equal_also_where_nothing_was_made() -> None:
    """A value goes to another process and comes back."""
    value = Kind(name="a", colour="red")
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301  # its own


def test_values_match_patterns() -> None:
    """They are matched by position and by name."""
    match _point(dataclass, frozen=True)(3):
        case object(x=x, y=y):
            assert (x, y) == (3, 1)


def test_without_slots_it_is_the_library() -> None:
    """What was written otherwise is made otherwise."""
    assert not isinstance(vars(_plain())["__init__"], _Deferred)


def _plain() -> type:
    @dataclass(frozen=True)
    class Plain:
        """It has a dictionary."""

        x: int

    return Plain


def test_what_waits_is_finished_at_once() -> None:
    """A process does so before it forks others that would each do it."""
    point = _point(dataclass, frozen=True)
    for thing in (point, "no class"):
        finish_class(thing)
    assert not [value for value in vars(point).values() if isinstance(value, _Deferred)]
    assert point(1) == point(1)
