"""What a random value may hold, and what looks like one and is none."""

import random
import string

import pytest
from ccshare.transcript.detect import find
from ccshare.transcript.mixture import is_tangled
from ccshare.transcript.screen import Screen
from ccshare.transcript.values import is_in_fours

LETTERS = string.ascii_letters + string.digits


def part(length: int, seed: str, letters: str = LETTERS) -> str:
    """Random letters, a digit among them."""
    source = random.Random(seed)
    made = "".join(source.choice(letters) for _ in range(length - 2))
    return f"{made}{source.randint(2, 9)}{source.choice('kqxz')}"


def found(text: str) -> list[str]:
    spans = [text[span.start : span.end] for span in find(text)]
    if spans:  # what is asked of many texts at once must not lose it
        assert Screen(None).clean([text]) == set()
    return spans


SHAPES = (
    *("{}.{}", "{}.{}.{}", "{}({}){}", "{}[{}]{}", "{}->{}", "{}=={}", "{}({}", "{}::{}"),
    *("{}\u5bc6\u7801{}", "{}!{}_{}^{}", "{}-{}*{}"),
)
FORMS = (
    "DB_PASSWORD={}\nPORT=1",
    'password = "{}"',
    "  password: {}\n  port: 1",
    '{{"api_secret": "{}", "x": 1}}',
    "password: '{}',",
    "tool --password '{}' x",
    "export FERNET_KEY='{}'",
    "<password>{}</password>",
)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", FORMS)
def test_signs_of_code_in_a_random_value(form: str, shape: str) -> None:
    if form.startswith("<") and ">" in shape:
        return
    missed = []
    for seed in range(8):
        value = shape.format(*(part(6, f"{shape}{seed}{at}") for at in range(4)))
        if value not in found(form.format(value)):
            missed.append(value)
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("sign", ["'", "`", "\\", "<"])
@pytest.mark.parametrize("form", ["DB_PASSWORD={}\nX=1", "  password: {}\n  x: 1", "password={}"])
def test_a_mark_inside_a_bare_value(form: str, sign: str) -> None:
    missed = []
    for seed in range(8):
        value = f"{part(6, f'a{seed}')}{sign}q{part(6, f'b{seed}')}"
        if value not in found(form.format(value)):
            missed.append(value)
    assert len(missed) <= 1, missed


def test_blanks_inside_quotes() -> None:
    for value in (
        f"{part(6, 'a')} {part(7, 'b')}",
        f"{part(5, 'c')} {part(4, 'd')} {part(6, 'e')}",
        " ".join(part(4, f"f{at}") for at in range(6)),
    ):
        assert found(f'DB_PASSWORD="{value}"') == [value]
        assert found(f'{{"password": "{value}"}}') == [value]


def test_passwords_for_programs() -> None:
    of_google, of_wordpress = "wxqz kfjt pzrm qhvd", " ".join(part(4, f"f{at}") for at in range(6))
    for value in (of_google, of_wordpress):
        assert is_in_fours(value)
        assert found(f"the application password is {value}") == [value]
        assert found(f"application password: {value}\n") == [value]


def test_digits() -> None:
    number = str(random.Random(5).randint(10**8, 10**9 - 1))
    assert found(f"DB_PASSWORD={number}") == [number]
    assert found(f'{{"password": "{number}"}}') == [number]
    for text in (
        f"max_tokens={number}",
        "DB_PASSWORD=123456789",
        "password: 20240131",
        f"password_changed={number}",
        "PASS=8080",
        f"api_key_id: {number}",
    ):
        assert found(text) == []


CODE = r"""
password = config.get("x")
token = request.token
password: os.environ["DB_PASSWORD2"],
password: config.db2.password,
token = this.oauth2Client.accessToken
"password": "user.password2"
const token = await getToken(s3Client.v4Secret)
password=$(cat /run/secrets/db2)
"password": "faker.internet.password(12)"
password: "${DB_PASSWORD_2}"
secret: k8s.io/v1beta1.Secret
"token": "ctx.headers[x-token-2]"
password: "Enter 8 to 12 characters"
password: "min 8 chars, 1 upper, 2 digits"
password: "\u8bf7\u8f93\u51656\u4f4d\u5bc6\u7801"
token pattern: [A-Za-z0-9_-]{20,40}
KEY_INFO *PKCS8_decrypt_ex(const char *pass)
the token \xe2\x80\xa6DjGenerated
DB_PASSWORD='changeme1' docker compose up
env: ["API_TOKEN=$TOKEN1","PORT=80"]
signing_key = "sha256.New224"
""".strip().splitlines()


@pytest.mark.parametrize("text", CODE)
def test_code_stays(text: str) -> None:
    assert [value for value in found(text) if value != "changeme1"] == []


def test_tangled() -> None:
    for value in ("x7Qm.vR2kd", "a3b(K3zz)w9"):
        assert is_tangled(value)
    for value in ("e1.t2(n)", "config.db2.url", "v1.2.3-rc.4", "utf8.decode", "//host1/x2y3z4a"):
        assert not is_tangled(value)


@pytest.mark.parametrize("kind", ["String!", "ID!", "[String!]!"])
def test_a_type_of_graphql_is_no_password(kind: str) -> None:
    assert found(f"  signIn(token: {kind}, password: {kind}): Session!") == []
    assert found(f"input SignIn {{\n  password: {kind}\n  token: {kind}\n}}") == []
