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
TOLD += [
    ("I changed the password from J\u00fcrgen-lemon14 to {} yesterday", "aklimE47!"),
    ("I changed the password from {} to aklimE47! yesterday", "velvetvelvet8"),
    ("set POSTGRES_PASSWORD to {} please", "NCC-7922-id"),
    ("creds are admin:{} for grafana", "Adm1n-Kiara_95"),
    ("smtp creds: mailer@example.com / {}", "\u0421\u043e\u043b\u043d\u044b\u0448\u043a\u043e57"),
    ("The admin login is **admin** / **{}**.", "vlinder71"),
    ("user: bob pass: {}", "Werder_81ever"),
    ("password for the staging server = {}", "Win1962otter"),
    ("the old one was {} , that password no longer works", "vfhbyf4292"),
    ("try logging in as root with {}", "WA-8312-33"),
    ("la contrase\u00f1a es {}", "jonas6534888"),
    ("\u043f\u0430\u0440\u043e\u043b\u044c: {}", "2A-8846-U2"),
    ("$m = mysqli_connect('localhost', 'shop', '{}', 'shop');", "Coff33_rock3t"),
    ('conn = pymysql.connect("db", "root", "{}", "shop")', "silversilver3"),
    ('test> db.auth("root", "{}")', "Mysql4Me!1961"),
    (
        'db.createUser({user:"app", pwd:"{}", roles:["x"]})',
        "\u041c\u0435\u0434\u0432\u0435\u0434\u044c36",
    ),
    ("echo '{}' | sudo -S apt update", "54-5596-UC"),
    ("SET PASSWORD FOR 'root'@'localhost' = PASSWORD('{}');", "$up3rTunn3l#58"),
    ("const token = jwt.sign(payload, '{}');", "copper-wizard-dragon-59"),
    ("SESSION_SECRET={}\n", "marble-wizard-badger-23"),
    ("'key' => '{}',", "base64:c7EdyGCx7fDxBGWJ9g8x2FJD2YB2GzWHzvVtBY8KLSF="),
    ("echo {} | base64 -d", "QWRtMW4tUmVrc2lvXzg1Mzky"),
    ("echo -n '{}' | xxd -r -p | docker login", "37372d353932382d504f3834"),
    ('pw2 = bytes.fromhex("{}").decode()', "56616c656e63696135393537352b3231"),
    (
        "wg set wg0 private-key <(echo {})",
        "ud7DirG6KS+GXeVBNNHmQKyQOTtaig/8vWzM4wplFy0=",
    ),
    ("the password is '{}'", "blue file tree moon"),
    ('passphrase for the key is "{}"', "my cactus eats thunder at Krakow"),
    ('  psk: "{}"', "my marble eats otter at Dresden"),
    ("use {} as the password for the admin account", "NCC-2564-uo"),
    ("- VPN: user bob, password `{}`", "54ddl3_badger"),
    ("bw unlock '{}'", "my otter eats banana at Lisboa"),
    ("PGPASSWORD='{}' psql -h db", "panther silver jungle harbor"),
    ("      MINIO_ROOT_PASSWORD: '{}'\n", "my coffee eats harbor at Porto"),
    ('%any %any : PSK "{}"', "my cobalt eats lemon at Utrecht"),
]
CODES = [
    ("the PIN for the VPN token is {}", "512717"),
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
        "PASSWORD_HINT: 'Bitte geben Sie Ihr Passwort ein'",
        "RESET_PASSWORD: 'Mot de passe oubli\u00e9'",
        "DB_PASSWORD: ${DB_PASSWORD:?required}",
        "usage: login [--user USER] [--password PASSWORD]",
        "set MAX_TOKENS to 4096, log in as admin with SSO",
        "login: admin / settings",
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
    for value in (*NAMED[:3], "harbor2019!", "walrus guitar melody 94", "rjntyjr1285"):
        assert list(worthy(value, "password")) == [value]
    for value in ("kettle-crimson", "44786607", "1977 3951"):
        assert not list(worthy(value, "password"))


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
    shown = {"command": "az keyvault secret show --vault-name kv --name db | grep value"}
    vault = {"type": "tool_use", "id": "toolu_3", "name": "Bash", "input": shown}
    answers = [
        {"type": "tool_result", "tool_use_id": "toolu_3", "content": '  "value": "Lisboa@1973#jp"'},
        {"type": "tool_result", "tool_use_id": "toolu_2", "content": "3GEGkSWM71waf3Tl9tW9wbpUQacxwumiD95qZ7HL3vg="},  # noqa: E501
    ]  # fmt: skip
    text = redacted(
        {"type": "assistant", "message": {"content": [call, wg, vault]}},
        {"type": "user", "message": {"content": answers}},
    )
    for value in ("Schnee-Violet", "V10l3t", "3GEGkSWM", "Lisboa"):
        assert value not in text, value
