"""Values of SQL statements are told by the column of their placeholder."""

import pytest
from ccshare.tests.transcript.test_structures import found, found_by_both, made_up

CHOSEN = "Winter!Falls77"
KEY = made_up(22)

TOLD = [
    'cur.execute("INSERT INTO users (email, password) VALUES (%s, %s)", ("kim@a.dk", "{}"))',
    'db.query("UPDATE users SET password = $1 WHERE id = $2", ["{}", 42])',
    "INFO INSERT INTO users (email, password) VALUES (?, ?)\nINFO [0.1s] ('a@b', '{}')",
    "LOG: UPDATE users SET name = $1, password = $2 WHERE id = $3\n"
    "DETAIL: parameters: $1 = 'kim', $2 = '{}', $3 = '42'",
    'INSERT INTO "Users" ("id","e","password") VALUES (DEFAULT,$1,$2) RETURNING "id"; "a@b", "{}"',
    'prepare("INSERT INTO users(name, password) VALUES(?1, ?2)", params!["kim", "{}"])',
    'execute("SELECT id FROM users WHERE name = ? AND password = ?", ("kim", "{}"))',
    "INSERT INTO a (password, b) VALUES ($1, 'x') -- args ['{}']",
    'password = os.environ["DB_PASSWORD"] if IS_LIVE else "{}"',
]
TOKENS = [
    'execute("UPDATE users SET jwt = ? WHERE id = ?", ("{}", 1))',
    'execute("SELECT id FROM s WHERE session_cookie = ?", ("{}",))',
]
OTHERS = [
    'execute("UPDATE users SET password = ? WHERE id = ?", (hashed, user_id))',
    'execute("INSERT INTO users (name, password) VALUES (?, ?)", ("'
    + KEY[:9]
    + '-kim", password))',
    'execute("INSERT INTO files (digest, path) VALUES (?, ?)", ("' + "0f" * 20 + '", "a.txt"))',
    'execute("UPDATE a SET password = ?", (make(x),)); log("' + CHOSEN + '")',
    'kind = "password" if shown else "text"',
    'INSERT INTO a (b, password) VALUES (?, ?, ?); "x1y2z3w4", "x1y2z3w4"',
]


@pytest.mark.parametrize("form", TOLD)
@pytest.mark.parametrize("value", [CHOSEN, KEY])
def test_told_by_the_column(form: str, value: str) -> None:
    assert found_by_both(f"before\n{form.replace('{}', value)}\nbehind\n") == [value]


@pytest.mark.parametrize("form", TOKENS)
def test_a_token_too(form: str) -> None:
    assert found_by_both(form.replace("{}", KEY)) == [KEY]


@pytest.mark.parametrize("text", OTHERS)
def test_nothing_told(text: str) -> None:
    assert found(text) == []
