"""Diffs out of patches and out of two texts."""

import time

from ccshare.render import diff

PATCH = [
    {"oldStart": 3, "oldLines": 3, "newStart": 3, "newLines": 4,
     "lines": [" a", "-b", "+c", "+d", " e", "\\ No newline at end of file"]},
]  # fmt: skip


def test_a_patch_keeps_its_line_numbers() -> None:
    found = diff.from_patch(PATCH)
    assert (found.added, found.removed, found.size) == (2, 1, 5)
    assert found.hunks[0].lines == (" a", "-b", "+c", "+d", " e")
    assert (found.hunks[0].old_start, found.hunks[0].new_start) == (3, 3)


def test_two_texts_are_compared_line_by_line() -> None:
    found = diff.from_texts([("a\nb\n-- c\n", "a\nB\n-- c\n++ d\n"), ("same", "same")])
    assert len(found.hunks) == 1
    assert found.hunks[0].lines == (" a", "-b", "+B", " -- c", "+++ d")
    assert (found.added, found.removed) == (2, 1)
    assert found.hunks[0].old_start == 0


def test_new_and_deleted_texts() -> None:
    assert diff.from_texts([("", "a\nb")]).hunks[0].lines == ("+a", "+b")
    assert diff.from_texts([("a", "")]).hunks[0].lines == ("-a",)
    assert diff.from_texts([("", "")]).hunks == ()


def test_what_is_no_patch_gives_no_diff() -> None:
    for patch in (None, 3, "x", [1, None, {}], [{"lines": "x"}], [{"lines": [1, None, "", "?x"]}]):
        assert diff.from_patch(patch).hunks == ()
    odd = diff.from_patch([{"oldStart": "x", "newStart": -5, "lines": ["+a"]}])
    assert (odd.hunks[0].old_start, odd.hunks[0].new_start) == (0, 0)


def test_the_first_lines_of_a_long_diff() -> None:
    found = diff.from_patch([*PATCH, *PATCH]).first(7)
    assert [len(hunk.lines) for hunk in found.hunks] == [5, 2]


def test_hostile_texts_are_compared_in_time() -> None:
    start = time.process_time()
    diff.from_texts([("a\nb\n" * 350, "b\na\n" * 350)])
    diff.from_texts([("x\n" * 100_000, "y\n" * 100_000)])
    diff.from_texts([(f"{n}\n" * 700, f"{n + 1}\n" * 700) for n in range(50)])
    assert time.process_time() - start < 3
