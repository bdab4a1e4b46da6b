"""Passwords that people made up, where programs and people keep them: settings, dumps, logins.

Rows as in `structures`; they stand here so that neither file grows too long.
"""

from .forms import Form, chosen, form, real, scrambled
from .lazy import Headed
from .values import is_made_up, is_plain, is_random, is_wordless


def _said(value: str) -> bool:
    """No word of a sentence."""
    return is_made_up(value) or (is_random(value) and not is_plain(value) and is_wordless(value))


def _any(value: str) -> bool:
    """Whatever is no placeholder and no code, with a digit or a sign in it."""
    return chosen(value) and not value.isalpha()


_SETTINGS: tuple[Form, ...] = (
    form("password", "bindpw", r"\bbindpw[ \t]{1,8}\"?([^\s\"]{4,128})", _any),
    form("password", "stats auth", r"\bstats auth [\w.-]{1,32}:([^\s:]{4,128})", _any),
    form("password", "\" \"", r"(?m)^\"[\w.-]{1,63}\" \"([^\"\s]{6,128})\"[ \t]{0,4}$", _said, r"\"[\w.-]{1,63}\" \"[^\"\s]{6}"),  # noqa: E501
    form("password", "storePassword|keyPassword", r"\b(?:store|key)Password[ (]{1,2}[\"']([^\"'\s]{4,128})[\"']", _any),  # noqa: E501
    form("password", ": >|: |",
         r"(?i:password|passwd|passphrase):[ ][>|][+-]?[ ]{0,4}\r?\n[ \t]{2,32}([^\s\"':]{6,256})[ \t]{0,4}(?=\r?\n|$)", _any),  # noqa: E501
    form("password", ": &", r"(?i:passw(?:or)?d|passphrase|secret|token|key):[ ]&\w{1,30}[ ][\"']?([^\s\"']{6,256})", _said),  # noqa: E501
    form("secret", "random_password", r"\"random_password\"[^\[\]]{0,400}\"instances\"[^\]]{0,600}?\"result\":\s{0,4}\"([^\"\s]{8,256})\"", real, r"\"random_password\""),  # noqa: E501
)  # fmt: skip

_IN_CODE: tuple[Form, ...] = (
    form("password", "dbi:|DBI:",
         r"(?i:dbi):[^\"'\n]{2,200}[\"'],[ ]{0,4}[\"'][^\"'\n]{0,60}[\"'],[ ]{0,4}[\"']([^\"'\s]{4,128})[\"']", _any, r"(?i:dbi):[^\"'\n]{2}"),  # noqa: E501
    form("password", "create_superuser(|create_user(",
         r"create_(?:super)?user\((?:[^()\n,]{0,60},){1,3}[ ]{0,2}(?:password=)?[\"']([^\"'\s]{6,128})[\"'][ ]?[,)]", _any),  # noqa: E501
    form("secret", "SecretStr(|SecretBytes(", r"Secret(?:Str|Bytes)\([bru]{0,2}[\"']([^\"'\s]{4,256})[\"']\)", _any),  # noqa: E501
    form("secret", "session(", r"session\(\{[^{}]{0,200}?\bsecret:[ ]?[\"']([^\"'\s]{6,256})[\"']", _any, r"session\(\{"),  # noqa: E501
    form("cookie", "ookies.set(|ookie.set(|et_cookie(",
         r"(?:ookies?\.set|et_cookie)\([ ]?[\"'][\w.-]{0,24}(?i:sess|sid|auth|token)[\w.-]{0,16}[\"'],[ ]?[\"']([^\"'\s]{12,1024})[\"']", scrambled),  # noqa: E501
    form("password", "[", r"\w\[(?:\w{1,30}=[^\s,\]]{0,80}, ){0,12}?\w{0,24}(?i:passw(?:or)?d)=([^\s,\]\[\"']{4,128})(?=[,\]])", _any,  # noqa: E501
         r"(?i:passw(?:or)?d)=[^\s,\]\[\"']{4}"),
    form("password", "{", r"\{(?:\w{1,30}:[^\s{}]{0,120}[ ]){0,12}?\w{0,24}Pass(?:word|wd)?:([^\s{}]{4,128})(?=[ }])", _any,  # noqa: E501
         r"Pass(?:word|wd)?:[^\s{}\"'\\]{4}"),
)  # fmt: skip

_COMMANDS: tuple[Form, ...] = (
    form("password", "331 |USER ", r"(?:331 [^\n]{0,80}|USER [^\s]{1,64})\r?\n(?:[^\n]{0,80}\r?\n){0,2}?[-> ]{0,4}PASS ([^\s]{4,128})", real, r"\n[-> ]{0,4}PASS [^\s]{4}"),  # noqa: E501
    form("password", " LOGIN ", r"\b[A-Za-z]{0,4}\d{1,5} LOGIN \"?[\w.@+-]{1,64}\"? \"?([^\s\"]{4,128})", real),  # noqa: E501
    form("password", "&&", r"\bset [\"']?\w{0,40}(?i:pass|pwd)\w{0,20}=([^\s&\"']{4,256})&&", _any),
    form("password", "rclone", r"\brclone\b[^\n]{0,200}?[ ]pass=([^\s\"']{4,128})", _any, r"\brclone\b"),  # noqa: E501
    form("password", "cifs", r"\bcifs\b[^\n]{0,200}?,pass(?:word)?=([^\s,;\"'&|)]{4,128})", _any, r",pass(?:word)?="),  # noqa: E501
    form("password", "user-secrets set", r"user-secrets set [\"']?[\w:.-]{1,80}[\"']? [\"']?([^\s\"']{4,256})", _any),  # noqa: E501
    form("password", "http-basic.", r"\bhttp-basic\.[\w-]{1,40} [\w.@+-]{1,64} [\"']?([^\s\"']{4,256})", _any),  # noqa: E501
    form("password", "supabase", r"\bsupabase\b[^\n|;&]{0,160}?[ ]-p[ =]?[\"']?([^\s\"']{6,128})", _any, r"\bsupabase\b"),  # noqa: E501
    form("password", "snmp", r"\bsnmp\w{1,12}\b[^\n|;&]{0,200}?[ ]-A[ ]?[\"']?([^\s\"'|;]{6,64})", _any, r"\bsnmp\w{1,12}\b"),  # noqa: E501
    form("password", "snmp", r"\bsnmp\w{1,12}\b[^\n|;&]{0,200}?[ ]-X[ ]?[\"']?([^\s\"'|;]{6,64})", _any, r"\bsnmp\w{1,12}\b"),  # noqa: E501
    form("password", "wpa_passphrase", r"\bwpa_passphrase [\"']?[^\s\"']{1,32}[\"']? [\"']?([^\s\"']{8,63})", real),  # noqa: E501
)  # fmt: skip

_LOGINS: tuple[Form, ...] = (
    form("password", " / |/",
         Headed(("login", "Login", "LOGIN", "admin", "account", "creds", "credentials"),
                r"[ :]{1,2}(?:with[ ]|as[ ])?[\w.@+-]{2,64}[ ]{0,1}/[ ]{0,1}([^\s\"'`,;/]{8,64})(?![/\w])"),  # noqa: E501
         _said),
    form("password", "log in|ign in|login",
         r"(?i:log[ ]?in|sign[ ]in)\b[^\n]{0,60}?[ ](?:with|as)[ ][\w.@+-]{2,64}(?:[ ]/[ ]|[ ]and[ ]|:)([^\s,;\"'`/]{8,64})", _said),  # noqa: E501
    form("password", "pin |PIN |code ",
         r"(?i)\b(?:unlock|sim|card|device|phone|door|alarm|screen|lock)[ ](?:pin|code)\b[^\n.\d]{0,40}?(?:[ ]is|:)[ ](\d{4,8})\b", lambda value: len(set(value)) > 2),  # noqa: E501
)  # fmt: skip

HABITS = (*_SETTINGS, *_IN_CODE, *_COMMANDS, *_LOGINS)
"""Where a password stands that somebody made up."""
