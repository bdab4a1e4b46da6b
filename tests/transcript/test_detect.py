"""Names and structures beside values, what is harmless, and the time it takes."""

import itertools
import random
import string
import time

import pytest
from ccshare.transcript.detect import MARK, find, find_value

LETTERS = string.ascii_letters + string.digits


def made_up(length: int = 32, alphabet: str = LETTERS, seed: int = 3) -> str:
    source = random.Random(seed)
    return "".join(source.choice(alphabet) for _ in range(length))


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text)]


PLACES = [
    "DB_PASSWORD={}",
    'export API_TOKEN="{}"',
    '"api_key": "{}"',
    '{{\\"api_key\\": \\"{}\\"}}',
    "apiKey: '{}',",
    "password: {}",
    'secret_key = "{}"',
    "https://x.test/?client_secret={}&x=1",
    "--password {}",
    "--api-key={}",
    "deploy --token {} --force",
    "Authorization: Bearer {}",
    'curl -H "X-Api-Key: {}"',
    "Cookie: theme=dark; session={}; a=b",
    "Set-Cookie: sid={}; Path=/",
    "postgres://app:{}@db:5432/x",
    "redis://:{}@cache",
    "curl -u me:{} https://x.test",
    "Server=x;Password={};",
    "<password>{}</password>",
    'os.environ["TOKEN"] = "{}"',
    'token: str = "{}"',
    "const token: string = `{}`",
    'auth_token => "{}"',
    "STRIPE_KEY={}",
    "machine h login me password {}",
    "mysql -h x -p{} db",
    "//npm.example.com/:_authToken={}",
    "ENCRYPTION_KEY={}\nX=1",
    "token={}\\nFOO=bar",
    "\x1b[32mSECRET_KEY\x1b[0m={}",
    "the password is {}",
    'connect("password", "{}")',
    '   12→API_SECRET="{}"',
]


@pytest.mark.parametrize("place", PLACES)
def test_value_beside_a_name(place: str) -> None:
    for seed in range(5):
        for value in (made_up(24, seed=seed), made_up(32, "0123456789abcdef", seed)):
            assert value in found(place.format(value))


@pytest.mark.parametrize("password", ["hunter2!", "Winter2024!", "tr0ub4dor&3", "S3cr3t-Pa55"])
@pytest.mark.parametrize("place", ["DB_PASSWORD={}", '"password": "{}"', "mysql://root:{}@db"])
def test_password_that_a_person_made_up(password: str, place: str) -> None:
    assert found(place.format(password)) == [password]


HARMLESS = """\
password = getpass()
max_tokens=4096
TOKEN=${TOKEN}
token = os.environ["TOKEN"]
password: changeme
api_key: <your-key>
secret: xxxxxxxxxxxxxxxx
password=$DB_PASSWORD
token: str
password: string;
const token = await getToken(user)
password: process.env.DB_PASS
"token": "string"
tokens: 123456
token_count=123456789
secretName: my-secret-name
password_hash = hash_password(password)
api_key = config.get("api_key")
foo(password=password1)
Authorization: Bearer $TOKEN
Authorization: Bearer ${{ secrets.GITHUB_TOKEN }}
postgres://user:password@localhost/db
https://${USER}:${PASS}@host
password: "Please enter your password"
<input type="password" name="password123">
token = tokens[0]
secret = secrets.token_hex(32)
API_KEY=your_api_key_here
API_KEY=sk-...
password = "********"
token: z.string().min(1)
private_key_path: /etc/ssl/private/server.key
primary_key=True
"access_token": null
key = lambda x: x[1]
docker run -u 1000:1000
date -u +%Y-%m-%dT%H:%M:%SZ
password.length >= 8
token_expires_at: 2024-01-01T10:00:00Z
session_key: user_session_42
-----BEGIN PUBLIC KEY-----
if key.startswith("-----BEGIN PRIVATE KEY-----") and key.endswith("-----END PRIVATE KEY-----"):
5f4dcc3b5aa765d61d8327deb882cf99  package-lock.json
commit 0123456789abcdef0123456789abcdef01234567
"requestId": "6f1c2a34-9d3e-4f7a-8b1c-2d3e4f5a6b7c"
"""


@pytest.mark.parametrize("line", HARMLESS.splitlines())
def test_harmless_text_is_left(line: str) -> None:
    assert found(line) == []


def test_integrity_hashes_are_left() -> None:
    b64 = LETTERS + "+/"
    assert not find(f'"integrity": "sha512-{made_up(86, b64)}=="')
    assert not find(f'"public_key": "{made_up(43, b64)}="')


def pem(lines: int = 6) -> str:
    body = "\n".join(made_up(64, LETTERS + "+/", seed) for seed in range(lines))
    head, tail = "BEGIN RSA PRIVATE KEY", "END RSA PRIVATE KEY"
    return f"-----{head}-----\n{body}\n-----{tail}-----"


def test_private_key_whole() -> None:
    assert found(f"cat key\n{pem()}\nok") == [pem()]


@pytest.mark.parametrize("shape", ["numbered", "escaped", "cut at end", "cut at start", "diff"])
def test_private_key_as_a_session_shows_it(shape: str) -> None:
    lines = pem().split("\n")
    text = {
        "numbered": "\n".join(f"{n:6}→{line}" for n, line in enumerate(lines, 1)) + "\n",
        "escaped": "\\n".join(lines),
        "cut at end": "\n".join(lines[:-2]),
        "cut at start": "intro\n" + "\n".join(lines[2:]),
        "diff": "\n".join("+" + line for line in lines),
    }[shape]
    left = text
    for value in found(text):
        left = left.replace(value, "")
    assert not any(line in left for line in lines if len(line) == 64)
    assert "intro" in left or shape != "cut at start"


def test_text_after_a_cut_key_stays() -> None:
    text = "\n".join([*pem().split("\n")[:4], "And this is how the story went on from here."])
    assert "story" not in "".join(found(text))


def test_json_key_gives_the_name() -> None:
    value = made_up()
    assert [s.rule for s in find_value("apiKey", value)] == ["api-key"]
    assert [s.rule for s in find_value("db_password", "hunter2!")] == ["password"]
    assert find_value("file_path", "src/hunter2!") == []
    assert find_value("max_tokens", "hunter2!") == []
    assert find_value("publicKey", value) == []


def test_spans_are_ordered_and_apart() -> None:
    text = f"token=ghp_{made_up(36)} password='{made_up(20)}' https://u:{made_up(20)}@h"
    spans = find(text)
    assert len(spans) == 3
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert spans[0].rule == "github-token" and spans[0].sure


def test_marks_are_never_touched() -> None:
    mark = "[REDACTED:github-token#3]"
    for text in (f"token={mark}", f'password: "{mark}"', f"https://u:{mark}@host", mark * 3):
        assert not find(text)
    partly = f"Bearer {made_up(40)}{mark}"
    assert all(not MARK.search(value) for value in found(partly))


def test_letters_that_change_length_in_lower_case() -> None:
    value = made_up()
    assert found(f"İİİ İstanbul API_TOKEN={value} İ") == [value]


HOSTILE = {
    "letters": "a",
    "names": "password=",
    "names and spaces": "password= ",
    "open quotes": 'password="',
    "pem": "-----BEGIN ",
    "pem heads": "-----BEGIN PRIVATE KEY-----",
    "pem tails": "-----END PRIVATE KEY-----",
    "jwt": "eyJ",
    "jwt dots": "eyJaaaaaaaaaaaa.",
    "equals": "=",
    "urls": "http://",
    "credentials": "http://a:b@",
    "blanks": " ",
    "newlines": "\n",
    "backslashes": "\\",
    "dashes": "-",
    "flags": "--a-",
    "cookies": "cookie: a=b; ",
    "prefixes": "ghp_",
    "annotations": "token: aaaaaaaaaaaaaaaaaaaaaaaa",
    "bearer": "authorization: bearer ",
    "mysql": "mysql ",
    "netrc": "login password ",
    "slashes": "/aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "key names": "api_key=/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q+",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name: str) -> None:
    piece = HOSTILE[name]

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9.9
        for _ in range(2):
            start = time.process_time()
            find(text)
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(60_000), seconds(240_000)
    assert large <= 12 * small + 0.05  # four times the text; sixteen times if it were quadratic


def test_time_of_a_megabyte_is_bounded() -> None:
    small = large = 9.9
    for _ in range(2):
        start = time.process_time()
        find("a" * 1_000_000)
        small = min(small, time.process_time() - start)
        start = time.process_time()
        find("a" * 2_000_000)
        large = min(large, time.process_time() - start)
    assert large <= 3 * small + 0.1


@pytest.mark.parametrize("size", [1_000, 300_000])
def test_a_secret_is_found_in_a_text_of_any_size(size: int) -> None:
    token = "gh" + "p_" + "a1B2c3D4e5F6" * 3
    text = "so it is " * (size // 9) + token + " and on"
    assert [text[s.start : s.end] for s in find(text)] == [token]
