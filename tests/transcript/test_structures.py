"""Secrets known by where they stand, and the time that looking takes."""

import random
import string
import time

import pytest
from ccshare.transcript.detect import find
from ccshare.transcript.looks import PlainLook
from ccshare.transcript.names import named
from ccshare.transcript.structures import structures

LETTERS = string.ascii_letters + string.digits


def made_up(length: int, alphabet: str = LETTERS, seed: int = 1) -> str:
    source = random.Random(seed)
    return "".join(source.choice(alphabet) for _ in range(length - 2)) + "7b"


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text)]


def found_by_both(text: str) -> list[str]:
    """The same in a long text, after checking that it does not take google-re2 to find it."""
    text += "\n" + "more text than the quick looks leave alone. " * 9
    by_either = found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ccshare.transcript.detect.look", PlainLook)
        assert found(text) == by_either
    return by_either


FORMS = r"""
curl -u me:{} https://x.test
-u me:{}
curl --user 'me:{}' x
https://me:{}@git.test/a.git
https://{}@git.test/a.git
redis://:{}@cache:6379
jdbc:sqlserver://db;user=sa;password={};encrypt=true
Server=tcp:db,1433;User ID=sa;Password={};
machine git.test login me password {}
machine git.test\n  login me\n  password {}
db.internal:5432:shop:app:{}
//registry.test/:_authToken={}
Cookie: theme=dark; sessionid={}
Set-Cookie: PHPSESSID={}; Path=/
redis-cli -h x -a {} ping
echo "{}" | docker login --password-stdin x
https://x.test/a?X-Amz-Signature={}&x=1
https://x.test/reset-password/{}
https://x.test/join?invite={}
""".strip().splitlines()


@pytest.mark.parametrize("form", FORMS)
def test_value_of_a_structure(form: str) -> None:
    for seed in range(5):
        value = made_up(32, seed=seed)
        assert value in found(form.replace("\\n", "\n").replace("{}", value))


PHRASE = "legal winner thank year wave sausage worth useful river candy ocean puzzle"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"mnemonic: {PHRASE}", PHRASE),
        (f'seed phrase = "{PHRASE}"', PHRASE),
        ("root:$6$abcdefgh$" + made_up(86) + ":19000:0", "$6$abcdefgh$" + made_up(86)),
        ("me:$2y$10$" + made_up(53), "$2y$10$" + made_up(53)),
        ("    client-key-data: " + made_up(200), made_up(200)),
        ("PrivateKey = " + made_up(40) + "abE=", made_up(40) + "abE="),
        ("otpauth://totp/a:b?secret=JBSWY3DPEHPK3PXQ&issuer=a", "JBSWY3DPEHPK3PXQ"),
    ],
)
def test_form_of_its_own(text: str, secret: str) -> None:
    assert secret in found(text)


PIECES = (
    *("a", " ", "\n", "-", "-u ", "password=", "token ", "://", "http://a:b@", "$", "$2y$10$", "{"),
    *(
        "machine login password ",
        "a:5432:a:a:",
        ";password=",
        "key: |\n",
        "the password for a ",
        "|",
    ),
    *(
        "mnemonic abandon ",
        "recovery codes\nabcd-1234\n",
        "Cookie: a=b; ",
        "value: ",
        "invite/",
        "-p ",
    ),
    *(
        "authorization: ",
        'variable "password" { ',
        "echo | ",
        "secret set -b ",
        "login -p",
        "mysql",
    ),
)


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    list(structures(text))
    list(named(text, text.lower()))
    assert time.process_time() - start < 1.0, piece
