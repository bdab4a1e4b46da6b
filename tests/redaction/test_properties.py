"""What must hold whatever a session says."""

import base64
import hashlib
import json
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from ccshare.tests.redaction.compose import compose
from ccshare.tests.redaction.disguises import DISGUISES
from ccshare.tests.redaction.hostile import check
from ccshare.tests.redaction.judge import reported, strings
from ccshare.tests.redaction.named import NAMED
from ccshare.tests.redaction.providers import KNOWN
from ccshare.tests.redaction.session import Session
from ccshare.tests.redaction.shapes import make
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SEED = 11
QUIET = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
PIECES = st.sampled_from(
    [
        *("password", "token", "=", ": ", '"', "'", "\\", "\\n", "\n", "\x1b[31m", "\x1b[0m"),
        *("    12→", "+", "%3D", "&quot;", "Bearer ", "https://u:", "@host/", "[REDACTED:x#1]"),
        *("-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----", "\0", "\ud800"),
        *("[REDACTED:", "#1]", "/home/", "C:\\Users\\", "~", "\u2028", "é", "密码是 ", "--"),
    ]
)


def token(seed: int) -> str:
    """A secret of some kind."""
    rng = Random(seed)
    return make(rng, rng.choice(KNOWN + NAMED)[2])


def hidden(seed: int) -> str:
    """A secret in some disguise."""
    rng = Random(seed)
    _, name, template = rng.choice(KNOWN + NAMED)
    return rng.choice(DISGUISES)[1](rng, name, make(rng, template))[0]


TOKENS = st.integers(0, 9_999).map(token)
HIDDEN = st.integers(0, 9_999).map(hidden)
TEXTS = st.lists(st.one_of(PIECES, TOKENS, HIDDEN, st.text(max_size=8)), max_size=12).map("".join)
CLEAN_TEXTS = TEXTS.map(lambda text: text.replace("\ud800", "?"))
VALUES = st.recursive(
    st.one_of(CLEAN_TEXTS, st.none(), st.booleans(), st.integers(-(10**9), 10**9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(CLEAN_TEXTS, inner, max_size=4)
    ),
    max_leaves=8,
)


@QUIET
@given(st.lists(VALUES, min_size=1, max_size=3))
def test_any_json_keeps_its_shape_and_a_second_run_changes_nothing(values: list) -> None:
    check(values)


@pytest.fixture(scope="module")
def sessions() -> list[Session]:
    return compose(SEED)[:6]


def test_lines_ids_and_chain_survive_whole_sessions(sessions, tmp_path: Path) -> None:
    for session in sessions:
        lines, _ = reported(session.save(tmp_path / session.id), tmp_path)
        chain = [line for line in lines if "uuid" in line]
        uuids = {line["uuid"] for line in chain}
        assert len(uuids) == len(chain) >= sum(len(scene.uuids) for scene in session.scenes)
        parents = {line["parentUuid"] for line in chain} - {None}
        assert parents <= uuids
        again = tmp_path / "again.jsonl"
        again.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        unchanged = reported(again, tmp_path)[0] == lines
        assert unchanged, "a second run changed something"


def spellings(value: str) -> set[str]:
    """The value as it may stand in a text: plain, in JSON, in a URL, in base64 anywhere."""
    found = {value, json.dumps(value)[1:-1], quote(value, safe="")}
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + value.encode()).decode().rstrip("=")
        found.add(text[-(-shift * 4 // 3) + 1 : -2])
    return found


def test_no_value_of_the_report_occurs_in_the_output(sessions, tmp_path: Path) -> None:
    named = 0
    for session in sessions:
        lines, digests = reported(session.save(tmp_path / session.id), tmp_path)
        text = "\0".join(strings(lines))
        labels = [label for scene in session.scenes for label in scene.labels]
        for label in labels:
            if hashlib.sha256(label.value.encode()).hexdigest() in digests:
                named += 1
                left = any(form in text for form in spellings(label.value))
                assert not left, f"{label.kind} @ {label.place} is in the report and still there"
    assert named > 100
