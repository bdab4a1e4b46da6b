"""Log lines: what they say, and what they never say."""

import json
import logging
import sqlite3
import sys
from contextlib import closing
from typing import Any

import pytest
from ccshare.app import logs


def record(message: str, *args: Any, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("x", logging.ERROR, __file__, 1, message, args, info)


def raised() -> BaseException:
    try:
        try:
            int("Hush")
        except ValueError as inner:
            raise RuntimeError("Hush again") from inner
    except RuntimeError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize("kind", ["text", "json"])
def test_it_works(kind: str) -> None:
    line = logs.Formatter(kind).format(record("it broke at %s", "ten", error=raised()))
    assert "it broke at ten" in line
    assert "Hush" not in line
    assert "RuntimeError" in line
    assert "ValueError" in line
    assert "test_logs.py:" in line
    assert "\n" not in line


def test_json_has_fields() -> None:
    found = json.loads(logs.Formatter("json").format(record("x", error=raised())))
    assert found["error"] == ["RuntimeError", "ValueError"]
    assert found["at"] == [f"app/test_logs.py:{raised.__code__.co_firstlineno + 5} raised"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("GET /s/abcdEFGH1234?q=hush HTTP", "GET /s/abcd********? HTTP"),
        ("key ccs_abcdefgh12345 of", "key ccs_ of"),
        ("two\nlines\r\nand \x1b[31m", "two lines and ?[31m"),
        ("is it so? yes", "is it so? yes"),
    ],
)
def test_clean(text: str, kept: str) -> None:
    assert logs.clean(text) == kept


def test_a_database_says_its_code_only() -> None:
    memory = closing(sqlite3.connect(":memory:"))
    with memory as connection, pytest.raises(sqlite3.OperationalError) as failed:
        connection.execute("SELECT 'hush' FROM hush")
    assert logs.describe(failed.value) == "OperationalError SQLITE_ERROR"


def test_libraries_log_through_it(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    from ccshare.app.settings import Settings

    before = logging.root.handlers[:], logging.root.level
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(sys, "warnoptions", ["error"])
    try:
        logs.configure(Settings.load({"LOG_FORMAT": "json"}))
        logging.getLogger("some.library").warning("about %s", "/s/abcdEFGH1234")
    finally:
        logging.captureWarnings(False)
        logging.root.handlers, level = before[0], before[1]
        logging.root.setLevel(level)
    assert json.loads(capsys.readouterr().err)["message"] == "about /s/abcd********"


def test_a_path_that_leads_nowhere_is_cut() -> None:
    assert logs._path("/S/abcdEFGH1234/x", known=False) == "/S/abcd********/x"
    assert logs._path("/static/app.0123456789ab.css", known=True).endswith("0123456789ab.css")
    assert len(logs._path("/" + "é" * 5000, known=False)) < 1000
