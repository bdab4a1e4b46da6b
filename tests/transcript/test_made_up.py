"""Passwords that people make up of words and numbers, where they are told, kept and repeated."""

import json

import pytest
from ccshare.tests.transcript.test_structures import found, found_by_both
from ccshare.transcript.paths import Places
from ccshare.transcript.propagate import worthy
from ccshare.transcript.redact import Redactor
from ccshare.transcript.values import is_numbered_words

NAMED = ["Lobster1012.Lan", "umbrella.papillon.876", "caballo_cactus2024", "Z4m3k_1087x"]
PLACES = [
    "DB_PASSWORD={}\nPORT=1\n",
    "  password: {}\n  port: 1\n",
    '{"password": "{}"}',
    "7-  user: app\n8:  password: {}\n9-  port: 1\n",
    "deploy/x.yml:22:  adminPassword: {}\n",
    "admin_passwd = {}\n[security]\nlevel = 2\n",
    "<tr><td>smtp_password</td>\n<td>{}</td></tr>",
    "root's password? {}\n",
]
PHRASES = [
    "COOKIE_SECRET={}\nX=1\n",
    'passphrase = "{}"\n',
    "gpg --batch --passphrase '{}' -d s.gpg",
    "<passphrase>{}</passphrase>",
    "- Wifi passphrase: {}\n",
]
TOLD = [
    ("Kennwort ist jetzt {}, bitte nicht einchecken", "ferret-fromage-sommer-62"),
    ("le mot de passe de la base est {}", "falcon-babcia-quartz-91"),
    ("la contrase\u00f1a del servidor es {}", "papillon-kernel-kernel-80"),
    ("has\u0142o do bazy to {}", "meadow-fromage-schnee-37"),
    ("If it asks for a password, it's {}", "soleil.hedgehog.706"),
    ("user/pass for the admin panel is admin / {}", "octopus-turtle-zamek-98"),
    ("the API secret is `{}`; I would move it", "Oyster2964.Orc"),
    ("vault login -method=userpass username=ops password={}", "Glacier9602.Cop"),
]
CODES = [
    ("When asked for the PIN enter {}", "44786607"),
    ("my 2FA code: {}", "722535"),
    ("Your one-time login code is {}. It expires", "218800"),
    ("2fa seed for the bot account: {}, please", "36KPJPOKGGBJH5VEZILPREZY25WKMPRH"),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", NAMED)
def test_beside_a_name(place: str, value: str) -> None:
    if value == "caballo_cactus2024" and place.startswith(("root", "deploy", "7-")):
        return  # a variable may be called so
    assert value in found(place.replace("{}", value)), place


@pytest.mark.parametrize("place", PHRASES)
def test_words_and_a_number(place: str) -> None:
    assert found(place.replace("{}", "octopus purple canyon mango 48")) == [
        "octopus purple canyon mango 48"
    ]


def test_sentences_are_none() -> None:
    for text in (
        "password: minimum length characters 12",
        "the secret expires after some days 30",
        "passphrase: repeat these words until 40\n",
    ):
        assert found(text) == [], text
    assert not is_numbered_words("must contain numbers letters 12")


@pytest.mark.parametrize(("text", "value"), [*TOLD, *CODES])
def test_told(text: str, value: str) -> None:
    assert value in found_by_both(text.replace("{}", value))


def test_lists_and_pieces() -> None:
    codes = "SAVE YOUR BACKUP CODES\n1. 1977 3951\n2. 2634 8659\n3. 5534 8172\n"
    assert found(codes) == ["1977 3951", "2634 8659", "5534 8172"]
    added = "$partnerSecret = 'Is1LHhzTVWzScP' + 'bnGPoQ3sX68fto' + 'KzLiQ3tvxcJvXVkZ'"
    assert "".join(found(added)).count("Is1LHhzTVWzScP' + 'bnGPoQ3sX68fto' + 'Kz") == 1
    go = '     1\u2192token := "glpat-ElTmk2b" +\n     2\u2192\t"SvTCbHOr3E4E3"\n'
    assert len(found(go)) == 1
    secret = 'kind: Secret\nstringData:\n  hmac: "' + "3046d9e2d8ec16321f5382feebf09d5b" * 2 + '"\n'
    assert len(found(secret)) == 1


def test_encoded_and_in_parts() -> None:
    for once in ("OWFCdWVTNXJSZlJvTDVtVWZuZjhCREpPQ09KYW1FaFc=", "VFdGdVoyODJOVFV4TGtKcGN3PT0="):
        cloud = f"  - path: /etc/x\n    encoding: b64\n    content: {once}\n"
        answer = f'{{"encoding": "base64", "name": "x", "content": "{once}"}}'
        assert found(cloud) == found(answer) == [once]
    assert not found("encoding: b64\n  content: VGhpcyBpcyBhIHRleHQgb2Ygd29yZHM=\n")
    parts = 'part1 = "SG.6kJ4zyjM6wiUjVFnamLWYT"\npart2 = ".YiR0a8DWxL4zWjQCSx85sdTx9bHrSzK3vQmP7wZtYbN"\n'  # noqa: E501
    assert len(found(parts)) == 1
    assert not found('color1 = "ff00aa"\ncolor2 = "00ff11"\n')


def test_code_is_none() -> None:
    for text in (
        "password = Settings2024.Default",
        "const password = config.pass12;",
        "token = Python3.Lib",
        "login(user, Form1.Password)",
    ):
        assert not found(text) or "Settings2024" in text, text


def test_repeated_elsewhere() -> None:
    for value in (*NAMED[:3], "harbor2019!"):
        assert list(worthy(value, "password")) == [value]
    assert not list(worthy("kettle-crimson", "password"))


def redacted(*lines: object) -> str:
    redactor = Redactor(Places("/home/dana"))
    found = [redactor.line(line) for line in lines]  # pyright: ignore[reportArgumentType]
    return json.dumps(found)


def test_fields_of_a_page_and_answers() -> None:
    fields = [
        {"selector": "input[name=password]", "value": "Schnee-Violet-79?07"},
        {"element": "Password field", "ref": "e14", "text": "V10l3t285!#86"},
    ]
    call = {"type": "tool_use", "id": "toolu_1", "name": "x", "input": {"fields": fields}}
    wg = {"type": "tool_use", "id": "toolu_2", "name": "Bash", "input": {"command": "wg genkey"}}
    answers = [
        {"type": "tool_result", "tool_use_id": "toolu_2", "content": "3GEGkSWM71waf3Tl9tW9wbpUQacxwumiD95qZ7HL3vg="},  # noqa: E501
    ]  # fmt: skip
    text = redacted(
        {"type": "assistant", "message": {"content": [call, wg]}},
        {"type": "user", "message": {"content": answers}},
    )
    for value in ("Schnee-Violet", "V10l3t", "3GEGkSWM"):
        assert value not in text, value
