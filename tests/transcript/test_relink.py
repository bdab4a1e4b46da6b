"""The parent chain when lines are left out."""

from ccshare.transcript.model import Json
from ccshare.transcript.relink import Relinker


def line(uuid: str, parent: str | None) -> Json:
    return {"type": "user", "uuid": uuid, "parentUuid": parent}


def test_a_kept_line_finds_its_nearest_kept_ancestor() -> None:
    relinker = Relinker()
    relinker.link(line("a", None), kept=True)
    for uuid, parent in (("p1", "a"), ("p2", "p1"), ("p3", "p2")):
        relinker.link(line(uuid, parent), kept=False)
    kept = line("b", "p3")
    relinker.link(kept, kept=True)
    assert kept["parentUuid"] == "a"


def test_a_left_out_root_leaves_no_parent() -> None:
    relinker = Relinker()
    relinker.link(line("snapshot", None), kept=False)
    kept = line("a", "snapshot")
    relinker.link(kept, kept=True)
    assert kept["parentUuid"] is None


def test_the_other_parent_of_a_compaction_is_linked_too() -> None:
    relinker = Relinker()
    relinker.link(line("hook", "a"), kept=False)
    kept = {**line("boundary", None), "logicalParentUuid": "hook"}
    relinker.link(kept, kept=True)
    assert kept == {**line("boundary", None), "logicalParentUuid": "a"}


def test_left_out_and_foreign_lines_are_not_changed() -> None:
    relinker = Relinker()
    relinker.link(line("p1", "a"), kept=False)
    dropped, unknown = line("p2", "p1"), line("b", "elsewhere")
    relinker.link(dropped, kept=False)
    relinker.link(unknown, kept=True)
    assert (dropped, unknown) == (line("p2", "p1"), line("b", "elsewhere"))


def test_hostile_parents_are_left_alone() -> None:
    relinker = Relinker()
    relinker.link({"uuid": ["x"], "parentUuid": {}}, kept=False)
    relinker.link({"uuid": "self", "parentUuid": "self"}, kept=False)
    kept: Json = {"uuid": "b", "parentUuid": ["x"]}
    relinker.link(kept, kept=True)
    assert kept["parentUuid"] == ["x"]


def test_only_the_last_left_out_lines_are_remembered() -> None:
    relinker = Relinker(most=100)
    relinker.link(line("old", "a"), kept=False)
    for number in range(100):
        relinker.link(line(f"p{number}", "z"), kept=False)
    forgotten, known = line("b", "old"), line("c", "p99")
    relinker.link(forgotten, kept=True)
    relinker.link(known, kept=True)
    assert (forgotten["parentUuid"], known["parentUuid"]) == ("old", "z")
