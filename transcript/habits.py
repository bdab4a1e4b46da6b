"""Passwords that people made up, where programs and people keep them: settings, dumps, logins.

Rows as in `structures`; they stand here so that neither file grows too long.
"""

import base64
import binascii

from .forms import (
    Form,
    basic,
    chosen,
    code,
    form,
    key,
    made,
    no_word,
    real,
    said,
    scrambled,
    varied,
)
from .lazy import Headed
from .mixture import is_random, is_tangled
from .values import is_numbered_words, is_passphrase, is_plain
from .wordlike import KEY_OF_WORDS


def _both(words: str) -> str:
    """The words as they end, in lower and in upper case: `Secret=` and `SECRET=`."""
    ends = [word[1:] for word in words.split("|")]
    return "|".join([*ends, *(end.upper() for end in ends)])


def _each(ends: str, *behind: str) -> str:
    """Each of `ends`, as they are and in upper case, with each of `behind`."""
    words = [word for end in ends.split() for word in (end, end.upper())]
    return "|".join(dict.fromkeys(word + joined for word in words for joined in behind))


_ARROWS = _each("dmin oot ogin ser ccount", *(f" {arrow} " for arrow in ("->", "=>", "\u2192")))
_LISTS = _each("sers entials ccounts ogins", " = [", ": [", "=[", " := [")
_LOCKS = _each("lock im ard vice one oor larm reen vpn afe ate", " pin", " PIN", " code", " Code")


def _in_hex(value: str) -> bool:
    """Hex of a password."""
    try:
        decoded = bytes.fromhex(value).decode("ascii").strip()
    except ValueError:
        return False
    return decoded.isprintable() and _told(decoded)


def _phrase(value: str) -> bool:
    """A pass phrase after a command that takes nothing else."""
    return is_passphrase(value, strong=True) or is_numbered_words(value)


def _unlike_uuid(value: str) -> bool:
    """A key; the ids of clients are kept beside them."""
    return key(value) and value.count("-") != 4


def _mixed(value: str) -> bool:
    """What is told in so many words: a digit and a letter, and a second digit or a sign."""
    if value.isdigit() or not chosen(value.rstrip(".,;:!?)")):
        return False
    signs = sum(not letter.isalnum() and letter not in "._/()" for letter in value.strip(".,;:!?"))
    return sum(map(str.isdigit, value)) + min(signs, 1) >= 2


def _told(value: str) -> bool:
    """The same, or what no sentence has a word of."""
    return said(value) or _mixed(value)


def _typed(value: str) -> bool:
    """A password that somebody typed where a command was asked for."""
    return said(value) and not value.isalnum() and not value.endswith((".py", ".sh", ".js"))


def _keyed(value: str) -> bool:
    """A value of a printed object, and no variable of a call."""
    if is_plain(value) or not made(value):
        return False
    return is_random(value) or is_tangled(value) or KEY_OF_WORDS.match(value) is not None


def _decoded(value: str, depth: int = 2) -> bool:
    """Base64 of a password, or of its base64."""
    try:
        decoded = base64.b64decode(value, validate=True).decode("ascii").strip()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return _told(decoded) or (depth > 1 and _decoded(decoded, depth - 1))


_SETTINGS: tuple[Form, ...] = (
    form("password", "bindpw", r"\bbindpw[ \t]{1,8}\"?([^\s\"]{4,128})", no_word),
    form("secret", "assword = |ecret = |Key = |oken = ", r"(?m)^[ \t]{0,8}[\w-]{1,40}(?::[\w-]{1,40}){0,6}:\w{0,24}(?:Password|Secret|Key|Token) = ([^\s\"']{6,512})[ \t]{0,4}$", no_word, r":\w{0,24}(?:Password|Secret|Key|Token) = [^\s\"']{6}"),  # noqa: E501
    form("password", "stats auth", r"\bstats auth [\w.-]{1,32}:([^\s:]{4,128})", no_word),
    form("password", "\" \"", r"(?m)^\"[\w.-]{1,63}\" \"([^\"\s]{6,128})\"[ \t]{0,4}$", said, r"\"[\w.-]{1,63}\" \"[^\"\s]{6}"),  # noqa: E501
    form("password", "storePassword|keyPassword", r"\b(?:store|key)Password[ (]{1,2}[\"']([^\"'\s]{4,128})[\"']", no_word),  # noqa: E501
    form("password", ": >|: |",
         r"(?i:password|passwd|passphrase):[ ][>|][+-]?[ ]{0,4}\r?\n[ \t]{2,32}([^\s\"':]{6,256})[ \t]{0,4}(?=\r?\n|$)", no_word),  # noqa: E501
    form("password", ": &", r"(?i:passw(?:or)?d|passphrase|secret|token|key):[ ]&\w{1,30}[ ][\"']?([^\s\"']{6,256})", said),  # noqa: E501
    form("secret", "random_password", r"\"result\":\s{0,4}\"([^\"\s]{8,256})\"[^{}]{0,200}?\"random_password\"", real, r"\"random_password\""),  # noqa: E501
    form("secret", "SecureString",
         r"\"Value\":[ ]?\"([^\"\s]{4,4096})\"[^{}]{0,300}?\"Name\":[ ]?\"[^\"\s]{0,200}(?i:password|passwd|pwd|secret|token|key|credentials?)\"", real, r"\"Type\":[ ]?\"SecureString\""),  # noqa: E501
    form("password", "ansible_", r"\bansible_(?:ssh_|become_|sudo_|su_|winrm_|enable_)?pass(?:word)?=[\"']?([^\s\"']{4,128})", no_word),  # noqa: E501
    form("secret", "otp|OTP|2fa_|mfa_|2FA_|MFA_|2fa\"|mfa\"", r"(?i:t?otp|2fa|mfa)(?i:[_-]?(?:secret|key|seed))?[\"']?[ ]?[:=][ ]?[\"']?([A-Z2-7]{16,64})(?=[\"'\s,;]|$)", varied),  # noqa: E501
    form("password", "chpasswd", r"\bchpasswd:[ ]?\{[ ]?list:[ ]?[\"'][\w.-]{1,32}:([^\s\"']{4,128})[\"']", no_word),  # noqa: E501
    form("secret", "random_password", r"\"random_password\"[^\[\]]{0,400}\"instances\"[^\]]{0,600}?\"result\":\s{0,4}\"([^\"\s]{8,256})\"", real, r"\"random_password\""),  # noqa: E501
    form("password", "\" -> \"", r"(?i:password|passwd|secret|token|key)\w{0,16}[\"']?\s{0,8}=\s\"[^\"\n]{0,200}\"\s->\s\"([^\"\s]{4,256})\"", no_word),  # noqa: E501
    form("secret", "\"special\"", r"\"result\":\s{0,4}\"([^\"\s]{8,256})\",\s{0,16}\"special\"", real),  # noqa: E501
    form("secret", "base64:", r"[\"'=][ ]?(base64:[A-Za-z0-9+/]{43}=)(?![\w=])", varied),
    form("secret", "encoding", r"\bencoding\\{0,3}[\"']?:[ ]?\\{0,3}[\"']?(?:b64|base64)\b[^{}]{0,200}?content\\{0,3}[\"']?:[ ]?\\{0,3}[\"']?([A-Za-z0-9+/]{12,512}={0,2})(?=[\"'\s\\]|$)", _decoded),  # noqa: E501
    form("cookie", "HTTP::Cookie", r"HTTP::Cookie\b[^!]{0,200}?value: ([^\s\\]{20,2000})", real),
    form("secret", "\"SecureString\"", r"\"Type\":[ ]?\"SecureString\",\s{0,16}\"Value\":[ ]?\"([^\"\s]{16,4096})\"", _unlike_uuid),  # noqa: E501
    form("api-key", "_API=", r"\b[A-Z][A-Z0-9_]{1,30}_API=([\w-]{32,128})(?=\s|$)", key),
    form("secret", "-env-vars", r"-env-vars[ =][^\s]{0,400}?[,=][A-Z_]{3,40}=([\w+/=-]{24,256})(?=[,\s]|$)", key),  # noqa: E501
    form("api-key", "\"username\"", r"\"username\":[ ]?\"[\w.@-]{1,64}\",\s{0,8}\"key\":[ ]?\"([0-9a-f]{32})\"", varied),  # noqa: E501
    form("token", "AC", r"\bAC[0-9a-f]{32}(?:[\"'],\s{0,8}[\"']|:)([0-9a-f]{32})(?![0-9a-f])", varied, r"\bAC[0-9a-f]{32}[\"':]"),  # noqa: E501
)  # fmt: skip

_IN_CODE: tuple[Form, ...] = (
    form("cookie", "ookies=", r"\bcookies=\{[\"'][\w.-]{1,40}[\"']:[ ]?[\"']([^\"'\s]{16,1024})[\"']", scrambled),  # noqa: E501
    form("password", "dbi:|DBI:",
         r"(?i:dbi):[^\"'\n]{2,200}[\"'],[ ]{0,4}[\"'][^\"'\n]{0,60}[\"'],[ ]{0,4}[\"']([^\"'\s]{4,128})[\"']", no_word, r"(?i:dbi):[^\"'\n]{2}"),  # noqa: E501
    form("password", "create_superuser(|create_user(",
         r"create_(?:super)?user\((?:[^()\n,]{0,60},){1,3}[ ]{0,2}(?:password=)?[\"']([^\"'\s]{6,128})[\"'][ ]?[,)]", no_word),  # noqa: E501
    form("secret", "SecretStr(|SecretBytes(", r"Secret(?:Str|Bytes)\([bru]{0,2}[\"']([^\"'\s]{4,256})[\"']\)", no_word),  # noqa: E501
    form("secret", "session(", r"session\(\{[^{}]{0,200}?\bsecret:[ ]?[\"']([^\"'\s]{6,256})[\"']", no_word, r"session\(\{"),  # noqa: E501
    form("cookie", "ookies.set(|ookie.set(|et_cookie(",
         r"(?:ookies?\.set|et_cookie)\([ ]?[\"'][\w.-]{0,24}(?i:sess|sid|auth|token)[\w.-]{0,16}[\"'],[ ]?[\"']([^\"'\s]{12,1024})[\"']", scrambled),  # noqa: E501
    form("secret", "(string) (len=", r"(?i:pass(?:word)?|token|secret|key|dsn)\w{0,12}: \(string\) \(len=\d{1,4}\) \"([^\"\s]{6,512})\"", no_word),  # noqa: E501
    form("secret", " to equal | to be | to have | toBe(| toEqual(",
         r"(?i:token|secret|[ _-]key|passw(?:or)?d)[\"'`]? to (?:equal|be|have(?: value)?) [\"'`]([^\"'`\s]{8,512})[\"'`]", key),  # noqa: E501
    form("password", "ogin(|ign_in(|ignIn(|uthenticate(|og_in(",
         r"(?:[lL]og_?[iI]n|[sS]ign_?[iI]n|[aA]uthenticate)\((?:[\w.]{1,30},[ ]?)?[\"'][\w.@+-]{1,64}[\"'],[ ]?[\"']([^\"'\s]{6,128})[\"']", said),  # noqa: E501
    form("password", ": (\"|: ('|=(\"|=('|= (\"|= ('",
         r"(?i:login|auth|credentials?)[\"']?[ ]?[:=][ ]?\([\"'][^\"'\n]{1,64}[\"'],[ ]?[\"']([^\"'\s]{6,256})[\"']", said),  # noqa: E501
    form("password", _both("password...|passwd...|secret..."), r"(?i:passw(?:or)?d|secret)\.{4,60}\"?([^\s\".][^\s\"]{3,127})", no_word),  # noqa: E501
    form("secret", _both("secret=|token=|apikey=|api_key=|password=|passwd=") + "|piKey=", r"[\w ][\[(](?:\w{1,30}=[^\s,\])]{0,80}, ){0,12}?\w{0,24}(?i:secret|token|api_?key|passw(?:or)?d)=([^\s,\])\[(\"']{6,512})(?=[,\])])", _keyed,  # noqa: E501
         r"(?i:secret|token|api_?key|passw(?:or)?d)=[^\s,\])\[(\"']{6}"),
    form("secret", "] => ", r"(?i:secret|token|api_?key|passw(?:or)?d)\] => ([^\s()]{4,512})", no_word),  # noqa: E501
    form("secret", _both("secret: |token: |apikey: |api_key: |password: |passwd: ") + "|piKey: ", r"\{[ ](?:[\w-]{1,30}: [^\s{},]{1,80}, ){0,8}?[\w-]{0,24}(?i:secret|token|api_?key|passw(?:or)?d): ([^\s{},\"'(]{6,512})(?= \}|, )", made,  # noqa: E501
         r"(?i:secret|token|api_?key|passw(?:or)?d): [^\s{},\"'(]{6,512}(?: \}|, )"),
    form("password", "[", r"\w\[(?:\w{1,30}=[^\s,\]]{0,80}, ){0,12}?\w{0,24}(?i:passw(?:or)?d)=([^\s,\]\[\"']{4,128})(?=[,\]])", no_word,  # noqa: E501
         r"(?i:passw(?:or)?d)=[^\s,\]\[\"']{4}"),
    form("password", "{", r"\{(?:\w{1,30}:[^\s{}]{0,120}[ ]){0,12}?\w{0,24}Pass(?:word|wd)?:([^\s{}]{4,128})(?=[ }])", no_word,  # noqa: E501
         r"Pass(?:word|wd)?:[^\s{}\"'\\]{4}"),
    form("password", _LISTS, r"(?i:users|credentials|accounts|logins)\w{0,12}[ ]?[:=][ ]?\[\s{0,8}[\[(][ ]?[\"'][\w.@+-]{2,40}[\"'],[ ]?[\"']([^\"'\s]{8,64})[\"']", said),  # noqa: E501
    form("password", _LISTS, r"(?i:users|credentials|accounts|logins)\w{0,12}[ ]?[:=][ ]?\[\s{0,8}[\[(][ ]?[\"'][\w.@+-]{2,40}[\"'],[ ]?[\"'][^\"'\s]{1,64}[\"'][ ]?[\])],\s{0,8}[\[(][ ]?[\"'][\w.@+-]{2,40}[\"'],[ ]?[\"']([^\"'\s]{8,64})[\"']", said),  # noqa: E501
    form("password", "atob(", r"\batob\([\"']([A-Za-z0-9+/]{12,512}={0,2})[\"']\)", lambda value: basic(value) or _decoded(value)),  # noqa: E501
    form("password", "ncodeURIComponent(|quote_plus(|urlencode(", r"(?:ncodeURIComponent|quote_plus|urlencode)\([\"']([^\"'\s]{6,64})[\"']\)", said),  # noqa: E501
    form("password", "\"mysqladmin\"|\"redis-cli\"|\"mysql\"|\"mariadb|\"mongo", r"\"(?:redis-cli|mysqladmin|mysql|mariadb(?:-admin)?|mongosh?)\"[^\[\]\n]{0,200}?\"(?:-[ap]|--pass(?:word)?)(?:\",\s?\"|=)?([^\"\s$]{4,128})\"", no_word),  # noqa: E501
    form("secret", "keys: [|keys:[", r"\bkeys:[ ]?\[[ ]?[\"']([\w+/=-]{20,256})[\"']", key),
    form("secret", "keys: [|keys:[", r"\bkeys:[ ]?\[[ ]?[\"'][\w+/=-]{20,256}[\"'],[ ]?[\"']([\w+/=-]{20,256})[\"']", key),  # noqa: E501
    form("api-key", "wandb.login(", r"\bwandb\.login\([^\n)]{0,80}?key=\\{0,3}[\"']([0-9a-f]{40})", varied),  # noqa: E501
    form("secret", "hex!(|fromhex(|nhexlify(|hex::decode(|decodeHex", r"(?i:key|secret|token)\w{0,16}[ ]?(?::[^=\n]{1,40})?=[ ]?[\w.:]{0,40}(?:hex!|hex::decode|fromhex|nhexlify|decodeHex\w{0,8})\([ ]?&?b?[\"']([0-9a-fA-F]{32,256})[\"']", varied),  # noqa: E501
    form("password", "Credentials::new(", r"Credentials::new\([ ]?\"[^\"\n]{0,80}\"(?:\.\w{1,12}\(\))?,[ ]?\"([^\"\s]{4,128})\"", no_word),  # noqa: E501
    form("password", "((\"", r"\(\(\"[\w.@+-]{1,64}\", \"([^\"\s]{6,128})\"\)", said),
    form("password", "__construct(", r"__construct\('[^'\n]{4,200}', '[^'\n]{0,64}', '([^'\s]{4,128})'", no_word),  # noqa: E501
)  # fmt: skip

_COMMANDS: tuple[Form, ...] = (
    form("password", "331 |USER ", r"(?:331 [^\n]{0,80}|USER [^\s]{1,64})\r?\n(?:[^\n]{0,80}\r?\n){0,2}?[-> ]{0,4}PASS ([^\s]{4,128})", real, r"\n[-> ]{0,4}PASS [^\s]{4}"),  # noqa: E501
    form("password", " LOGIN ", r"\b[A-Za-z]{0,4}\d{1,5} LOGIN \"?[\w.@+-]{1,64}\"? \"?([^\s\"]{4,128})", real),  # noqa: E501
    form("password", "&&", r"\bset [\"']?\w{0,40}(?i:pass|pwd)\w{0,20}=([^\s&\"']{4,256})&&", no_word),  # noqa: E501
    form("password", "rclone", r"\brclone\b[^\n]{0,200}?[ ]pass=([^\s\"']{4,128})", no_word, r"\brclone\b"),  # noqa: E501
    form("password", "cifs", r"\bcifs\b[^\n]{0,200}?,pass(?:word)?=([^\s,;\"'&|)]{4,128})", no_word, r",pass(?:word)?="),  # noqa: E501
    form("password", "user-secrets set", r"user-secrets set [\"']?[\w:.-]{1,80}[\"']? [\"']?([^\s\"']{4,256})", no_word),  # noqa: E501
    form("password", "http-basic.", r"\bhttp-basic\.[\w-]{1,40} [\w.@+-]{1,64} [\"']?([^\s\"']{4,256})", no_word),  # noqa: E501
    form("password", "supabase", r"\bsupabase\b[^\n|;&]{0,160}?[ ]-p[ =]?[\"']?([^\s\"']{6,128})", no_word, r"\bsupabase\b"),  # noqa: E501
    form("secret", "base64 ", r"(?:echo|printf)[ ](?:-n[ ])?[\"']?([A-Za-z0-9+/]{12,512}={0,2})[\"']?[ ]?\|[ ]?base64[ ](?:-d|-D|--decode)", _decoded, r"\|[ ]?base64[ ](?:-d|-D|--decode)"),  # noqa: E501
    form("secret", "oathtool", r"\boathtool\b[^\n|;]{0,80}?[ ][\"']?([A-Z2-7]{16,64})(?=[\"'\s]|$)", varied),  # noqa: E501
    form("password", "snmp", r"\bsnmp\w{1,12}\b[^\n|;&]{0,200}?[ ]-A[ ]?[\"']?([^\s\"'|;]{6,64})", no_word, r"\bsnmp\w{1,12}\b"),  # noqa: E501
    form("password", "snmp", r"\bsnmp\w{1,12}\b[^\n|;&]{0,200}?[ ]-X[ ]?[\"']?([^\s\"'|;]{6,64})", no_word, r"\bsnmp\w{1,12}\b"),  # noqa: E501
    form("password", "wpa_passphrase", r"\bwpa_passphrase [\"']?[^\s\"']{1,32}[\"']? [\"']?([^\s\"']{8,63})", real),  # noqa: E501
    form("password", "base64", r"(?:echo -n|printf (?:%s|'%s'|\"%s\"))[ ][\"']?([^\s\"'|$]{6,128})[\"']?[ ]?\|[ ]?base64\b", said, r"\|[ ]?base64\b"),  # noqa: E501
    form("password", "ASSWORD '|BY '|PSK \"|unlock '|unlock \"|assword '|assword \"|assphrase '",
         r"(?:PASSWORD|password|BY|PSK|unlock|passphrase)[ ][\"']([^\"'\n]{12,80})[\"']", _phrase),
    form("secret", "xxd -r|fromhex(", r"(?:(?:echo|printf)[ ](?:-n[ ])?[\"']?|(?i:pw|pass|secret)\w{0,16}[ ]?=[ ]?[\w.]{0,24}fromhex\(b?[\"'])((?:[0-9a-fA-F]{2}){6,128})[\"']?(?:[ ]?\|[ ]?xxd -r|\))", _in_hex, r"xxd -r|fromhex\("),  # noqa: E501
    form("private-key", "wg set", r"\bwg set\b[^\n]{0,80}?(?:private-key|preshared-key)[ ]<\(echo[ ][\"']?([A-Za-z0-9+/]{43}=)", varied),  # noqa: E501
    form("password", "sending ", r"\bsending[ ]\\{0,3}[\"']([^\s\"'\\]{6,64})\\{1,3}[rn]", said),
    form("password", "steamcmd", r"\bsteamcmd\b[^\n]{0,120}?[ ]\+login[ ]\S{1,64}[ ]([^\s+][^\s]{5,127})", no_word),  # noqa: E501
    form("password", "  cd |  ls|  sudo |  git |  ssh ", r"(?m)^[ ]{1,5}\d{1,5}  ([^\s/\"'`()=<>|;:,-][^\s/\"'`()=<>|;:]{7,63})$", _typed, r"(?m)^ +\d+  [^\s/\"'`()=<>|;:,-]+$"),  # noqa: E501
)  # fmt: skip

_LOGINS: tuple[Form, ...] = (
    form("password", " / |/",
         Headed(("login", "Login", "LOGIN", "admin", "account", "creds", "credentials"),
                r"[ :]{1,2}(?:with[ ]|as[ ])?[\w.@+-]{2,64}[ ]{0,1}/[ ]{0,1}([^\s\"'`,;/]{8,64})(?![/\w])"),  # noqa: E501
         said),
    form("password", "og in|ign in|ogin|elde dich",
         r"(?i:log[ ]?in|sign[ ]in|melde dich)\b[^\n]{0,60}?[ ](?:with|as|mit|is|:)[ ][\w.@+-]{2,64}(?:[ ]/[ ]|[ ](?:and|und|with|mit)[ ]|:)([^\s,;\"'`/]{8,64})", said),  # noqa: E501
    form("password", "ogin: |ccount: |dmin: ", r"(?i:login|account|admin): `[\w.@+-]{2,64}:([^\s`]{8,64})`", said),  # noqa: E501
    form("password", _ARROWS, r"(?i:admin|root|login|user|account)[ ](?:->|=>|\u2192)[ ]([^\s,;\"'`/]{8,64})", said),  # noqa: E501
    form("password", _LOCKS,
         r"(?i)(?:\b|(?<=\\n))(?:(?:unlock|sim|card|device|phone|door|alarm|screen|lock|vpn|safe|gate)[ ](?:pin|code)\b[^\n.\d]{0,40}?(?:[ ]is|:)|(?:vpn|safe|alarm|door|gate|sim)[ ]pin)[ ](\d{4,8})\b", code),  # noqa: E501
    form("password", "assword from |asscode from |assphrase from ", r"(?i:password|passcode|passphrase) from [\"'`]?([^\s\"'`,;]{6,64})[\"'`]? to [\"'`]?[^\s\"'`]{6}", _told),  # noqa: E501
    form("password", " to ", r"(?i:password|passcode|passphrase) from [^\s]{6,64} to [\"'`]?([^\s\"'`,;]{6,64})", _told, r"(?i:password|passcode|passphrase) from [^\s]{6}"),  # noqa: E501
    form("secret", "set |Set ", r"\b[sS]et (?:the )?`?[A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|SECRET|TOKEN|PASS|PWD)[A-Z0-9_]{0,20}`? to [\"'`]?([^\s\"'`]{6,128})", _told),  # noqa: E501
    form("password", "reds are |reds: |entials are |entials: |ogin is |ogin: |ogin \u2192 ", r"(?i:creds|credentials|login)(?: are| is| \u2192|:) [\"'`*]{0,3}[\w.@+-]{2,64}[\"'`*]{0,3}(?::|[ ]?/[ ]?)[\"'`*]{0,3}([^\s\"'`*/,;]{6,64})", _told),  # noqa: E501
    form("password", "pass|pw|PW", r"(?i:user(?:name)?)[:=][ ]?[\w.@+-]{2,64},?[ ](?i:pass|pw|pwd|password)[:=][ ]?[\"'`]?([^\s\"'`,;]{6,64})", _told, r"(?i:user(?:name)?)[:=][ ]?[\w.@+-]{2,64},?[ ](?i:pass|pw)"),  # noqa: E501
    form("password", "assword for |asscode for ", r"(?i:password|passcode)[ ]for[ ][^\n=:]{2,40}[ ][=:][ ][\"'`]?([^\s\"'`,;]{6,64})", _told),  # noqa: E501
    form("password", "PIN for |pin for ", r"\b(?:PIN|pin)[ ]for[ ][^\n=:]{2,40}?(?:[ ]is|:)[ ](\d{4,8})\b", code),  # noqa: E501
    form("password", "old one was |old password was ", r"\bold (?:one|password) was[ ][\"'`]?([^\s\"'`,;]{6,64})", _told),  # noqa: E501
    form("password", "login with |log in with |sign in with |in as ", r"(?i:log(?:ging)?[ ]?in|sign(?:ing)?[ ]in)[ ](?:with|as)[ ][\w.@+-]{2,64}(?:[ ]with|[ ]?/)[ ]([^\s,;\"'`/]{8,64})", _told),  # noqa: E501
    form("password", "word? |phrase? ", r"(?i:password|passphrase)\?[ ]{1,2}[\"'`]?([^\s\"'`]{6,64})", said),  # noqa: E501
    form("password", "/pass|/Pass", r"(?i:user(?:name)?|login)/(?i:pass(?:word)?)\b[^\n]{0,40}?(?:[ ]is|:|=)[ ][\w.@+-]{2,64}[ ]?/[ ]?([^\s,;\"'`/]{8,64})", said),  # noqa: E501
    form("password", "one (|word (|pass (|pw (", r"(?i:old|new|previous|other|temp)[ ](?:one|password|pass|pw)[ ]\(([^()\s]{8,64})\)", said),  # noqa: E501
    form("password", "ogin (|ccount (", r"(?i:login|account)[ ]\([\w.@+-]{2,64}[ ]?/[ ]?([^\s()]{8,64})\)", said),  # noqa: E501
)  # fmt: skip

HABITS = (*_SETTINGS, *_IN_CODE, *_COMMANDS, *_LOGINS)
"""Where a password stands that somebody made up."""
