"""Settings, keys, receipts, and what a project may say."""

import stat

import pytest
from ccshare.client import config, project
from ccshare.client.config import Receipt, Receipts, Settings
from ccshare.client.exits import ExitStatus, Failure


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_flag_before_environment_before_file(machine):
    environment = machine.environment()
    assert config.access(environment, None).server == config.DEFAULT_SERVER
    config.write_settings(environment, Settings("https://file.example"))
    assert config.access(environment, None).server == "https://file.example"
    machine.variables["SHARE_SERVER_URL"] = "https://env.example/"
    assert config.access(environment, None).server == "https://env.example"
    assert config.access(environment, "https://Flag.example").server == "https://flag.example"


def test_a_key_is_for_its_own_server_only(machine):
    environment = machine.environment()
    config.write_settings(environment, Settings("https://a.example", {"https://a.example": "k1"}))
    assert config.access(environment, None).key == "k1"
    assert config.access(environment, "https://b.example").key is None
    machine.variables["SHARE_API_KEY"] = "k2"
    assert config.access(environment, None).key == "k2"


def test_no_key_says_how_to_get_one(machine):
    with pytest.raises(Failure, match="no key") as raised:
        config.access(machine.environment(), None).need_key()
    assert raised.value.status is ExitStatus.NOT_ALLOWED
    assert "ccshare login" in raised.value.todo


def test_what_is_saved_is_private(machine):
    machine.variables["CCSHARE_CONFIG_DIR"] = str(machine.root / "new/config")
    environment = machine.environment()
    path = config.write_settings(environment, Settings("https://a.example", {"a": "k"}))
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["config.toml"]
    assert config.read_settings(environment) == Settings("https://a.example", {"a": "k"})


@pytest.mark.parametrize(
    "url", ["share.example.com", "localhost:3000", "ftp://x", "https://u:p@x", "https://x?k=1"]
)
def test_what_is_no_server(url):
    with pytest.raises(Failure) as raised:
        config.server_url(url)
    assert raised.value.status is ExitStatus.USAGE


def test_a_damaged_file_is_named(machine):
    (machine.root / "config/config.toml").write_text("server = ")
    with pytest.raises(Failure, match=r"config\.toml"):
        config.read_settings(machine.environment())


def receipt(share, title="T"):
    return Receipt(share, f"https://x/s/{share}", "https://x", "sid", title, "2026", None)


def test_receipts(machine):
    receipts = Receipts(machine.environment())
    receipts.add(receipt("one"))
    receipts.add(receipt("two"))
    receipts.add(receipt("one", "again"))
    assert [(r.id, r.title) for r in receipts] == [("two", "T"), ("one", "again")]
    assert mode(machine.root / "config/receipts.json") == 0o600
    receipts.remove("https://x", "two")
    receipts.remove("https://other", "one")
    assert [r.id for r in receipts] == ["one"]
    assert receipts.find("one") == receipt("one", "again")


@pytest.mark.parametrize("content", ["", "{", '{"receipts":[{"id":1}]}', '{"receipts":5}'])
def test_damaged_receipts_stop_nothing(machine, content):
    (machine.root / "config/receipts.json").write_text(content)
    receipts = Receipts(machine.environment())
    assert list(receipts) == []
    receipts.add(receipt("one"))
    assert len(list(receipts)) == 1


def test_a_project_can_forbid_from_above(tmp_path):
    (tmp_path / ".ccshare.toml").write_text("share = false\n")
    deep = tmp_path / "a/b"
    found = project.rules([str(deep)])
    with pytest.raises(Failure, match="share = false") as raised:
        found.enforce()
    assert raised.value.status is ExitStatus.PRIVACY


def test_any_folder_the_session_was_in_can_forbid(tmp_path):
    for name in ("open", "closed"):
        (tmp_path / name).mkdir()
    (tmp_path / "closed/.ccshare.toml").write_text("share = false")
    project.rules([str(tmp_path / "open")]).enforce()
    with pytest.raises(Failure):
        project.rules([str(tmp_path / "open"), str(tmp_path / "closed")]).enforce()


def test_an_inner_yes_does_not_undo_an_outer_no(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/.ccshare.toml").write_text("share = true")
    (tmp_path / ".ccshare.toml").write_text("share = false")
    with pytest.raises(Failure):
        project.rules([str(tmp_path / "in")]).enforce()


@pytest.mark.parametrize(
    "content", [b"share = ", b'share = "false"', b"share = 0", b"\xff", b"#" * 70_000]
)
def test_what_cannot_be_understood_forbids(tmp_path, content):
    (tmp_path / ".ccshare.toml").write_bytes(content)
    with pytest.raises(Failure) as raised:
        project.rules([str(tmp_path)])
    assert raised.value.status is ExitStatus.PRIVACY


def test_a_project_cannot_loosen(tmp_path):
    (tmp_path / ".ccshare.toml").write_text('allow = ["x"]\nauto = true\npatterns = ["y"]\n')
    found = project.rules([str(tmp_path)])
    found.enforce()
    assert [note.partition(": ")[2].split("`")[1] for note in found.notes] == [
        "allow",
        "auto",
        "patterns",
    ]
    assert found.patterns == []


def test_a_project_adds_patterns(tmp_path):
    (tmp_path / ".ccshare.toml").write_text('redact = ["ACME-[0-9]+"]\n')
    (pattern,) = project.rules([str(tmp_path)]).patterns
    assert [span[:3] for span in pattern.find("see ACME-17.")] == [(4, 11, "custom")]


@pytest.mark.parametrize(
    "content", ['redact = "x"', 'redact = ["("]', 'redact = ["a*"]', f"redact = {['x'] * 51}"]
)
def test_patterns_that_cannot_be_used_forbid(tmp_path, content):
    (tmp_path / ".ccshare.toml").write_text(content)
    with pytest.raises(Failure) as refusal:
        project.rules([str(tmp_path)])
    assert refusal.value.status is ExitStatus.PRIVACY


@pytest.mark.parametrize("folder", [".", "", "C:\\x", "/a\0b", "relative/x"])
def test_folders_of_other_machines_are_no_trouble(folder):
    project.rules([folder]).enforce()
