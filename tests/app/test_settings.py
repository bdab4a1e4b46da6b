import dataclasses
import re
from pathlib import Path

import pytest
from ccshare.app.settings import SETTINGS, SettingError, Settings


def test_it_works() -> None:
    settings = Settings.load({})
    assert settings.port == 3000
    assert settings.database_path == Path("data/sessions.db")
    assert settings.data_dir == Path("data")
    assert settings.upload_rate == "120/hour"


def test_the_table_and_the_fields_are_the_same() -> None:
    fields = [field.name for field in dataclasses.fields(Settings)]
    assert fields == [row.name.lower() for row in SETTINGS]
    assert all(row.help.endswith(".") for row in SETTINGS)


def test_the_code_reads_no_other_variable() -> None:
    folder = Path(__file__).parents[2] / "app"
    pattern = re.compile(r"os\.environ|os\.getenv|from os import")
    assert [p.name for p in folder.rglob("*.py") if pattern.search(p.read_text())] == [
        "settings.py"
    ]


def test_empty_counts_as_unset() -> None:
    assert Settings.load({"PORT": " ", "REDIS_URL": ""}).port == 3000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "http"),
        ("PORT", "99999"),
        ("MAX_UPLOAD_MB", "-1"),
        ("MAX_UPLOAD_MB", "1e3"),
        ("PROXY_HOPS", "many"),
        ("SESSION_EXPIRY_DAYS", "30d"),
        ("UPLOAD_RATE", "lots"),
        ("SCAN", "maybe"),
        ("PUBLIC_URL", "share.example.org"),
        ("PUBLIC_URL", "https://example.org/share"),
        ("SHARE_API_KEY", "short"),
        ("DATABASE_PATH", ":memory:"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("REDIS_URL", "localhost:6379"),
    ],
)
def test_bad_values_are_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"^{name} must be "):
        Settings.load({name: value})


def test_a_refusal_does_not_repeat_the_value() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.load({"SHARE_API_KEY": "hunter2"})
    assert "hunter2" not in str(caught.value)


def test_a_public_url_loses_its_slash() -> None:
    given = {"PUBLIC_URL": "https://share.example.org/"}
    assert Settings.load(given).public_url == "https://share.example.org"
