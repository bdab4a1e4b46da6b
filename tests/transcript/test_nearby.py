"""A word more random than any identifier, in one line with the name of a secret, goes."""

import hashlib
import re
import secrets
import string
import time

import pytest
from ccshare.transcript.detect import find
from ccshare.transcript.nearby import is_shuffled, nearby

LETTERS = string.ascii_letters + string.digits


def made(length: int = 24) -> str:
    """A random word, mixed as most are."""
    while True:
        word = "".join(secrets.choice(LETTERS) for _ in range(length))
        if is_shuffled(word) and re.search("[A-Za-z][0-9]+[A-Za-z]", word):
            return word


def gone(text: str, word: str) -> bool:
    return any(word in text[span.start : span.end] for span in find(text))


@pytest.mark.parametrize(
    "text",
    [
        "secret = is_live ? '{}' : null",
        'const std::string kApiSecret{{"{}"}};',
        "UPDATE settings SET v = '{}' WHERE name = 'api_token'",
        "the one with {} was the signing key of staging",
        'PASSWORDS = {{"prod": "{}"}}',
        "webhook(team, '{}')",
    ],
)
def test_whatever_joins_it_and_the_name(text: str) -> None:
    for length in (18, 24, 40):
        word = made(length)
        assert gone(text.format(word), word)


@pytest.mark.parametrize(
    "text",
    [
        "secret\n{}",
        "the secret is not here" + "." * 200 + "{}",
        "max_tokens of {}",
        'secret: yes, request_id: "{}"',
        'token_count = "{}"',
        "secrets/{}/index.js",
        "token.{}.name",
        "secret {}(x)",
        "the token's id is msg_{}",
    ],
)
def test_far_away_or_with_a_name_of_its_own_it_stays(text: str) -> None:
    text = text.format(made())
    assert list(nearby(text, text.lower())) == []


@pytest.mark.parametrize(
    "word",
    [
        hashlib.sha1(b"any").hexdigest(),
        "0b5c6a3e-95b7-4d5a-9c0e-6f2d3a1b4c5d",
        "createWebUriFromPath2",
        "types_1-isAnyOrUnknown",
        "AbstractBase64Encoder",
        "toolu_" + "01AbCdE2fGh3IjK4lMn5",
        "AAAAB3NzaC1yc2EAAAADAQABAAABgQ",
        "utf8mb4_unicode_520_ci",
    ],
)
def test_what_is_no_random_word_stays(word: str) -> None:
    text = f"the secret or token of {word} here"
    assert list(nearby(text, text.lower())) == []


def test_many_words_and_names_take_no_longer() -> None:
    words = " ".join(made(16) for _ in range(2_000))
    text = f"secret {words} token"
    start = time.perf_counter()
    find(text)
    assert time.perf_counter() - start < 2
