"""Secrets known by where they stand: devices, command lines, installers, wallets, Kubernetes."""

import base64
import json

import pytest
from ccshare.tests.transcript.test_structures import found, made_up
from ccshare.transcript.detect import find

PASSWORD = "Qnjccolxa" + "3955"
MADE = PASSWORD + "!"
UNLIKE = "dypqz306" + "!TBpse"

PLACES = r"""
mosquitto_pub -h mq.test -u dev -P {} -t x -m 1
cqlsh -u cassandra -p {} db.test
snmpget -v2c -c {} 10.0.0.9 sysName.0
unzip -P {} backup.zip
plink -ssh root@10.0.0.4 -pw {}
security add-generic-password -a me -s shop -w '{}'
restic -r s3:x --password-command 'echo {}' snapshots
nmcli dev wifi connect Home password '{}'
xfreerdp /v:10.0.0.8 /u:admin /p:{}
printf '{}' | vercel env add MATCH_PHRASE production
echo "{}" | wrangler secret put POSTGRES
aws ssm put-parameter --name /prod/db_password --type SecureString --value '{}'
az keyvault secret set --vault-name v --name DbPassword --value {}
enable secret 0 {}\nline vty 0 4
snmp-server community {} RO
username ops privilege 15 secret {}
add name=wifi wpa2-pre-shared-key={}
    Key Content            : {}\n    Authentication : WPA2
WIFI:T:WPA;S:Home;P:{};;
WiFi.begin("Home", "{}");
"dialin" * "{}" *
"pgbouncer" "{}"
Password for the [elastic] user successfully reset.\nNew value: {}
Please use the following password to proceed:\n\n{}\n\nThis may also be found at:
expect "password:"\nsend "{}\r"
child.expect('password:')\nchild.sendline('{}')
rootpw --plaintext {}
chpasswd:\n  list: |\n    root:{}\n
sql.Open("mysql", "app:{}@tcp(db.test:3306)/shop")
jdbc:oracle:thin:app/{}@db.test:1521/XE
psql "host=db.test port=5432 user=app password={} sslmode=require"
rabbitmqctl add_user app {}
cy.get('#password').type('{}')
await page.fill('input[name="password"]', '{}');
await page.getByLabel('Password').fill('{}')
driver.find_element(By.ID, 'password').send_keys('{}')
fill_in 'Password', with: '{}'
<wsse:Password Type="PasswordText">{}</wsse:Password>
<AdministratorPassword><Value>{}</Value></AdministratorPassword>
<member><name>password</name><value><string>{}</string></value></member>
"db_password": {"value": "{}", "type": "string"}
buildConfigField "String", "DB_PASSWORD", "\"{}\""
ENV RABBITMQ_DEFAULT_PASS {}
    SetEnv FTP_PASSWORD {}
helm upgrade api ./chart --set secrets.ftpPassword={} --wait
- **Password:** {}
requirepass {}
[Note] A temporary password is generated for root@localhost: {}
Admin password changed successfully to {}
Created superuser admin with password {}
wifi_psk: {}  # rotate in May
gh secret set BORG --body "{}"
db_password -> {}
aws lambda update --environment "Variables={STAGE=prod,DB_PASSWORD={}}"
curl -X POST https://x.test --data-urlencode 'wifi_password={}'
""".strip().splitlines()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", [MADE, UNLIKE])
def test_password_that_a_person_made_up(place: str, value: str) -> None:
    text = place.replace(r"\n", "\n").replace("{}", value)
    assert value in " ".join(found(text)), text


TOKENS = r"""
codecov -t {}
doctl auth init -t {}
npm login && deploy --wait -t {}
https://maker.ifttt.com/trigger/x/with/key/{}
TELEGRAM_API_HASH = "{}"
fernet_key: {}
InstrumentationKey={};IngestionEndpoint=https://x.test
JSESSIONID={}; Path=/app
export BW_SESSION="{}aB3dE5gH7jK9"
erl -sname a -setcookie {}
Your new API key:\n\n  {}\n
""".strip().splitlines()


@pytest.mark.parametrize("place", TOKENS)
def test_token(place: str) -> None:
    value = made_up(32)
    assert value in " ".join(found(place.replace(r"\n", "\n").replace("{}", value))), place


HEX = "0123456789abcdef"
NUMBERS = ",".join(str(7 * n % 251) for n in range(64))


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f'accounts: ["0x{made_up(64, HEX)}"]', made_up(64, HEX)),
        (f"cast send x --private-key {made_up(64, HEX)}", made_up(64, HEX)),
        (f"[{NUMBERS}]", NUMBERS),
        (f"network_key: [{NUMBERS[:60]}1]", NUMBERS[:60]),
        (f"b3BlbnNzaC1rZXktdjE{made_up(80)}", made_up(80)),
        (f"-- {made_up(32, HEX)}-{made_up(8, HEX)}-{made_up(8, HEX)}", made_up(32, HEX)),
        (f"use {made_up(6)}.{made_up(6)}:{made_up(43)}", made_up(43)),
        (f"see 00{made_up(40)} there", made_up(40)),
        ("kubeadm join 10.0.0.1 --token ab1cde.f2gh3jk4lm5np6q7", "ab1cde.f2gh3jk4lm5np6q7"),
        (f"password = {PASSWORD}\nuser = x", PASSWORD),
        (f"data/2.5/weather?q=x&appid={made_up(32, HEX)}", made_up(32, HEX)),
        ("GMAIL_APP_PASSWORD=wxqz kfjt pzrm qhvd\n", "wxqz kfjt pzrm qhvd"),
        ('app_password: "wxqz kfjt pzrm qhvd"', "wxqz kfjt pzrm qhvd"),
        ("<password>bY4hq2&amp;Z2CuYs&lt;uR3Y</password>", "bY4hq2&amp;Z2CuYs&lt;uR3Y"),
        ("recovery codes:\nab3d5-fg7hk\ndayy9-radch\nk2m4n-pq6rs", "dayy9-radch"),
    ],
)
def test_form_of_its_own(text: str, secret: str) -> None:
    assert secret in " ".join(found(text))


WORDS = "bundle absurd orbit velvet mango tunnel copper bronze cactus ember falcon glacier".split()  # noqa: SIM905


def test_numbered_words_of_a_wallet() -> None:
    text = "Secret recovery phrase:\n" + "\n".join(f"{n}. {w}" for n, w in enumerate(WORDS, 1))
    assert "3. orbit\n4. velvet" in " ".join(found(text))


VALUES = {"password": PASSWORD, "jdbc-extra": "orders-of-may", "tls.crt": "a certificate"}
ENCODED = {name: base64.b64encode(value.encode()).decode() for name, value in VALUES.items()}


def test_secret_of_kubernetes() -> None:
    rows = "".join(f"  {name}: {value}\n" for name, value in ENCODED.items())
    for text in (
        f"apiVersion: v1\ndata:\n{rows}kind: Secret\nmetadata:\n  name: db\n",
        json.dumps({"kind": "Secret", "data": ENCODED}, indent=2),
    ):
        assert set(found(text)) == {ENCODED["password"], ENCODED["jdbc-extra"]}


def test_config_map_of_kubernetes() -> None:
    text = f"apiVersion: v1\ndata:\n  extra: {ENCODED['jdbc-extra']}\nkind: ConfigMap\n"
    assert found(text) == []


HARMLESS = r"""
docker run -u root -p 8080:80 nginx
ssh -l ops -p 2222 host.test
snmpwalk -v2c -c public 10.0.0.9
  password: hashedPassword19,
golang.org/x/oauth2 v0.17.0 h1:2ugT2ZGev4TM357cID6Iad095cd275deec2b2e6e52708=
fly secrets set GOOGLE_CLIENT_ID=811954524200-dkbzhlhok2y9to5gvb5myy7pyje3pw0i.apps.googleusercontent.com
Resource: arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-YgU5sm
CREDENTIALS="include"
connect(host=h, password=user_pass1, timeout=3)
connect(host,password=user_pass1)
expect(page.getByLabel('Password')).toBeVisible()
await page.getByLabel('Password').fill(password)
{"version": {"value": "1.2.3", "type": "string"}}
<input type="password" name="q2">Password</input>
Password:\n  secretKeyRef:\n    name: db
password must be changed:\n- at least 12 characters
[1,2,3,4,5,6,7,8]
the arrow -> points at the token -> Token
use the default one as password
enable secret storage in the settings
""".strip().splitlines()  # noqa: E501


@pytest.mark.parametrize("line", HARMLESS)
def test_harmless_text_is_left(line: str) -> None:
    assert find(line.replace(r"\n", "\n")) == []
