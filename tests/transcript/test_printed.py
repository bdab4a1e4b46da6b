"""What a command prints alone is a secret if the command asks for one."""

import hashlib
import secrets
import string
from typing import Any

import pytest
from ccshare.tests.transcript.test_structures import found_by_both
from ccshare.transcript.paths import Places
from ccshare.transcript.printed import asked_for
from ccshare.transcript.redact import Line, Redactor

ASKING = [
    "aws secretsmanager get-secret-value --secret-id a --query SecretString --output text",
    "aws ssm get-parameter --name /a --with-decryption --output text",
    "gcloud secrets versions access latest --secret=db",
    "az keyvault secret show --vault-name v --name n --query value -o tsv",
    "vault kv get -field=password secret/db",
    "op read op://vault/item/field",
    "cd /srv && pass show db/prod",
    "security find-generic-password -s x -w",
    "doppler secrets get DB_URL --plain",
    "kubectl -n a get secret db -o jsonpath='{.data.password}' | base64 -d",
    "gh auth token",
    "openssl rand -hex 32",
    "heroku config:get API_KEY -a app",
    "terraform output -raw db_password",
    "docker exec db printenv POSTGRES_PASSWORD",
    'echo "${JWT_SECRET}"',
    "echo $HOME $API_TOKEN",
    "jq -r .db.api_key config.json",
    "python -c 'import os; print(os.environ[\"SECRET_KEY\"])'",
    "cat config/master.key",
    "cat /run/secrets/db",
    "cat secrets/db_password.txt",
    'sops --decrypt --extract \'["db"]["password"]\' secrets.yaml',
    "chamber read app api_key -q",
    "berglas access project/secret",
    "oc whoami -t",
    "echo $SENTRY_DSN",
    "jq -r .jwt out.json",
    "printenv SESSION_COOKIE",
]
HASH = hashlib.sha1(b"any").hexdigest()


def made(length: int = 24) -> str:
    letters = string.ascii_letters + string.digits
    return "a1B" + "".join(secrets.choice(letters) for _ in range(length))


@pytest.mark.parametrize("command", ASKING)
def test_commands_that_ask_for_a_secret(command: str) -> None:
    asked = asked_for(command)
    assert asked
    assert asked.surely


@pytest.mark.parametrize("command", ASKING)
def test_they_do_where_a_text_shows_a_terminal(command: str) -> None:
    value = "otter22-granite"
    assert found_by_both(f"$ {command}\n{value}\n") == [value]


@pytest.mark.parametrize(
    "command",
    [
        "vault kv get -field=username secret/db",
        "heroku config:get NODE_ENV",
        "terraform output -raw bucket_name",
        "printenv PATH",
        "echo $HOME",
        "cat src/token.py",
        "cat package.json",
        "jq -r .version package.json",
        "git rev-parse HEAD",
        "npm run pass -- x",
        "ls -la && pwd",
    ],
)
def test_commands_that_do_not(command: str) -> None:
    asked = asked_for(command)
    assert asked is None or not asked.surely


@pytest.mark.parametrize(
    "command",
    [
        "grep ^DB_PASSWORD .env | cut -d= -f2",
        "redis-cli GET integration:access_token",
        'psql -tA -c "select api_key from clients where id = 1"',
        "aws configure get aws_secret_access_key",
    ],
)
def test_a_name_that_is_mentioned_makes_a_secret_of_what_is_random(command: str) -> None:
    value = "q8ZrT2mK9xB4vLp7"
    assert value not in redacted(call(command), answer(value))
    for harmless in ("42", "production", secrets.token_hex(20), "createWebUri"):
        assert harmless in redacted(call(command), answer(harmless))


def call(command: str, number: str = "t1") -> Any:
    block = {"type": "tool_use", "id": number, "name": "Bash", "input": {"command": command}}
    return {"type": "assistant", "message": {"content": [block]}}


def answer(output: Any, number: str = "t1") -> Any:
    block = {"type": "tool_result", "tool_use_id": number, "content": output}
    told = {"stdout": output if isinstance(output, str) else "", "stderr": ""}
    return {"type": "user", "message": {"content": [block]}, "toolUseResult": told}


def redacted(*lines: Any) -> str:
    """What becomes of the lines, alone and together."""
    one, all_of_them = Redactor(Places()), Redactor(Places())
    alone = [one.line(line) for line in lines]
    all_of_them.learn(lines)
    assert alone == list(all_of_them.lines([Line(line, "", 0) for line in lines]))
    return str(alone[-1])


@pytest.mark.parametrize("wrapped", [False, True])
def test_the_output_goes(wrapped: bool) -> None:
    value = made()
    output = [{"type": "text", "text": f"{value}\n"}] if wrapped else value
    text = redacted(call("pass show db/prod"), answer(output))
    assert value not in text
    assert "[REDACTED:password#1]" in text


@pytest.mark.parametrize(
    "command", ["cat config/master.key; git log", "pulumi config get dbPassword && pulumi stack"]
)
def test_a_word_alone_on_its_line_goes_too(command: str) -> None:
    value = "Kestrel#magnet756"
    text = redacted(call(command), answer(f"{value}\n\nCurrent stack outputs (2):\n{HASH}\n"))
    assert value not in text
    assert HASH in text and "Current stack outputs" in text


@pytest.mark.parametrize(
    ("command", "output", "number"),
    [
        ("git rev-parse HEAD", HASH, "t1"),
        ("pass show db/prod", "Error: db/prod is not in the password store.", "t1"),
        ("pass show db/prod", HASH, "t2"),
        ("echo $HOME", "/srv/app/data", "t1"),
    ],
)
def test_other_outputs_stay(command: str, output: str, number: str) -> None:
    assert output in redacted(call(command), answer(output, number))


def test_lines_that_are_no_session_s_do_no_harm() -> None:
    odd: list[Any] = [
        call(None),  # type: ignore[arg-type]
        call("pass show a", None),  # type: ignore[arg-type]
        {"type": "assistant", "message": {"content": ["x", {"input": []}]}},
        {"type": "assistant", "message": None},
        call("pass show a/b"),
        {"type": "user", "message": {"content": [{"tool_use_id": "t1", "content": 7}]}},
        {"type": "user", "message": {"content": [{"tool_use_id": ["t1"]}]}, "toolUseResult": 1},
    ]
    assert redacted(*odd)
