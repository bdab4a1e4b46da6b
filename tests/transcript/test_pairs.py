"""Names and values that something stands between."""

import json
from base64 import urlsafe_b64encode

import pytest
from ccshare.tests.transcript.test_structures import found, made_up

PAIRS = r'''
1) "requirepass"\n2) "{}"
3) "access_token"\n4) "{}"
form-data; name="api_key"\r\n\r\n{}\r\n--x
<key>API_SECRET</key>\n\t<string>{}</string>
a:1:{s:8:"password";s:32:"{}";}
["app", "--api-key", "{}", "--port", "1"]
args:\n  - "--secret-key"\n  - "{}"\n
request.setValue("{}", forHTTPHeaderField: "X-Api-Key")
[{"value": "{}", "name": "API_TOKEN"}]
requests.get(url, auth=("svc", "{}"))
smtp.login("bot", "{}")
req.SetBasicAuth("svc", "{}")
new NetworkCredential("svc", "{}");
DriverManager.getConnection("jdbc:mysql://db/x", "root", "{}");
new mysqli("localhost", "root", "{}", "shop");
new PDO('mysql:host=db;dbname=x', 'root', '{}');
jwt.sign(payload, '{}', { expiresIn: '1h' })
127.0.0.1:6379> AUTH {}\nredis-cli
ssh-keygen -t ed25519 -N '{}' -f key
gcloud secrets versions add api --data-file=- <<< '{}'
"Jwt": {"Issuer": "x", "Key": "{}"}
{"cookies": [{"name": "sid", "value": "{}"}]}
API_KEYS = [\n    '{}',\n]
password = """{}"""
hmacKey := []byte("{}")
parser.add_argument("--token", default="{}")
public string Password { get; set; } = "{}";
<property name="db.password">{}</property>
    password             = "{}"
"ParameterKey": "DbPassword",\n    "ParameterValue": "{}"
a.json:3:  "ParameterKey": "JwtSecret",\na.json:4:  "ParameterValue": "{}"
a.json-3-  "name": "DB_PASSWORD",\na.json-4-  "value": "{}"
b.xml:3:  <name>db.password</name>\nb.xml:4:  <value>{}</value>
{"name": "ClientSecret", "slotSetting": false, "value": "{}"}
"id": "https://x.vault.azure.net/secrets/db-conn/0a1b",\n  "name": "db-conn",\n  "tags": {},\n  "value": "{}"
name: api_key\nin: header\nschema: {type: string, default: "{}"}
$Password = @'\n{}\n'@
db_password:\n  "{}"\nport: 80
api_tokens:\n  - {}\n  - ""
docker login -u ci --password-stdin r.test <<< '{}'
gh secret set DEPLOY_KEY -b'{}'
usermod -p "$(openssl passwd -6 {})" deploy
'''.strip().splitlines()  # noqa: E501


@pytest.mark.parametrize("pair", PAIRS)
def test_value_is_found(pair: str) -> None:
    value = made_up(32)
    text = pair
    for escape, plain in ((r"\n", "\n"), (r"\r", "\r"), (r"\t", "\t")):
        text = text.replace(escape, plain)
    assert found(text.replace("{}", value)) == [value]


@pytest.mark.parametrize(
    "cut", ['"AUTH_TOKEN": ["{}", "{}", "{}"]', "SECRET = ''.join(['{}', '{}', '{}'])"]
)
def test_a_value_cut_into_items(cut: str) -> None:
    value = made_up(36)
    parts = [value[:12], value[12:24], value[24:]]
    text = cut.format(*parts)
    assert all(part in " ".join(found(text)) for part in parts)


def test_a_value_put_together() -> None:
    value = made_up(40)
    for text in (
        f"const token =\n  '{value[:20]}' +\n  '{value[20:]}';",
        f'token = "{value[:20]}"\ntoken += "{value[20:]}"',
    ):
        assert value[:20] in " ".join(found(text)) and value[20:] in " ".join(found(text))


@pytest.mark.parametrize("width", [58, 80])
@pytest.mark.parametrize("before", ["", "Authorization: Bearer ", "got "])
def test_a_jwt_that_a_terminal_wrapped(before: str, width: int) -> None:
    header, claims = {"alg": "HS256", "typ": "JWT"}, {"sub": made_up(30), "jti": made_up(60)}
    encoded = (urlsafe_b64encode(json.dumps(part).encode()) for part in (header, claims))
    token = ".".join([*(part.decode().rstrip("=") for part in encoded), made_up(43)])
    whole = before + token
    lines = [whole[at : at + width] for at in range(0, len(whole), width)]
    text = "\n".join(lines)
    assert found(f"{text}\nnext_line\n") == [text[len(before) :]]
    assert found(f"{before}{token}\nnext_line\n") == [token]


def test_a_folded_scalar() -> None:
    value = made_up(40)
    assert found(f"clientSecret: >-\n  {value[:17]}\n  {value[17:]}\nport: 1")


@pytest.mark.parametrize("secret", ["kettle.crimson8015", "Silv3rOtter214", "RustyHarbor815"])
def test_a_password_of_words(secret: str) -> None:
    assert found(f'password: "{secret}"') == [secret]
    assert found(f"the password is {secret}, thanks") == [secret]


@pytest.mark.parametrize(
    "text",
    [
        'tokens = ["the", "quick", "fox"]',
        'keys: ["id", "created_at", "item_123"]',
        '["app", "--token", "TOKEN", "--password", "required"]',
        "type X = HmacKeyGenParams | Pbkdf2Params;",
        "key: AesParams | Pbkdf2Params, baseKey: CryptoKey",
        "readonly STENCIL_PASS_DEPTH_FAIL: 0x0B95;",
        "passes: ResultGroup[];",
        '"new-password", "current-password", "organization-title"',
        '"pass": "\u5143\u7d20\u672a\u5206\u914drole\u5c5e\u6027\u7684\u503c\u662f12"',
        "authentication token expired at 2025-11-05T10:00:00Z",
        'user.login("bot", "required")',
        '{"name": "db-host", "slotSetting": false, "value": "x7k2m9q4w8.internal"}',
        "password:\n  required: true\n  minimum: 8",
        "tokens:\n  - access_token\n  - refresh_token",
        'password:\n  "Passwort"\nsubmit: "Los"',
        'password = $(\n  "x"\n)',
        'name: api_key\nin: header\nschema: {type: string, default: ""}',
        'password +=\n  "the password of the user"',
        '"ParameterKey": "DbPassword",\n"ParameterValue": "{{resolve:ssm:x}}"',
    ],
)
def test_what_is_no_pair_stays(text: str) -> None:
    assert found(text) == []
