"""What edits changed, from calls and results."""

import pytest
from ccshare.transcript.changes import Change, Changes
from ccshare.transcript.model import Json

from .made_up import facts, user


def assistant(blocks: list[Json]) -> Json:
    return {"type": "assistant", "message": {"id": "m1", "content": blocks}}


def test_a_new_file_counts_its_lines_only_if_it_was_written() -> None:
    call = {"type": "tool_use", "id": "t", "name": "Write",
            "input": {"file_path": "/a", "content": "1\n2\n3"}}  # fmt: skip
    result = [{"type": "tool_result", "tool_use_id": "t", "content": "ok"}]
    done = user(result, toolUseResult={"type": "create", "filePath": "/a", "structuredPatch": []})
    refused = user(result, toolUseResult="Error: no")
    assert facts([assistant([call]), done, done]).lines_added == 3
    assert facts([assistant([call]), refused]).lines_added == 0
    assert facts([assistant([call]), done, done]).files_changed == 1


# Cells of notebooks


def cell(new: str, details: object, *, error: bool = False) -> list[Json]:
    given = {"notebook_path": "./a.ipynb", "cell_id": "c", "new_source": new}
    call = {"type": "tool_use", "id": "t", "name": "NotebookEdit", "input": given}
    block = {"type": "tool_result", "tool_use_id": "t", "content": "Updated", "is_error": error}
    return [assistant([call]), user([block], toolUseResult=details)]


@pytest.mark.parametrize(
    ("new", "details", "expected"),
    [
        ("x = 2\nprint(x)", {"old_source": "x = 1\nprint(x)", "edit_mode": "replace"}, (1, 1)),
        ("# New\n", {"edit_mode": "insert"}, (1, 0)),
        ("", {"old_source": "a\nb\n", "edit_mode": "delete"}, (0, 2)),
        ("b\na", {"old_source": "a\nb"}, (1, 1)),
        ("\n".join(map(str, range(2_000))), {"old_source": "5\nx"}, (1_999, 1)),
    ],
)
def test_an_edited_cell_is_a_change(new: str, details: Json, expected: tuple[int, int]) -> None:
    found = facts(cell(new, details))
    assert (found.lines_added, found.lines_removed) == expected
    assert found.files_changed == 1


def test_the_last_change_names_the_notebook() -> None:
    changes = Changes()
    call, result = cell("x = 2", {"old_source": "x = 1"})
    assert changes.line(call) == []
    assert changes.line(result) == [Change("./a.ipynb", 1, 1, False, "cell")]


def test_a_cell_that_was_not_edited_is_no_change() -> None:
    assert facts(cell("x", {"error": "Cell not found"})).files_changed == 0
    assert facts(cell("x", {"old_source": "y"}, error=True)).files_changed == 0
    assert facts(cell("x", "Error: no")).files_changed == 0
    assert facts(cell("x", {})[1:]).files_changed == 0


def test_many_large_cells_cost_no_more_than_their_lines() -> None:
    old, new = ("\n".join(f"{sort} {n % 7}" for n in range(700)) for sort in "ab")
    lines = cell(new, {"old_source": old}) * 400
    assert facts(lines).lines_added == 400 * 700


# Edits whose result holds no patch


def edit(name: str, given: Json) -> Json:
    return assistant([{"type": "tool_use", "id": given.pop("id", "t"), "name": name,
                       "input": {"file_path": "/a", **given}}])  # fmt: skip


def result(name: str = "t", *, error: bool = False) -> Json:
    return {"type": "tool_result", "tool_use_id": name, "content": "ok", "is_error": error}


TEXTS = {"old_string": "a\nb\nc", "new_string": "a\nB\nc\nd"}


@pytest.mark.parametrize("details", [None, {}, {"filePath": "/a"}, {"structuredPatch": []}])
def test_an_edit_without_a_patch_counts_its_texts(details: object) -> None:
    changes = Changes()
    changes.line(edit("Edit", dict(TEXTS)))
    assert changes.line(
        user([result()], **({} if details is None else {"toolUseResult": details}))
    ) == [Change("/a", 2, 1, False, "texts")]
    assert len(changes.files) == 1


def test_a_patch_wins_over_the_texts() -> None:
    patch = [{"oldStart": 3, "newStart": 3, "lines": [" a", "-b", "+B"]}]
    changes = Changes()
    changes.line(edit("Edit", dict(TEXTS)))
    assert changes.line(
        user([result()], toolUseResult={"filePath": "/a", "structuredPatch": patch})
    ) == [Change("/a", 1, 1, created=False)]


def test_what_was_refused_or_failed_or_never_came_is_no_change() -> None:
    call = edit("Edit", dict(TEXTS))
    for answer in (
        user([result(error=True)]),
        user([result()], toolUseResult="User rejected tool use"),
        user([result("other")]),
    ):
        assert facts([call, answer]).files_changed == 0
    same = edit("Edit", {"old_string": "x", "new_string": "x"})
    assert facts([same, user([result()])]).files_changed == 0


def test_several_results_in_one_line_are_told_apart() -> None:
    changes = Changes()
    changes.line(edit("Edit", {"id": "a", **TEXTS}))
    changes.line(edit("MultiEdit", {"id": "b", "edits": [TEXTS, {**TEXTS, "replace_all": True}]}))
    changes.line(edit("Write", {"id": "c", "content": "1\n2\n"}))
    assert changes.line(user([{"type": "text", "text": "x"}, *map(result, "abc")])) == [
        Change("/a", 2, 1, False, "texts", 1),
        Change("/a", 4, 2, False, "everywhere", 2),
        Change("/a", 2, 0, False, "content", 3),
    ]


def test_long_texts_are_counted_before_they_wait() -> None:
    old = "\n".join(f"line {n}" for n in range(9_000))
    changes = Changes()
    changes.line(edit("Edit", {"old_string": old, "new_string": old + "\nmore"}))
    assert changes.line(user([result()])) == [Change("/a", 1, 0, False, "texts")]


def test_endless_texts_replace_each_other() -> None:
    old, new = "x\n" * 400_000, "x\n" * 400_001
    found = facts([edit("Edit", {"old_string": old, "new_string": new}), user([result()])])
    assert (found.lines_added, found.lines_removed) == (400_001, 400_000)


def test_a_file_that_was_written_as_it_was_is_no_change() -> None:
    same = {"type": "update", "filePath": "/a", "structuredPatch": []}
    assert facts([edit("Write", {"content": "1"}), user([result()], toolUseResult=same)]) == facts(
        [edit("Write", {"content": "1"}), user([result()], toolUseResult="Error: no")]
    )
