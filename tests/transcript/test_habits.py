"""Passwords that people make up are found where they keep them."""

import base64

import pytest
from ccshare.tests.transcript.test_structures import found, found_by_both
from ccshare.transcript.detect import find

MADE_UP = ["otter22-granite", "Sable_Meadow54", "K3str3L_71TUN", "Canyon-Velvet-Harbor-63"]
PLACES = [
    "[client]\nuser = lura\npassword = {}\n",
    "     2\t[client]\n     3\tpassword = {}\n",
    "[security]\nadmin_user = admin\nadmin_password = {}\n",
    "default_user = halpra\ndefault_pass = {}\n",
    "binddn cn=svc,dc=x,dc=io\nbindpw {}\n",
    "listen stats\n  stats auth vaka:{}\n",
    '$ cat userlist.txt\n"didun" "{}"\n',
    'storeFile file("release.jks")\nstorePassword "{}"\n',
    "db_password: >-\n    {}\n",
    'db_password: SecretStr = SecretStr("{}")',
    'DBI->connect("dbi:mysql:database=tun", "tammar", "{}", { RaiseError => 1 });',
    'User.objects.create_superuser("zorte", "", "{}")',
    "app.use(session({ secret: '{}', resave: false }))",
    '{:dbtype "postgres" :user "divik" :password "{}"}',
    '  ["password"]=>\n  string(14) "{}"\n',
    "DbConfig[host=a.internal, user=vatos, password={}, pool=10]",
    "config: {Host:otter User:kava Password:{} Port:5432}",
    "331 Please specify the password.\nPASS {}\n230 Login successful.",
    "a1 LOGIN gorlu {}\na1 OK Logged in",
    "set DB_PASS={}&& node server.js",
    "rclone config create o webdav url=https://x.io user=tosfen pass={}",
    "mount -t cifs //nas/share /mnt -o username=haljen,password={},vers=3.0",
    'dotnet user-secrets set "Smtp:Password" "{}"',
    "poetry config http-basic.tun rogor {}",
    "supabase link --project-ref hqecilqt -p {}",
    "snmpwalk -v3 -l authPriv -u netos -a SHA -A {} -x AES 10.0.0.1",
    "postgresql://app:{}@db.internal:5432/x",
    "// FIXME: temp admin login marvik / {}",
    "log in to the admin panel with gorgor / {} and tell me what you see",
    "my credentials are jenfen and {}, the login form is at /login",
    "I changed the password to {} yesterday, use that one",
    "I logged in using the password you provided (`{}`) and it works",
    "I reset the database password to `{}`.",
    "a senha do banco \u00e9 {}",
    "la password del database \u00e8 {}",
    "$ pass show work/root\n{}\n",
    "kim@box:~$ cat /run/secrets/db_password\n{}\n$ ls\na.txt",
]
KEYS = ["Herbstwinter3259", "Sakura583*Berlin!", "K7c01Rv6cNwVpFbXqPMtX2mV"]
KEY_PLACES = [
    'JWT_SECRET="{}"',
    "app.secret_key = b'{}'",
    'secret = "{}"\n',
    '{ "key": "client_secret", "value": "{}", "type": "secret" },',
    "  - name: JWT_SECRET\n    value: {}\n",
    "shared_secret | {}\n",
    "security.oauth2.client.registration.keycloak.client-secret: {}\n",
    'cfg = Config {\n    api_key: Some(\n        "{}",\n    ),\n',
    "cookie: { secret: '{}', maxAge: 86400 },",
    "frontend: { auth_token: {} }",
    "OAuthClient[clientId=portal, clientSecret={}, tokenUri=https://x.io]",
    "AppConfig(dbUser=orders, dbPassword={}, size=12)",
    "stdClass Object ( [merchant] => shop [api_secret] => {} [sandbox] => )",
    ' AuthToken: (string) (len=40) "{}",',
    'HikariConfig - password........................"{}"\n',
    "Smtp:Password = {}\nSmtp:Port = 25\n",
    "web-98 ansible_host=10.0.1.83 ansible_ssh_pass={} ansible_port=22",
    '    "result": "{}",\n    "type": "random_password",\n',
    '"Value": "{}", "Type": "SecureString", "Name": "/prod/db/password"',
    "await login('admin', '{}');",
    "{'broker': {'login': ('svc-queue', '{}'), 'heartbeat': 30}",
    'chpasswd: { list: "root:{}", expire: false }',
    'user_data = "#!/bin/sh\\necho root:{} | chpasswd"',
    "schtasks /create /tn job /ru svc /rp {}\n",
    "net use Z: \\\\nas\\share {} /user:svc",
    "curl -v -u admin:'{}' https://x.internal/v2",
    "openconnect --passwd-on-stdin <<< '{}'",
    "Log in as admin with {} and check whether the page loads.",
    "Melde dich mit root und {} an der Testmaschine an.",
    "- Grafana login: `viewer:{}`\n",
    "Router admin -> {} (web UI)",
    "mdp admin : {}",
    '~ password = "" -> "{}"',
    '  "result": "{}",\n  "special": true,\n',
    "const users = [ ['qa1', '{}'] ];",
    "const users = [ ['qa1', 'x'], ['qa2', '{}'] ];",
    'test: ["CMD", "mysqladmin", "ping", "-p{}"]',
    'url = `https://svc:${encodeURIComponent("{}")}@api.internal`',
    'let auth = Credentials::new("smtp".into(), "{}".into());',
    'Config { url: "https://x", basic: Some(("svc", "{}")), idle: 90 }',
    "#0 /srv/db.php(12): PDO->__construct('mysql:host=db', 'app', '{}')",
    "printf %s {} | base64",
    'send: sending "{}\\r" to { exp4 }',
    "steamcmd +login builder {} +run_app_build app.vdf",
    'ssh-add ~/.ssh/deploy <<< "{}"',
    "> the old one ({}) stopped working after the reset",
    "The staging login (qa / {}) works too.",
    "snmp_community: {}\n",
    'rcon_password "{}"\n',
]
DOTTED = ["river.oak.velvet.55", "river-oak-velvet-amber"]
DOTTED_PLACES = [
    "POSTGRES_PASSWORD={}\n",
    "sshpass -p '{}' ssh host",
    "{'USER': 'shop', 'PASSWORD': '{}', 'HOST': 'db'}",
    "sqlplus -s hr/{}@//10.153.201.247:1521/X @q.sql",
    "define( 'DB_PASSWORD', '{}' );",
    "host: 10.66.33.84   login: admin   password: {}\n",
    "I wrote the password `{}` into `.env`",
]
CODES = ["WWDMUVRMBVIFGJIO2SKKPUZV2I3UN7KK"]
CODE_PLACES = ["oathtool --totp -b {}", '  "username": "walnut",\n  "totp": "{}",\n']
HEX = ["7cb610b26407c8576267a101ae7d9a57" * 2]
HEX_PLACES = [
    'let key = hex!("{}");',
    'openssl dgst -sha256 -hmac "{}"',
    "proxy_set_header X-Origin-Verify {};",
    "cookie: { keys: ['{}'] },",
    "gcloud run deploy api --set-env-vars=REGION=eu,SIGNING={}",
    '"Type":"SecureString","Value":"{}","Version":3',
    "openssl enc -d -aes-256-cbc -in a.enc -out a.tar -K {}",
    "and an encryption key of {}. The cluster is up.",
    'expected header "x-signature-key" to equal "{}"',
    'static const char *ota_key = "{}";',
    "sed -i 's/^API_TOKEN=.*/API_TOKEN={}/' .env",
]
OTHERS = [
    'type User struct {\n\tPassword string `json:"password"`\n\tHash string `db:"p"`\n}',
    "rename the password field `currentPassword2` and the token prop to `csrfTokenV2`",
    "password must match ^[A-Za-z0-9]{8,}$",
    "def login(user):\n    username = form_user\n    password = form_pass2\n",
    "PASS src/login2.test.js\nPASS src/token_2.test.js",
    "$ cat src/main2.py\nimport2\n",
    "$ ls keys/\nrelease_2.pem\n",
    "Login / Sign-up2 page",
    "Sign in with Google and GitHub2024 works",
    "the device pin 13 is 5, pin 4 is 1023",
    "password = hashlib.sha256(data).hexdigest()",
    'assert password == user.password2 and token == "base64.encode"',
    "set PASSWORD_FILE=pw.txt&& run",
    "device code 10021 not found, card code 42420",
    "[auth] password reset requested, mail queued job=539e05d29eefc084cccaacae",
    '{"msg":"refresh token rotated","family":"9796d086-be1c-4a91-82e3-5d4a68a2aba7"}',
    "2026-01-05 10:11 CET  bert-token-cls  f549e537377eef62165abc761f204fbe",
    "pass one on the command line by appending --otp=123456.",
    "table([ ['master', '0123456789abcdef'], ['staging', 'fedcba9876543210'] ])",
    "none: [ 'is-element-focusable', 'has-global-aria-attribute' ]",
    "gpg:                using RSA key 0F4B9FF3C4E8DF3AB8219616487C71C20207E524",
    "checksum/secret: b614ead99018f135540ec6c3b38cc6e60dde3aa9964987968e4bee9b5b8ccf08",
    "PublicKeyToken=2e05648beab980cd, Culture=neutral",
    "[~] AWS::SecretsManager::Secret DbSecret DbSecret6SI2VMFX may be replaced",
    "applicationServerKey: BAz9w7x2B7xg98zOlxwgsLQn1-zZKXVDYz9JnmdAQkZrgCQmYxBZmPfAQFq",
    "^ec699bc 15) config.reset_password_within = 6.hours",
    'test: ["CMD-SHELL", "mysqladmin ping -p$$MYSQL_ROOT_PASSWORD"]',
    "password: {{ .Values.ripple.password | b64enc | quote }}",
    '{"names":["password","getKey"],"mappings":"AAAA,WHyhkxJ9lfvv4xHBc06yrHdCQbQgr;AACA"}',
    '{"kty":"EC","x":"XM3G3WYZ5es77y01ZLWYhb4M87F35vU5-yNoL0gdQvE","d":"[REDACTED:private-key#1]"}',
    "kind: Secret\ndata:\n  uid: 34413a15-7a55-432e-ae0f-9fb620b7eff7\n",
    '"Value": "prod/api/willow", "Type": "SecureString", "Name": "/api/secret_name"',
    "image: ghcr.io/canyon/auth-gw:sha-adbf7f4",
    "connect(user=user_name, password=db_password, token=api_token2)",
    "secret: orders-db-2024\nkey: user-profile-2024\n",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", MADE_UP)
def test_found(place: str, value: str) -> None:
    assert found_by_both(place.replace("{}", value, 1)) == [value]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (place, value)
        for places, values in (
            (KEY_PLACES, KEYS),
            (DOTTED_PLACES, DOTTED),
            (CODE_PLACES, CODES),
            (HEX_PLACES, HEX),
        )
        for place in places
        for value in values
    ],
)
def test_keys_are_found_too(place: str, value: str) -> None:
    assert found_by_both(place.replace("{}", value, 1)) == [value]


@pytest.mark.parametrize("place", [*PLACES, *KEY_PLACES, *CODE_PLACES, *HEX_PLACES])
def test_a_text_may_end_anywhere(place: str) -> None:
    text = place.replace("{}", KEYS[-1], 1)
    for end in range(len(text)):
        find(text[:end])


def test_a_password_behind_base64() -> None:
    encoded = base64.b64encode(b"Drache-Pepper-6322").decode()
    assert found_by_both(f"echo '{encoded}' | base64 -d") == [encoded]
    assert found(f"echo '{base64.b64encode(b'hello there world').decode()}' | base64 -d") == []


@pytest.mark.parametrize("text", OTHERS)
def test_nothing_found(text: str) -> None:
    assert found(text) == []
