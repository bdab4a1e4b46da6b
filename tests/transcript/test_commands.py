"""Secrets in command lines, in calls, in what one service has, and in sentences."""

import pytest
from ccshare.tests.transcript.test_structures import found, made_up
from ccshare.transcript.detect import find
from ccshare.transcript.looks import PlainLook
from ccshare.transcript.screen import Screen

HEX = "0123456789abcdef"
UUID = "-".join(made_up(64, HEX)[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))

COMMANDS = r"""
curl https://x.test/v1/charges -u {}:
curl -u '{}:' https://x.test
http -a admin:{} GET https://x.test
https -A bearer -a {} https://x.test
lftp -u deploy,{} -e 'mirror; quit' ftp.x.test
mc alias set prod https://minio.x.test admin {}
security unlock-keychain -p "{}" build.keychain
security set-key-partition-list -S apple-tool:,apple: -s -k {} build.keychain
security import cert.p12 -k build.keychain -P {} -T /usr/bin/codesign
signtool sign /f cert.pfx /p {} /fd SHA256 app.exe
dotnet nuget push a.nupkg -k {} -s https://nuget.x.test
influx query -t {} "buckets()"
cargo login {}
wandb login --relogin {}
vault operator unseal {}
ngrok config add-authtoken {}
echo '{}' | kinit svc@X.TEST
printf %s "{}" | gh secret set LINE --repo a/b
printf '%s' '{}' | npx convex env set LINE
echo -n {} | gcloud secrets create x --data-file=-
echo "LINE={}" | fly secrets import
echo '{}' | gpg --batch --passphrase-fd 0 -d f.gpg
echo -n '{}' | kubectl create secret generic x --from-file=line=/dev/stdin
docker login -u ci --password-stdin x.test <<< '{}'
acme login \\n  --user ci \\n  --password \\n  {} \\n  --region eu
acme login `\n  --client-secret `\n  "{}"
""".strip().splitlines()

CODE = r"""
key = ENV.fetch('LDAP_BIND_PASSWORD') { '{}' }
key = ENV.fetch('API_TOKEN', '{}')
const k = process.env['API_TOKEN'] ?? '{}';
let k = env::var("API_TOKEN").unwrap_or_else(|_| "{}".into());
Optional.ofNullable(System.getenv("API_TOKEN")).orElse("{}");
const std::string kApiSecret{"{}"};
const apiKey = isProd ? '{}' : process.env.KEY;
const apiKey = env === 'production' ? '{}' : '';
const token = dev && '{}';
PASSWORDS = {"prod": "{}", "stg": ""}
$passwords = ['prod' => '{}'];
headers["Authorization"] = "Bearer " + "{}"
sig = hmac.new(b"{}", body, hashlib.sha256)
f = Fernet(b"{}")
const c = crypto.createCipheriv('aes-256-cbc', Buffer.from('{}', 'hex'), iv);
createHmac('sha256', '{}')
mac := hmac.New(sha256.New, []byte("{}"))
jwt.sign({ id: u.id }, '{}', { expiresIn: '1h' })
jwt.decode(t, "{}", algorithms=["HS256"])
client.get(url).basic_auth("ci", Some("{}"))
curl_setopt($ch, CURLOPT_USERPWD, "ci:{}");
ks.load(in, "{}".toCharArray());
CREATE LOGIN shop WITH PASSWORD = N'{}';
DECLARE @password nvarchar(50) = N'{}';
SELECT pgp_sym_encrypt('x', '{}');
SELECT AES_DECRYPT(col, '{}') FROM t;
UPDATE settings SET value = '{}' WHERE name = 'api_token';
INSERT INTO settings (name, value) VALUES ('api_token', '{}'), ('theme', 'dark');
""".strip().splitlines()

SERVICES = r"""
[b2]\ntype = b2\naccount = 341dd0e6562a\nkey = {}\n
user worker on >{} ~* +@all
ACL SETUSER worker on >{} ~cache:* +get
BUNDLE_GEMS__ACME__IO: "ci:{}"
u.yml:1:chpasswd:\nu.yml:2:  list: |\nu.yml:3:    root:{}
chpasswd:\n  expire: false\n  list: |\n    ops:x\n    root:{}
> X-Honeycomb-Team: {}
send: b'GET / HTTP/1.1\\r\\nX-JFrog-Art-Api: {}\\r\\nAccept: */*\\r\\n\\r\\n'
https://eth-mainnet.g.alchemy.com/v2/{}
wss://sepolia.infura.io/ws/v3/{}
Password for the elastic user (reset with `bin/reset -u elastic`):\n  {}\n
""".strip().splitlines()

SENTENCES = r"""
{} is the password of the root account
{} \u2014 that's the webhook secret
{} <- this is the signing secret
is {} still the right password for redis?
use {} as the signing key
try {} for the password
I rotated the key, the new one is {}
I changed the password, now it is {}
The password is:\n```\n{}\n```
DB password\n{}
The Wi-Fi key: {}
the key for the sendgrid account is {}
The Stripe key, {}, is leaked
""".strip().splitlines()


def _text(form: str, value: str) -> str:
    text = form.replace(r"\n", "\n").replace(r"\u2014", "\u2014")
    return text.replace("{}", value)


@pytest.mark.parametrize("form", [*COMMANDS, *CODE, *SERVICES, *SENTENCES])
def test_value_is_found(form: str) -> None:
    for seed in (1, 4):
        value = made_up(32, seed=seed)
        assert found(_text(form, value)) == [value]


@pytest.mark.parametrize(
    "form",
    [
        "routing_key: {}",
        "https://cool-late-la57k.quiknode.pro/{}/",
        "https://x.test/calendar/ical/ops%40x.test/private-{}/basic.ics",
        "cat > config/master.key <<'EOF'\n{}\nEOF",
        "echo {} > config/master.key",
    ],
)
def test_key_in_hex(form: str) -> None:
    value = made_up(32, HEX)
    assert found(form.replace("{}", value)) == [value]


def test_secret_of_an_approle() -> None:
    text = f"vault write auth/approle/login role_id=x secret_id={UUID}"
    assert len(UUID) == 36
    assert found(text) == [UUID]


@pytest.mark.parametrize("scheme", ["GenieKey", "Splunk", "Bearer", "ApiKey"])
def test_header_in_a_log_of_bytes(scheme: str) -> None:
    line = rf"send: b'GET / HTTP/1.1\r\nAuthorization: {scheme} {UUID}\r\nAccept: */*\r\n\r\n'"
    assert found(line) == [UUID]


def test_key_of_ssh2() -> None:
    body = f"P2/56wAAA{made_up(60)}\n{made_up(70, seed=2)}"
    name = "SSH2 ENCRYPTED PRIVATE KEY"
    text = f'---- BEGIN {name} ----\nComment: "k"\n{body}\n---- END {name} ----'
    assert found(text) == [text]


HARMLESS = r"""
I rotated the key in CI, the new one is 3f2a9c1
I changed the password form, now it is LoginForm2
The token, RefreshToken2, is created in auth.py
use SHA256withRSA2048 as the signing key
use PBKDF2WithHmacSHA256 for the password
use user_id2 as the primary key
the key for the entry is cache_entry_2024
JwtTokenProviderV2Impl is our token
test_password_reset_2024 is the password test
is v1.2.3 still the latest release of the api key tool?
API key\nAuthentication2
Token\nhttps://docs.x.test/v2/keys
The secret is:\n```bash\nexport FOO=bar1\n```
const inputType = showPassword ? "text" : "password";
password: isEdit ? 'new-password' : 'current-password',
apiKey: env === 'production' ? 'prod-key' : 'dev-key',
const authToken = useMock && 'mock-token';
tokens = {"primary": "#1a2b3c", "background": "rgba(0,0,0,0.5)"}
SECRETS = {"db": "projects/x/secrets/db", "api": "${API_KEY}"}
keys = {"id": "user_id_1", "sort": "created_at_2"}
type Token{"identifier"}
hmac.new(b"key", b"The quick brown fox", hashlib.sha256)
createHmac('sha256', process.env.SECRET)
jwt.sign({ foo: 'bar' }, 'shhhhh');
jwt.verify(token, 'your-256-bit-secret')
Hex.encode("0123456789abcdef".toCharArray())
ks.load(stream, "changeit".toCharArray());
.basic_auth("user", Some("password"))
curl_setopt($ch, CURLOPT_USERPWD, "$user:$pass");
SELECT pgp_sym_encrypt(data, current_setting('app.key'));
UPDATE settings SET value = 'dark' WHERE name = 'theme';
ENV.fetch("SECRET_KEY_BASE") { raise "missing" }
key = ENV.fetch('REDIS_URL') { 'redis://localhost:6379/0' }
curl -u "$API_KEY:" https://api.x.test
lftp -u $USER,$PASS ftp.x.test
mc alias set local http://localhost:9000 minioadmin minioadmin
security unlock-keychain -p "$KEYCHAIN_PASSWORD" build.keychain
signtool sign /f cert.pfx /p %PASSWORD% app.exe
nuget push MyPackage.1.2.3.nupkg -Source https://api.nuget.org/v3/index.json
cargo login --registry my-registry-2024
vault login -method=userpass username=dana
vault operator unseal <unseal-key-1>
echo "$PASS" | kinit svc@X.TEST
echo "hello world" | gh secret set FOO
gh secret set FOO <<< "$VALUE"
acme login \\n  --password \\n  --user ci
https://mainnet.infura.io/v3/YOUR-PROJECT-ID
https://eth-mainnet.g.alchemy.com/v2/your-api-key
routing_key: orders.created.v1
user default on nopass ~* &* +@all
BUNDLE_GEMS__ACME__IO: "${TOKEN}:x-oauth-basic"
X-Honeycomb-Team: $HONEYCOMB_KEY
secret_id = google_secret_manager_secret.x.secret_id
""".strip().splitlines()


@pytest.mark.parametrize("line", HARMLESS)
def test_harmless_text_is_left(line: str) -> None:
    assert find(line.replace(r"\n", "\n")) == []


def test_quick_looks_see_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found in a short text is found between others, with google-re2 and without."""
    value = made_up(32)
    around = "nothing in here but words\n" * 60
    forms = [*COMMANDS, *CODE, *SERVICES, *SENTENCES]
    texts = [f"{around}\n{_text(form, value)}\n{around}" for form in forms]
    fast = [find(text) for text in texts]
    assert all(fast)
    clean = Screen(None).clean([*texts, around])
    assert clean == {around}
    monkeypatch.setattr("ccshare.transcript.detect.look", PlainLook)
    assert [find(text) for text in texts] == fast
