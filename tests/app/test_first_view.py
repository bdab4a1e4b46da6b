"""What a link opens is drawn when its share was stored, and only then if pages are kept."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import first_view, pages


@pytest.fixture
def upload(alice: Any, encode: Any, head: Any, lines: Any) -> Callable[[str], Any]:
    """Share a session of one prompt; the answer, not closed yet."""

    def go(text: str) -> Any:
        return alice.upload(encode(head(), lines.user(text)))

    return go


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The shares whose rows were drawn, each time."""
    seen: list[str] = []
    build = pages.session_page.build

    def noted(share: Any, *args: Any, **options: Any) -> Any:
        seen.append(share.share_id)
        return build(share, *args, **options)

    monkeypatch.setattr(pages.session_page, "build", noted)
    return seen


def test_it_is_ready_for_the_first_reader(alice: Any, upload: Any, drawn: list[str]) -> None:
    answer = upload("hello")
    assert drawn == []  # the uploader does not wait for it
    answer.close()
    share_id = answer.json["id"]
    assert drawn == [share_id]
    for _ in range(2):
        assert alice.get(f"/s/{share_id}").status_code == 200
    assert drawn == [share_id]


def test_each_revision_is_drawn(alice: Any, upload: Any, drawn: list[str]) -> None:
    upload("hello").close()
    answer = upload("hello again")
    answer.close()
    assert len(drawn) == 2
    assert "hello again" in alice.get(f"/s/{answer.json['id']}").text
    assert len(drawn) == 2


def test_one_that_is_gone_at_once(alice: Any, upload: Any, drawn: list[str], caplog: Any) -> None:
    answer = upload("hello")
    assert alice.delete(answer.json["id"]).status_code == 204
    answer.close()
    assert drawn == []
    assert not caplog.records


def test_a_failure_is_logged_and_costs_nothing(
    alice: Any, upload: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError("no such luck")

    answer = upload("hello")
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(pages.session_page, "build", broken)
        answer.close()
    assert [record.name for record in caplog.records] == [first_view.__name__]
    assert alice.get(f"/s/{answer.json['id']}").status_code == 200
