"""More look-alikes: lock files, cloud ids, documentation; and blocks of several lines."""

import base64
import struct
import zlib
from random import Random

LINES = r"""
  checksum: 10c0/{hex:128}
    {file = "{word}-1.{d:1}.{d:1}-py3-none-any.whl", hash = "sha256:{hex:64}"},
    resolution: {integrity: sha512-{b64:86}==}
{ url = "https://files.example.org/{word}.whl", hash = "sha256:{hex:64}", size = {d:5} },
"narHash": "sha256-{b64:43}=",
"reference": "{hex:40}", "shasum": ""
  {word}: {hex:40}
  "{word}": ["{word}@4.{d:1}.0", "", {}, "sha512-{b64:86}=="],
    "h1:{b64:43}=",
    "zh:{hex:64}",
distributionSha256Sum={hex:64}
resourceVersion: "{d:9}"
uid: {uuid}
checksum/config: {hex:64}
ImageID: docker-pullable://acme/{word}@sha256:{hex:64}
"Arn": "arn:aws:sts::123456789012:assumed-role/{word}/i-0{hex:16}"
sg-0{hex:16}
vol-0{hex:16}
distribution E{up:13} deployed
"VersionId": "{b64u:32}"
cursor: "Y3Vyc29yOnYyOpK5{b64:12}"
node_id: "MDEwOlJlcG9zaXRvcnk{b64:10}="
"node_id": "R_kgDO{b62:6}"
channel C0{up:9}
ts: "17{d:8}.{d:6}"
guild {d:18}
event_id={hex:32}
Content-Security-Policy: script-src 'nonce-{b64:22}==' 'self'
kafka cluster {b64u:22}
xoxb-your-token-here # {word}
token: ghp_{x:36} # {word}
Authorization: Bearer eyJhbGciOi... ({word})
ANTHROPIC_API_KEY=sk-ant-... # {word}
password: ******** # {word}
password: "string" # {word}
"{word}Password": { "type": "string", "minLength": 8 }
"{word}Token": null,
apiKey: undefined, // {word}
{word}_PASSWORD=
password: "{{ vault_{word}_password }}"
password: op://vault/{word}/password
secretKeyRef: { name: {word}, key: password }
--password-stdin < ~/.{word}_pass
--token-file /run/{word}.token
GET /users/{d:4}/tokens?page={d:1} 200 {d:2}ms
DELETE FROM tokens WHERE user_id = {d:4}; -- {word}
SELECT id, password_hash FROM users WHERE name = '{word}';
ALTER TABLE users ADD COLUMN {word}_token varchar(255);
password varchar(255) NOT NULL, -- {word}
t.string "{word}_password_digest", null: false
"description": "Rotate the {word} secret every 90 days",
fix({word}): do not log the password ({hex:7})
feat: add API key rotation for {word} (#{d:4})
Merge pull request #{d:3} from {word}/token-refresh
test_login_with_wrong_password_{word} PASSED [ {d:2}%]
WARNING {word}: Password authentication is deprecated, use keys
Secret "{word}" created
secret/{word}-tls configured
kubectl get secret {word}-tls -o jsonpath='{.data}'
aws secretsmanager get-secret-value --secret-id prod/{word}
gh secret set NPM_TOKEN --repo acme/{word}
vault kv get secret/{word}/database
export PGPASSFILE=~/.pgpass-{word}
const TOKEN_KEY = '{word}_access_token'
localStorage.setItem('{word}_token', token)
headers: { Authorization: `Bearer ${{word}Token}` },
const key = `${prefix}:${{word}Id}`
key={item.{word}Id}
<Secret name="{word}" onChange={setSecret} />
export enum TokenKind { {word}Keyword, StringLiteral, EndOfFile }
case TokenType.{word}: return this.parseExpression();
tokens.push({ type: 'identifier', value: '{word}' })
foreign key ({word}_id) references {word}(id)
Keyboard shortcut: Ctrl+Shift+{A:1} ({word})
access_key: str = Field(..., description="{word} access key")
parser.add_argument("--password", help="{word} password")
@Value("${app.{word}.password}") private String password;
[JsonPropertyName("access_token")] public string {word} { get; set; }
flag.String("api-key", "", "{word} API key")
ENV['{word}_SECRET'] || raise('no secret')
config :{word}, secret_key_base: System.fetch_env!("SECRET_KEY_BASE")
authToken: EnvironmentVariable(name: "{word}")
iat 17{d:8} exp 17{d:8} ({word})
Ihr Passwort muss mindestens 8 Zeichen haben ({word}).
Le mot de passe est obligatoire ({word}).
La contraseña debe tener 8 caracteres ({word}).
请输入密码 {word}
Passwort vergessen? {word}
""".strip().splitlines()


def blocks(rng: Random) -> list[tuple[str, str, list[str]]]:
    """Kind, text, the lines that must stay."""
    found = []
    for title in ("CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY", "PGP SIGNATURE", "X509 CRL"):
        data = base64.b64encode(b"0\x82\x03" + rng.randbytes(300)).decode()
        body = [data[at : at + 64] for at in range(0, len(data), 64)]
        text = "\n".join([f"-----BEGIN {title}-----", *body, f"-----END {title}-----"])
        found.append((f"block:{title}", text, body[:3]))
    signature = [base64.b64encode(rng.randbytes(48)).decode() for _ in range(3)]
    text = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n " + "\n ".join(signature)
    found.append(("block:gpgsig", text, signature))
    rows = [" ".join(f"{rng.getrandbits(16):04x}" for _ in range(8)) for _ in range(3)]
    text = "\n".join(f"{n:08x}: {row}  ................" for n, row in enumerate(rows))
    found.append(("block:xxd", text, rows))
    svg = "M" + " ".join(f"{rng.random() * 90:.2f},{rng.random() * 90:.2f}" for _ in range(12))
    found.append(("block:svg", f'<svg><path d="{svg}"/></svg>', [svg]))
    font = base64.b64encode(b"wOF2\0\1" + rng.randbytes(400)).decode()
    found.append(("block:font", f"src: url(data:font/woff2;base64,{font})", [font]))
    gif = base64.b64encode(b"GIF89a" + rng.randbytes(90)).decode()
    found.append(("block:image", f'<img src="data:image/gif;base64,{gif}">', [gif]))
    return found


def png(rng: Random) -> str:
    """A real picture of random points, in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = b"".join(b"\0" + rng.randbytes(48) for _ in range(16))
    head = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + parts).decode()
