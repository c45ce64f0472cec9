"""Which engine reads and compiles templates; asked without importing it."""

from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

_HERE = ("environment.py", "labels.py", "../labels.py")
_ENGINE = ("__init__.py", "lexer.py", "parser.py", "nodes.py", "optimizer.py", "compiler.py")


@cache
def engine_version() -> str:
    """Return a digest of all that what is kept of a template depends on, besides its text.

    What is made of constants by a filter is compiled, too.
    """
    spec = find_spec("jinja2")
    engine = Path((spec and spec.origin) or "").parent
    here = Path(__file__).parent
    files = (*(here / name for name in _HERE), *(engine / name for name in _ENGINE))
    digest = sha256()
    for file in files:
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()
