"""Private keys and files around them: PEM whole and cut off, one-line, in JSON, in YAML."""

import base64
import json
from collections.abc import Iterator
from random import Random

from . import shapes

_KINDS = ("RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY")
_MORE = ("ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "DSA PRIVATE KEY")
Key = tuple[str, list[str]]
"""The text and the lines of the key's body in it."""


def pem(rng: Random, kind: str, lines: int = 12) -> Key:
    """A private key of random bytes."""
    start = b"openssh-key-v1\0" if "OPENSSH" in kind else b"\x30\x82\x04"
    size = lines * 48 if "EC" not in kind else 120
    data = base64.b64encode(start + rng.randbytes(size)).decode()
    body = [data[at : at + 64] for at in range(0, len(data), 64)]
    rows = [f"-----BEGIN {kind}-----", *body, f"-----END {kind}-----"]
    if "PGP" in kind:
        rows.insert(1, "")
    return "\n".join(rows), body


def key_files(rng: Random) -> Iterator[tuple[str, str, str, str, list[str]]]:
    """Kind, channel, where, text, body lines."""
    for kind in (*_KINDS, *_MORE):
        name = "pem-" + kind.split(" ")[0].lower()
        text, body = pem(rng, kind)
        yield name, "bash", "cat key.pem", text, body
        text, body = pem(rng, kind)
        yield name, "read", "certs/server.key", text, body
    for channel in ("bash", "read", "agent", "spill"):
        text, body = pem(rng, rng.choice(_KINDS))
        rows = text.split("\n")
        cut = "\n".join(rows[: len(rows) // 2])
        yield "pem-cut-end", channel, "head -7 id_rsa", cut, body[: len(rows) // 2 - 1]
        text, body = pem(rng, rng.choice(("RSA PRIVATE KEY", "OPENSSH PRIVATE KEY")))
        rows = text.split("\n")
        yield "pem-cut-start", channel, "tail -7 id_rsa", "\n".join(rows[7:]), body[6:]
    for where in ("service-account.json", "gcp/key.json", "firebase-adminsdk.json"):
        text, body = pem(rng, "PRIVATE KEY")
        account = {
            "type": "service_account",
            "project_id": f"{shapes.word(rng)}-{rng.randint(100, 999)}",
            "private_key_id": shapes.make(rng, "{hex:40}"),
            "private_key": text + "\n",
            "client_email": "svc@project.iam.gserviceaccount.com",
        }
        yield "service-account", "read", where, json.dumps(account, indent=2), body
    text, body = pem(rng, "RSA PRIVATE KEY")
    one_line = text.replace("\n", "\\n")
    yield "pem-one-line", "read", ".env", f'DEBUG=1\nPRIVATE_KEY="{one_line}"', body
    text, body = pem(rng, "EC PRIVATE KEY")
    one_line = text.replace("\n", "\\n")
    yield "pem-one-line", "command", "", f"export KEY='{one_line}'", body
    text, body = pem(rng, "PRIVATE KEY")
    indented = "\n".join("    " + row for row in text.split("\n"))
    yield "pem-yaml", "read", "values.yaml", f"tls:\n  key: |\n{indented}\nport: 1", body
    text, body = pem(rng, "RSA PRIVATE KEY")
    yield "pem-heredoc", "command", "", f"cat > k.pem <<'E'\n{text}\nE", body
    text, body = pem(rng, "RSA PRIVATE KEY")
    yield "pem-prompt", "prompt", "", f"my key does not work:\n\n{text}\n\nwhy?", body
    text, body = pem(rng, "RSA PRIVATE KEY")
    yield "pem-edit", "edit", "certs/a.pem", text, body
    text, body = pem(rng, "PRIVATE KEY")
    code = "\n".join(f'    "{row}\\n"' for row in text.split("\n"))
    yield "pem-literals", "read", "src/cert.py", f"KEY = (\n{code}\n)", body
    data = shapes.make(rng, "{b64:240}")
    rows = [data[at : at + 64] for at in range(0, len(data), 64)]
    text = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 4\n"
    yield "ppk", "read", "id.ppk", text + "\n".join(rows), rows
    jwk = {"kty": "EC", "crv": "P-256", "d": shapes.make(rng, "{b64u:43}")}
    yield "jwk-private", "read", "jwk.json", json.dumps(jwk), [jwk["d"]]
