"""Values beside a secret's name, in the forms in which session text has them."""

import random
import re
import string

import pytest
from ccshare.transcript import names
from ccshare.transcript.detect import find, find_value
from ccshare.transcript.stems import COMMON, RARE, RARE_WORDS, secret_stem, stem_of

LETTERS = string.ascii_letters + string.digits
ALPHABETS = {
    "mixed": LETTERS,
    "hex": "0123456789abcdef",
    "url": LETTERS + "-_",
    "base64": LETTERS + "+/",
    "lower": string.ascii_lowercase + string.digits,
}


def made_up(length: int, alphabet: str, seed: int) -> str:
    source = random.Random(f"{length} {alphabet} {seed}")
    value = "".join(source.choice(alphabet) for _ in range(length - 3))
    return f"{source.choice('abcdef')}{value}{source.randint(2, 9)}{source.choice('abcdef')}"


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text)]


FORMS = r"""
API_TOKEN={}
export STRIPE_SECRET_KEY="{}"
set DB_PASSWORD={}
$env:AZURE_CLIENT_SECRET = "{}"
$env:GITHUB_TOKEN="{}"
ENV DATABASE_PASSWORD={}
ENV API_KEY {}
ARG NPM_TOKEN={}
setenv SECRET_KEY {}
{{"apiKey": "{}", "x": 1}}
{{\"client_secret\": \"{}\"}}
  password: "{}"
  password: {}
api_key: '{}'  # prod
token: !!str "{}"
secret: |\n  {}\nnext: 1
secretKey: >-\n    {}
  - name: API_KEY\n    value: {}
  - name: DB_PASSWORD\n    value: "{}"
{{"name": "SESSION_SECRET", "value": "{}"}}
{{"Key": "STRIPE_KEY", "Value": "{}"}}
secret_key = "{}"
api-key = '{}'
password = {}
<password>{}</password>
<user name="x" password="{}"/>
<add key="ApiKey" value="{}"/>
<add name="Token" value="{}" />
<property><name>fs.s3a.secret.key</name><value>{}</value></property>
spring.datasource.password={}
app.jwt.secret: {}
  secret_key = "{}"  # terraform
variable "db_password" {{\n  type = string\n  default = "{}"\n}}
self.api_key = "{}"
api_key: str = "{}"
API_KEY: Final[str] = "{}"
const apiKey: string = '{}';
const token = `{}`
var clientSecret string = "{}"
apiSecret := "{}"
let auth_token: &str = "{}";
const API_KEY: &'static str = "{}";
private static final String API_KEY = "{}";
private string _password = "{}";
define('DB_PASSWORD', '{}');
$config['encryption_key'] = '{}';
'password' => '{}',
:secret_key => "{}"
ENV['API_KEY'] ||= "{}"
Client(api_key="{}")
Client(token='{}', timeout=3)
connect(host="db", user="app", password="{}")
Config{{APIKey: "{}"}}
new Client({{ apiKey: "{}" }})
os.environ["API_KEY"] = "{}"
os.environ.get("API_KEY", "{}")
os.getenv('SECRET_KEY') or '{}'
process.env.API_KEY || "{}"
process.env.API_KEY ?? '{}'
process.env['AUTH_TOKEN'] = '{}'
getenv('TOKEN') ?: '{}'
os.Setenv("API_TOKEN", "{}")
headers = {{"X-Api-Key": "{}"}}
headers: {{ 'PRIVATE-TOKEN': '{}' }}
headers={{"Authorization": "Bearer {}"}}
headers={{"Authorization": "token {}"}}
"Authorization": "{}"
setApiKey("{}")
.withPassword("{}")
deploy --token {} --force
deploy --token={}
deploy --api-key '{}'
deploy --client-secret="{}" -v
tool --db-password {}
mysql -u root -p{} shop
mysqldump --user=a --password={} db
sshpass -p '{}' ssh a@b
sshpass -p {} ssh a@b
docker login -u me -p {} ghcr.io
aws configure set aws_secret_access_key {}
gh secret set DEPLOY --body "{}"
gh secret set API_KEY -b {}
heroku config:set API_KEY={}
curl -H "X-Api-Key: {}" https://x.test
curl -H 'Authorization: Bearer {}'
curl --header "X-Auth-Token: {}"
curl -u admin:{} https://x.test
curl --user "admin:{}" https://x.test
redis-cli -h x -a {} ping
echo "{}" | docker login --password-stdin
git config --global github.token {}
| API key | {} |
| `DB_PASSWORD` | `{}` |
| token | {} | today |
 api_key | {}
│ Token │ {} │
API_KEY:      {}
DB_PASSWORD    {}
the password is {}
The password for the admin user is {}.
password for staging: {}
Passwort: {}
use token {} for that
API key: {}
your new API key is: {}
My token is `{}`
**API key:** `{}`
Password: {}
Invalid API key provided: {}
Incorrect API key provided: {}. You can find it
Error: bad token "{}"
level=info user=ann token={} status=ok
token={}, ok
https://x.test/cb?access_token={}&x=1
POST body: username=a&password={}&go=1
      "SECRET_KEY={}",
webhook_secret: {}
JWT_SECRET={}
KEYSTORE_PASSWORD={}
KEYCLOAK_CLIENT_SECRET={}
NEXTAUTH_SECRET={}
COOKIE_SECRET={}
EMAIL_HOST_PASSWORD={}
SONAR_LOGIN={}
razorpay_key_secret = "{}"
keytool -list -storepass {}
{{"Name": "/app/api_key", "Type": "SecureString", "Value": "{}"}}
API_KEY = (\n    "{}"\n)
<b>API_KEY</b>=<code>{}</code>
The DB password should be `{}`.
contraseña: {}
密码是 {}
"signing_key": "{}"
password_salt = "{}"
SENTRY_AUTH_TOKEN={}
machine h login me password {}
PGPASSWORD={} psql -h x
Server=db;User Id=sa;Password={};Encrypt=1
""".strip().splitlines()
FORMS = [form.replace(r"\n", "\n") if '\\"' not in form else form for form in FORMS]


@pytest.mark.parametrize("form", FORMS)
def test_random_value(form: str) -> None:
    missed = []
    for kind, alphabet in ALPHABETS.items():
        for length in (16, 24, 40):
            for seed in range(3):
                value = made_up(length, alphabet, seed)
                left = form.format(value)
                for part in found(left):
                    left = left.replace(part, "")
                if value in left or value[4:-4] in left:
                    missed.append((kind, length, value))
    assert len(missed) <= 1, missed


PASSWORDS = "hunter2 Winter2024! tr0ub4dor&3 S3cr3t-Pa55 p@ssw0rd99 Tiger#Lily7 q7Zp!x2".split()  # noqa: SIM905
STRONG = (
    "DB_PASSWORD={}\n",
    'export PGPASSWORD="{}"',
    "mysql -u root -p{} shop",
    "tool --password {}",
    "tool --password={} x",
    'password = "{}"',
    '{{"password": "{}"}}',
    "password: {}\n",
    "the password is {}",
    "sshpass -p '{}' ssh a@b",
    "curl -u admin:{} https://x.test",
    "postgres://app:{}@db.internal:5432/x",
    "SMTP_PASS={}",
    "Server=db;User Id=sa;Password={};",
)


@pytest.mark.parametrize("form", STRONG)
@pytest.mark.parametrize("password", PASSWORDS)
def test_password_that_a_person_made_up(form: str, password: str) -> None:
    assert password in found(form.format(password))


@pytest.mark.parametrize(
    "password", ["swordfish", "correct-horse", "letmein", "correct-horse-battery"]
)
@pytest.mark.parametrize("form", ["DB_PASSWORD={}\n", "x --password {} y", "mysql -u a -p{} db"])
def test_words_where_only_a_password_can_stand(form: str, password: str) -> None:
    assert found(form.format(password)) == [password]


NAMES = """
password PASSWORD dbPassword db_password user-password passwd DB_PASS smtpPass PGPASSWORD apiKey
api_key API_KEY x-api-key clientSecret client_secret secretKey secret_key_base authToken
access_token refreshToken id_token bearerToken privateKey signing_key STRIPE_KEY openaiKey
anthropic_api_key encryption_key passphrase webhookSecret credentials DATABASE_DSN jwt JWT_SECRET
session_token sessionCookie authorization connectionString connStr otp pwd AUTH masterKey
service_account_key passcode seed_phrase recovery_phrase
""".split()  # noqa: SIM905
NOT_NAMES = """
max_tokens tokens_used token_count total_tokens password_file passwordField secretName tokenUrl
publicKey public_key primary_keys cacheKey key keys keyboard monkey author authority compass bypass
nextPageToken next_token pageToken input_tokens outputTokens passport passive tokenizer secretary
key_id tokenType passing passenger pin_count spin mapping cookies_enabled hotkey sort_key
""".split()  # noqa: SIM905


@pytest.mark.parametrize("name", NAMES)
def test_name_of_a_secret(name: str) -> None:
    assert secret_stem(name)
    assert find_value(name, made_up(32, LETTERS, 1))


@pytest.mark.parametrize("name", NOT_NAMES)
def test_name_of_something_else(name: str) -> None:
    assert not secret_stem(name)
    assert not found(f'{name}: "{made_up(24, LETTERS, 2)}"')


STEMS = (
    "password passwort passwd passphrase passcode pass pwd pw kennwort secret token key credential"
    " cred cookie auth authorization bearer webhook"
)


@pytest.mark.parametrize("name", STEMS.split())
def test_the_quick_look_for_names_misses_none(name: str) -> None:
    match = re.search(COMMON, f"x_{name}=")
    assert match and stem_of(match[0])[0] == name
    assert names._STEM_THERE.search(f"x_{name}=")


@pytest.mark.parametrize(
    "name",
    "dsn otp jwt mnemonic salt connstr connectionstring connection_string conn-str".split(),  # noqa: SIM905
)
def test_rare_stems_have_a_word_that_is_looked_for(name: str) -> None:
    assert re.fullmatch(RARE, name)
    assert any(word in name for word in RARE_WORDS)


def test_values_that_look_like_something_else() -> None:
    for text, secrets in (
        ("sshpass -e ssh somjorpra@10.0.0.8 -p 22 with the password", []),
        ("the password of deploy1@web2.example.org:/srv is Xk29qLm!w", ["Xk29qLm!w"]),
        ("the password is Sommer@2024x", ["Sommer@2024x"]),
        ("MQ_PASS=!A57cFDXmIwEtbBfJ2, so", ["!A57cFDXmIwEtbBfJ2"]),  # but no tag, no negation:
        ("password: !secret wifi_password\npassword: !Ref DbPassword2\nok = !user.token12", []),
        ("id,name,wifi_psk\n1,anna,M7FYmbZmvXkhSfEr0\n", ["M7FYmbZmvXkhSfEr0"]),
    ):
        assert [text[found.start : found.end] for found in find(text)] == secrets


@pytest.mark.parametrize(
    "form",
    [
        "  502  export API_TOKEN={}\n  503  npm run deploy",
        "sed -i 's|^API_TOKEN=.*|API_TOKEN={}' .env",
        "      API_TOKEN: ${{API_TOKEN:-{}}}\n",
        "curl https://a.io/token -d grant_type=code -d client_secret={}",
        "supabase secrets set API_TOKEN={}",
        "fly secrets set SIGNING_KEY={}",
    ],
)
def test_what_stands_beside_the_value_stays(form: str) -> None:
    for seed in range(4):
        value = made_up(48, LETTERS, seed)
        assert found(form.format(value)) == [value]


def test_default_that_is_no_secret_stays() -> None:
    for text in ("X: ${DB_PASSWORD:-postgres}", "X: ${API_TOKEN:-$OTHER_TOKEN}", "${TOKEN:-}"):
        assert not found(text)
