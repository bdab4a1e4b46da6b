"""Passwords that people make up are found where they keep them."""

import pytest
from ccshare.tests.transcript.test_structures import found, found_by_both

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
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", MADE_UP)
def test_found(place: str, value: str) -> None:
    assert found_by_both(place.replace("{}", value, 1)) == [value]


@pytest.mark.parametrize("text", OTHERS)
def test_nothing_found(text: str) -> None:
    assert found(text) == []
