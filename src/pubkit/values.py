"""Dataclasses with slots whose methods are made when they are first used.

``dataclasses.dataclass`` compiles the methods of a class where the class is defined, which takes
half a millisecond. A command imports hundreds of classes, and uses few of them: so these get their
slots at once, and what they do from ``dataclasses`` when somebody asks for it.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, get_origin

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, **options):
        """Do what ``dataclasses.dataclass`` does; with slots, what takes time waits.

        A mistake in the fields shows when the first value is made: each class has its tests.
        """
        if cls is None:
            return lambda cls: dataclass(cls, **options)
        waits = options.get("slots") and options.keys() <= _KNOWN
        return _deferred(cls, options) if waits else dataclasses.dataclass(cls, **options)


__all__ = ["dataclass", "finish_class"]

_KNOWN = {"slots", "frozen", "kw_only", "eq"}
_UNSLOTTED = ("__dict__", "__weakref__")
_lock = RLock()


class _Deferred:
    """Stands for a method until somebody asks for it; then all of its group are made."""

    def __init__(self, make: Callable[[type], None]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, value: object, owner: type) -> Any:
        self._make(self._owner)
        return getattr(owner if value is None else value, self._name)


def _deferred(plain: type, options: Mapping[str, bool]) -> type:
    """Return a class as it was written, with slots and with methods that wait."""
    written = {name: value for name, value in vars(plain).items() if name not in _UNSLOTTED}
    written["__qualname__"] = plain.__qualname__
    if "__eq__" in written and written["__hash__"] is None:
        # Python says so of a class that compares itself; a frozen one is hashed nevertheless.
        del written["__hash__"]
    own = [name for name, kind in plain.__annotations__.items() if not _is_of_class(kind)]
    inherited = {name for base in plain.__mro__ for name in vars(base).get("__slots__", ())}
    body = {name: value for name, value in written.items() if name not in own}
    body["__slots__"] = tuple(name for name in own if name not in inherited)
    for names, chosen in _groups(options):
        make = partial(_make, written, names, chosen)
        body = {name: _Deferred(make) for name in names} | body
    if options.get("frozen"):
        body = {"__getstate__": _state, "__setstate__": _set_state} | body
    return type(plain)(plain.__name__, plain.__bases__, body)


def finish_class(thing: object) -> None:
    """Make the methods of a class that wait, if it is one: what is forked then has them."""
    if isinstance(thing, type):
        for method in [value for value in vars(thing).values() if isinstance(value, _Deferred)]:
            method.__get__(None, thing)


def _is_of_class(kind: object) -> bool:
    origin: object = get_origin(kind)
    return origin is ClassVar


def _groups(options: Mapping[str, bool]) -> Iterator[tuple[tuple[str, ...], dict[str, bool]]]:
    """Yield what is made together, and how: most values are made, and compared by nobody."""
    is_frozen, is_compared = options.get("frozen", False), options.get("eq", True)
    plain = {**options, "slots": False}
    made = ("__init__", "__dataclass_fields__", "__match_args__")
    yield made + ("__setattr__", "__delattr__") * is_frozen, {**plain, "repr": False, "eq": False}
    compared = ("__eq__",) * is_compared + ("__hash__",) * (is_compared and is_frozen)
    yield ("__repr__", "__dataclass_params__", *compared), plain


def _make(
    written: Mapping[str, Any], names: Iterable[str], options: Mapping[str, bool], owner: type
) -> None:
    """Give a class those of its methods that have waited together."""
    with _lock:
        plain = type(owner)(owner.__name__, owner.__bases__, dict(written))
        made = vars(dataclasses.dataclass(**options)(plain))
        for name in names:
            if isinstance(vars(owner).get(name), _Deferred):
                setattr(owner, name, made[name])


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: Iterable[Any]) -> None:
    """Fill a copy, which nobody has seen yet."""
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
