"""Which names promise a secret, in the spellings that programs have for them."""

import random
import string

import pytest
from ccshare.transcript.detect import find, find_value
from ccshare.transcript.stems import secret_stem

LETTERS = string.ascii_letters + string.digits
LOWER = string.ascii_lowercase + string.digits


def made(alphabet: str, length: int, seed: int) -> str:
    source = random.Random(f"{alphabet} {length} {seed}")
    return "".join(source.choice(alphabet) for _ in range(length))


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text)]


VARIABLES = """
GITLAB_PAT VSCE_PAT AZURE_DEVOPS_EXT_PAT PAT CYPRESS_RECORD_KEY APOLLO_KEY AGORA_APP_CERTIFICATE
SPEECH_KEY EVENTHUB_KEY ONESIGNAL_REST_KEY FIRECRAWL_KEY DASHSCOPE_KEY SUPABASE_SERVICE_ROLE_KEY
RABBITMQ_ERLANG_COOKIE RELEASE_COOKIE LND_MACAROON CREDS_KEY
OPSGENIE_KEY PAGERDUTY_ROUTING_KEY CAPTCHA_KEY RADARR_KEY
""".split()  # noqa: SIM905


def camel(name: str) -> str:
    first, *rest = name.lower().split("_")
    return first + "".join(map(str.capitalize, rest))


@pytest.mark.parametrize("name", VARIABLES)
def test_variable_in_every_spelling(name: str) -> None:
    for number, text in enumerate(
        (
            f"export {name}={{}}",
            f"env:\n  {name}: {{}}\n  PORT: 80",
            f'{{{{"{name.lower()}": "{{}}"}}}}',
            f"  {camel(name)}: '{{}}',",
            f'  {name.lower().replace("_", "-")}: "{{}}"',
            f"app.{name.lower().replace('_', '.')}={{}}",
        )
    ):
        value = made(LETTERS, 32, number)
        assert found(text.format(value)) == [value], text


@pytest.mark.parametrize(
    "text",
    [
        r'pat = r"^\d{4}-\d{2}[A-Z]{3}"',
        r"const pat = /^[A-Za-z0-9+\/]{43}=$/;",
        'pat = "**/*.test.{ts,tsx,js1,jsx2}"',
        'FILE_PAT="%Y-%m-%dT%H:%M:%S.%fZ"',
        "filePat: '${HOME}/logs/app-[0-9].log'",
        "path: x9Kd83kdLs02mvQp1aZ7 compat: x9Kd83kdLs02mvQp1aZ7",
    ],
)
def test_pattern_stays(text: str) -> None:
    assert not found(text)


OTHERS = """
AUTH0_CLIENT_ID auth0ClientId AUTH0_DOMAIN auth0.client.id AUTH_GITHUB_ID AUTH_CLIENT_ID
AUTH0_AUDIENCE AUTH0_CALLBACK_URL AUTH_ISSUER OAUTH2_CLIENT_ID TOKEN_ISSUER secret_id record_key
""".split()  # noqa: SIM905


@pytest.mark.parametrize("name", OTHERS)
def test_name_beside_the_secret_stays(name: str) -> None:
    assert not found(f'{name}="{made(LETTERS, 32, 1)}"')
    assert not secret_stem(name)


@pytest.mark.parametrize("name", ["AUTH0_SECRET", "AUTH_GITHUB_SECRET", "VAULT_SECRET_ID"])
def test_secret_beside_them_goes(name: str) -> None:
    assert found(f'{name}="{made(LETTERS, 32, 1)}"')


def test_short_key_in_small_letters() -> None:
    values = [made(LOWER, 15, seed) for seed in range(200)]
    assert sum(bool(find_value("dropbox_app_secret", value)) for value in values) > 185
    for word in (
        "oauth2client3",
        "s3bucket2name",
        "sha256hash123",
        "h264video1080p",
        "x509v3certs",
    ):
        assert not find_value("app_secret", word)
