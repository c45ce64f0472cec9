"""``pubkit send report``: the sub-command, or a document of that name."""

import pytest

from pubkit.cli.send_command import DELIVER, command


@pytest.mark.parametrize(
    ("args", "chosen"),
    [
        (["report"], "report"),
        (["report", "report", "--format", "csv"], "report"),
        (["report", "--members", "members.csv"], DELIVER),
        (["report", "--members=members.csv", "--send"], DELIVER),
        (["status", "--send"], DELIVER),
        (["news", "--send"], DELIVER),
    ],
)
def test_first_word_is_a_document_where_something_is_sent(args: list[str], chosen: str) -> None:
    """A document may have the name of a sub-command; no option of sending belongs to one."""
    context = command.make_context("send", args)

    assert [*context._protected_args, *context.args][0] == chosen
