"""Secrets that are known by where they stand: in a URL, a connection string, a program's file.

Each form has one literal that must be in the text before its pattern is tried. All quantifiers
are bounded, so that no pattern takes more than a fixed time per character.
"""

import re
from collections.abc import Iterator

from . import (
    calls,
    commands,
    cookies,
    habits,
    ini,
    kubernetes,
    networks,
    pairs,
    places,
    printed,
    sentences,
    services,
    statements,
)
from .engines import holds
from .forms import (
    WORD12,
    Form,
    Forms,
    Q,
    basic,
    chosen,
    form,
    in_url,
    password,
    phrase,
    real,
    scrambled,
    varied,
    webhook,
)
from .mixture import is_random, is_worded
from .span import Span
from .wordlike import is_unlike_names

_BARRED = r"\|(?<=\d\|)[A-Za-z0-9_-]{24}"

_COMMANDS: tuple[Form, ...] = (
    form("password", "mysql|mariadb|sshpass|mongo|zip |7z ",
          r"\b(?:mysql\w{0,8}|mariadb(?:-\w{1,8})?|sshpass|mongo\w{0,8}|7z|zip)\b[^\n|;&]{0,160}?[ \t]-[pP][ \t]?[\"']?"  # noqa: E501
          r"([^\s\"'|;]{4,128})", chosen),
    form("password", "login ",
          r"\blogin\b[^\n|;&]{0,120}?[ \t]-p[ =]?[\"']?([^\s\"'|;]{4,256})", chosen),
    form("password", "redis-cli|sqlcmd|ldap|ipmitool|smbclient",
          r"\b(?:redis-cli\b[^\n|;&]{0,120}?[ \t](?:-a|--pass)|sqlcmd\b[^\n|;&]{0,120}?[ \t]-P"
          r"|ldap\w{1,12}\b[^\n|;&]{0,120}?[ \t]-w|ipmitool\b[^\n|;&]{0,120}?[ \t]-P"
          r"|smbclient\b[^\n|;&]{0,120}?%)"
          r"[ \t]?[\"']?([^\s\"'|;]{4,128})", chosen),
    form("password", "chpasswd|passwd --stdin|sudo -S|--password-stdin|--with-token|secret put|secret set|env add|secrets set|secret create|variable set",  # noqa: E501
          r"(?:echo|printf)[ \t]{1,3}(?:-n[ \t]|[\"']%s[\"'][ \t])?\\{0,3}[\"']?(?:[\w.-]{1,32}:)?([^\s\"'|\\]{4,200})\\{0,3}n?[\"']?[ \t]{0,3}\|"  # noqa: E501
          r"[^\n|]{0,80}?(?:chpasswd|passwd --stdin|sudo -S|--password-stdin|--with-token|secrets? put|secrets? set|env add|secret create|variable set)", chosen),  # noqa: E501
    form("secret", "secret set|secrets set|secret create|secret put|variable set|env add|config:set",  # noqa: E501
          r"\b(?:secrets?|variable|env|config)(?: |:)(?:set|create|put|add)\b(?![ ]\w{1,60}_ID\b)[^\n]{0,120}?"  # noqa: E501
          r"(?:(?:--body|-b|--value|-v)[ =][\"']?|-[bv][\"'])([^\s\"']{8,512})", real),
    form("password", "SecureString",
          r"ConvertTo-SecureString[ ]{1,3}(?:-String[ ]{1,3})?[\"']([^\"'\n]{4,128})[\"']", chosen),
    form("cookie", "-b |--cookie",
          r"(?<!\S)(?:-b|--cookie)[ =][\"']?[\w.-]{1,64}=([^\s;\"']{8,1024})", scrambled),
    form("password", "htpasswd ",
          r"\bhtpasswd[ \t]{1,4}-\w{0,6}b\w{0,6}[ \t]{1,4}(?:\S{1,100}[ \t]{1,4}){1,2}[\"']?([^\s\"'|;]{4,128})[\"']?(?=[ \t]{0,4}(?:$|[\n|;&\"'\\]))", chosen),  # noqa: E501
    form("password", "asspwd|-psswd|--pass|asswd",
          r"-(?:passw(?:or)?d|rootpw|adminpw|passin|passout|pass)[ =](?:pass:)?[\"']?([^\s\"'|;-][^\s\"'|;\]]{3,127})", chosen),  # noqa: E501
    form("password", "openssl ",
          r"\bopenssl\b(?:[^\n|;]{0,200}?(?:-k[ ]|-K[ ]|-hmac[ ]|pass:)"
          r"|[ ]passwd(?:[ ]-(?:[156]|apr1|aixmd5|crypt|quiet|salt[ ]\S{1,32})){1,4}[ ])[\"']?([^\s\"'|;)]{4,128})", chosen),  # noqa: E501
    form("password", "xfreerdp|rdesktop|net use|psexec|/user:|cmdkey",
          r"(?:\bxfreerdp\b|\brdesktop\b|\bcmdkey\b)[^\n|;]{0,160}?[ ](?:/p(?:ass)?:|-p[ ])[\"']?([^\s\"'|;]{4,128})", chosen),  # noqa: E501
)  # fmt: skip
"""Command lines; tried where an option of one of them stands."""

_USERS: tuple[Form, ...] = (
    form("password", "net use|NET USE",
          r"(?i:net use)[^\n]{0,160}?/user:\S{1,64}[ ]{1,3}([^\s\"'/][^\s\"']{3,127})", chosen),
    form("password", "net use|NET USE",
          r"(?i:net use)[ ](?:[A-Za-z*]:?[ ])?\\{2,4}[^\s\"']{2,160}[ ]([^\s\"'/*][^\s\"']{3,127})[ ]/(?i:user):", chosen),  # noqa: E501
    form("password", "schtasks|SCHTASKS", r"(?i:schtasks)\b[^\n|]{0,200}?[ ]/(?i:rp)[ ][\"']?([^\s\"'/][^\s\"']{3,127})", chosen),  # noqa: E501
    form("password", "net user ", r"\bnet user[ ]{1,3}[\w.-]{1,64}[ ]{1,3}([^\s\"'/][^\s\"']{5,127})", chosen),  # noqa: E501
    form("password", "psexec|PsExec", r"(?i:psexec)[^\n]{0,160}?[ ]-p[ ]{1,2}([^\s\"'/][^\s\"']{3,127})", chosen),  # noqa: E501
    form("password", "IDENTIFIED|identified|WITH PASSWORD|with password|ENCRYPTED PASSWORD",
          r"(?i:identified(?:[ ]with[ ]\w{1,40})?[ ]by|(?:with|encrypted)[ ](?:login[ ])?password)[ ]{1,3}(?:password[ ]{1,3})?"  # noqa: E501
          r"\\{0,3}[\"']([^\s\"'\\]{4,128})", in_url, r"(?i:fied(?:[ ]with[ ]\w{1,40})?[ ]by|password)[ ]{1,3}\\{0,3}[\"'][^\s\"'\\]{4}"),  # noqa: E501
    form("password", "chpasswd", r"(?m)chpasswd[^\n]{0,20}<<[^\n]{0,20}\n[\w.-]{1,32}:(\S{4,128})$", chosen),  # noqa: E501
    form("token", "TRUE\t|FALSE\t",
          r"\t(?:TRUE|FALSE)\t[^\t\n]{1,200}\t(?:TRUE|FALSE)\t\d{1,20}\t[^\t\n]{1,100}\t([^\s]{8,4096})", scrambled),  # noqa: E501
    form("private-key", "\"kty\"|kty\\\"",
          r"\\{0,3}\"(?:d|p|q|dp|dq|qi|k)\\{0,3}\"[ \t]{0,4}:[ \t\n]{0,4}\\{0,3}\"([\w-]{20,2000})", varied),  # noqa: E501
    form("token", "code=", r"[?&]code=([\w.%~/=-]{16,512})(?=[&\s\"'#]|$)", scrambled),
    form("token", "code_verifier", r"code_verifier(?:=|\\{0,3}\"[ ]{0,2}:[ ]{0,2}\\{0,3}\")([\w.~-]{40,128})", varied),  # noqa: E501
    form("token", "assertion=|ticket=|samlresponse=|SAMLResponse=",
          r"(?:assertion|ticket|(?i:samlresponse))=([\w.%+/=-]{24,4096})", scrambled),
)  # fmt: skip
"""What administrators and browsers write; of a rarer kind."""

_SERVICES: tuple[Form, ...] = (
    form("paypal-token", "access_token$", r"(access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32})", varied),  # noqa: E501
    form("salesforce-token", "00D", r"(00D(?<![\w!]00D)[A-Za-z0-9]{12,15}![\w.]{60,200})", varied),
    form("amazon-token", "Atzr|Atza|Atzc", r"(Atz[arc]\|[\w+/=-]{40,2000})", varied),
    form("convex-key", "prod:|dev:|preview:|project:", r"(?<![\w-])((?:prod|dev|preview|project):[\w:-]{3,80}\|[\w+/=.-]{30,2000})", varied),  # noqa: E501
    form("meta-token", "|", r"(?<![\w|])(\d{13,17}\|[A-Za-z0-9_-]{24,40})(?![\w|-])", lambda v: scrambled(v.partition("|")[2]), _BARRED),  # noqa: E501
    form("laravel-token", "|", r"(?<![\w|])(\d{1,9}\|[A-Za-z0-9]{40,64})(?![\w|])", lambda v: scrambled(v.partition("|")[2]) and not v.partition("|")[2].islower(), _BARRED),  # noqa: E501
    form("google-chat-webhook", "chat.googleapis.com", r"chat\.googleapis\.com/v1/spaces/[^\s\"'<>]{1,100}[?&](key=[\w-]{20,60}(?:&|&amp;|\\u0026)token=[\w%=-]{20,120})", varied),  # noqa: E501
    form("webhook", "oapi.dingtalk.com", r"oapi\.dingtalk\.com/robot/send\?access_token=([0-9a-f]{64})", varied),  # noqa: E501
    form("webhook", "qyapi.weixin.qq.com", r"qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([0-9a-f-]{36})", varied),  # noqa: E501
    form("webhook", "open.feishu.cn|open.larksuite.com", r"open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/([0-9a-f-]{36})", varied),  # noqa: E501
    form("teams-webhook", "webhook.office.com|outlook.office.com",
          r"/(?:webhookb2|webhook)/([0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36}(?:/[\w-]{20,80})?)", varied),  # noqa: E501
    form("webhook", "hook", r"https?://[\w.-]{0,80}hooks?[\w.-]{0,80}/(?:[\w.-]{1,40}/){0,4}?"
          r"((?:[A-Za-z0-9_-]{8,64}/){0,3}[A-Za-z0-9_-]{20,128})(?![\w/.-])", webhook),
    form("webhook", "/hooks/|/webhooks/|/webhook/|/services/|/triggers/", r"https?://[\w.:-]{1,100}/(?:[\w.-]{1,40}/){0,5}(?:hooks|webhooks?|services|triggers)/"
          r"((?:[A-Za-z0-9_-]{6,64}/){0,3}[A-Za-z0-9_-]{16,128})(?![\w/.-])", webhook),
    form("aws-ecr-token", "eyJwYXlsb2Fk", r"(?<![\w+/])(eyJwYXlsb2Fk[\w+/=]{100,4096})", varied),
    form("slack-session", "xoxd-|d=xoxd", r"(xoxd-[\w%+/=-]{20,400})", varied),
    form("secret", "SharedAccessSignature|sig=|&sv=", r"[?&;]sig=([\w%+/=-]{30,200})", varied),
)  # fmt: skip
"""Tokens with signs in them that the rule table's words do not have, and secret addresses."""

_FILES: tuple[Form, ...] = (
    form("password", "machine ",
          r"\bmachine\s{1,8}\S{1,128}\s{1,8}(?:login\s{1,8}\S{1,128}\s{1,8})?(?:account\s{1,8}\S{1,64}\s{1,8})?"
          r"(?:login\s{1,8}\S{1,128}\s{1,8})?password\s{1,8}(\S{4,256})", chosen),
    form("password", "login ",
          r"\blogin[ \t\n]{1,8}\S{1,128}[ \t\n]{1,8}password[ \t\n]{1,8}(\S{4,256})", chosen),
    form("token", "_auth",
          r":_auth(?:Token)?[ \t]{0,4}=[ \t]{0,4}[\"']?([\w+/=.-]{12,512})", real),
    form("token", "_auth", r"(?m)^_auth[ \t]{0,4}=[ \t]{0,4}[\"']?([\w+/=.-]{8,512})", basic),
    form("authorization", "auth\"|auth\\\"",
          rf"\"auth\\{{0,3}}\"[ \t]{{0,4}}:[ \t]{{0,4}}{Q}([A-Za-z0-9+/]{{8,1024}}={{0,2}})", basic),  # noqa: E501
    form("private-key", "-key-data|KeyData",
          r"(?:client-key-data|privateKeyData|clientKeyData)\\{0,3}[\"']?[ \t]{0,4}:[ \t]{0,4}\\{0,3}[\"']?"  # noqa: E501
          r"([A-Za-z0-9+/]{40,8192}={0,2})", varied),
    form("secret", "private_key_id",
          r"private_key_id\\{0,3}\"[ \t]{0,4}:[ \t]{0,4}\\{0,3}\"([a-f0-9]{40})\b", varied),
    form("password-hash", "$",
          r"(\$(?<![\w$]\$)(?:2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|[156]\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,16}\$"
          r"[./A-Za-z0-9]{22,86}|y\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{1,64}\$[./A-Za-z0-9]{43}"
          r"|apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}"
          r"|argon2(?:id|i|d)\$[^\s\"'`:]{20,300}|(?:pbkdf2|scrypt)[^\s\"'`:]{20,300}))", varied),
    form("password-hash", "SHA}|SHA256}|SHA512}|MD5}",
          r"(\{(?:S?SHA(?:256|512)?|SMD5|ssha)\}[A-Za-z0-9+/]{20,128}={0,2})", varied),
    form("password-hash", "pbkdf2_sha|scrypt:",
          r"\b(pbkdf2_sha\d{1,3}\$\d{3,8}\$[A-Za-z0-9]{4,64}\$[A-Za-z0-9+/]{20,90}={0,2}"
          r"|(?:pbkdf2|scrypt):[\w:]{4,40}\$[A-Za-z0-9]{4,32}\$[a-f0-9]{32,160})", varied),
    form("private-key", "Key =",
          r"\b(?:PrivateKey|PresharedKey|PreSharedKey)[ \t]{0,4}=[ \t]{0,4}([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)",  # noqa: E501
          varied),
    form("private-key", "te-Lines",
          r"Private-Lines: \d{1,3}\s{1,4}((?:[A-Za-z0-9+/]{4,80}={0,2}(?:\s{1,4}|\\n|$)){1,60})", varied),  # noqa: E501
    form("secret", "vate-MAC", r"Private-MAC: ([0-9a-f]{40,64})", varied),
    form("password", "psk", r"\bpsk=\"?([^\s\"]{8,64})", chosen),
    form("secret", "otpauth:", r"otpauth://[^\s\"'<>]{1,300}?[?&]secret=([A-Za-z2-7=]{8,128})", real),  # noqa: E501
    form("seed-phrase", "nemonic|NEMONIC|hrase|PHRASE|eed words|SEED",
          rf"(?i:mnemonic|phrase|seed|wallet)[^\n]{{0,60}}?[:=\"'\s]\s{{0,4}}[\"']?({WORD12})(?![a-z])",
          phrase),
    form("authorization", "uthorization",
          r"(?i:authorization)\\{0,3}[\"']?[ \t]{0,4}[:=,][ \t]{0,4}\\{0,3}[\"'`]?(?i:digest)[ ]"
          r"[^\n]{0,400}?response=\\{0,3}\"?([a-f0-9]{32,64})", varied),
    form("authorization", "uthorization",
          r"(?i:authorization)\\{0,3}[\"']?[ \t]{0,4}[:=,][ \t]{0,4}\\{0,3}[\"'`]?"
          r"([A-Za-z0-9+/=_.~-]{16,2048})(?![A-Za-z])", scrambled),
)  # fmt: skip
"""Files of programs, and headers."""

_CALLS: tuple[Form, ...] = (
    form("password", "asicAuth(|redential(|redentials(|.login(|basic_auth(|onnection(|mysqli|new PDO(|mysql_connect(|sql.connect(|SQLdb.connect(|db.auth(",  # noqa: E501
          r"(?:[bB]asic_?[aA]uth|NetworkCredential|PasswordCredentials?|Credentials|\.login|getConnection|mysqli(?:_connect)?"
          r"|new PDO|mysql_connect|MySQLdb\.connect|pymysql\.connect|\bdb\.auth)\((?:[^\"'()\n]{0,40}[\"'][^\"'\n]{0,120}[\"'],[ \t]{0,40}\n?[ \t]{0,40}){1,2}"  # noqa: E501
          r"\\{0,3}[\"']([^\"'\s\\]{4,128})\\{0,3}[\"'][ ]{0,2}[,)]", password),
    form("secret", "jwt.sign(|jwt.verify(|jwt.encode(|jwt.decode(|createHmac(",
          r"(?:jwt\.(?:sign|verify|encode|decode)|createHmac)\([^\"'\n]{0,80}?(?:[\"'][\w-]{3,12}[\"'], ?)?[\"']([^\"'\s\\]{16,512})[\"']", lambda v: scrambled(v) or is_unlike_names(v)),  # noqa: E501
    form("secret", "AKIA|ASIA",
          r"(?:AKIA|ASIA)[A-Z2-7]{16}[^A-Za-z0-9+/=\n][^\n]{0,80}?(?<![A-Za-z0-9+/=])([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])",
          scrambled),
)  # fmt: skip
"""Calls whose last argument is the password, and AWS secrets behind their id."""

_LINKS: tuple[Form, ...] = (
    form("secret", "ignature=|sig=|hmac=|hdnts=|__token",
          r"[?&;](?:[Xx]-[Aa]mz-[Ss]ignature|[Xx]-[Gg]oog-[Ss]ignature|Signature|signature|sig|hmac|hdnts|__token__)="
          r"([A-Za-z0-9%+/=_~-]{16,1024})", scrambled),
    form("token", "X-Amz-Security-Token",
          r"X-Amz-Security-Token=([A-Za-z0-9%+/=_-]{16,4096})", varied),
    form("secret", "Signature=",
          r"AWS4-HMAC-SHA256[^\n]{0,300}?Signature=([a-f0-9]{64})", varied),
    form("token", "invit|reset|magic|verify|onfirm|ticket=|otp=|nonce=|_token=|auth=|jwt=|sso=|activat|unsubscribe|join/",  # noqa: E501
          r"(?:[?&](?:invite|invitation|reset|magic|verify|confirm(?:ation)?|ticket|otp|nonce|state_token"
          r"|login_token|auth|jwt|st|sso|one_time|activation|unsubscribe)(?:_(?:token|code|key))?="
          r"|/(?:invite|invitations?|reset-password|password[-_]reset|magic-link|magic|verify|confirm"
          r"|activate|unsubscribe|join|accept-invite)/)(?![\w-]{0,30}[/.])"
          r"([\w~%-]{16,512})", lambda value: scrambled(value) and not is_worded(value)),
)  # fmt: skip

_BASIC = re.compile(
    r"-(?<![^\s\"'`=(]-)(?:u|U|-user|-proxy-user)[ =]{0,2}[\"']?(?!\d{1,9}:\d{1,9}(?!\w))"
    r"(?:[\w$][\w.@+%$-]{0,63}):[\"']?([^\s\"'`|;]{4,128})"
)
"""`curl -u user:password`; `docker run -u 1000:1000` is none."""
_URL = re.compile(r"://([^\s/:@\"'<>`\\\[]{0,100}):([^\s/\"'<>`\\,]{1,256})@(?=[\w\[$.-])")
_URL_TOKEN = re.compile(r"://([A-Za-z0-9_\-]{20,256})(?::x-oauth-basic|:)?@(?=\w)")
_CONNECTION = re.compile(
    r"(?i)[;?&\"' ](?:password|pwd|accountkey|sharedaccesskey|sslpassword)[ ]{0,2}=[ ]{0,2}"
    r"([^\s;\"'<>`\\]{4,256})"
)
_PGPASS = re.compile(
    r"(?<![\w.:])(?:[\w.-]{1,100}|\*):(?:\d{4,5}|\*):[A-Za-z_*][\w.*-]{0,62}:[A-Za-z_*][\w.*@-]{0,62}:([^\s:]{4,128})[ \t]{0,4}$"  # noqa: E501
)
_LINES = re.compile(r"[^\n]{12,400}")
_SHORTEST = 16
"""No form with its value is shorter."""
_PORT = re.compile(r":(?:\d{4,5}|\*):[A-Za-z_*][\w.*-]{0,62}:")
_COOKIES = (
    "SESSID=",
    "SESSIONID=",
    "sessionid=",
    "session_id=",
    "connect.sid=",
    "session=",
    "SRF-TOKEN=",
)
_CODES = re.compile(
    r"(?i)(?:recovery|backup|rescue|one[- ]time|2fa|mfa)[ _-]?codes?\b([^\n]{0,300}(?:\n{1,2}"
    r"(?:[ \t>*\u2022|#\d.)a-z-]{0,60}(?:\n|$)){1,24})?)"
)
_CODE = re.compile(
    r"(?<![\w-])(?:\d{4,5} \d{4,5}|[a-z0-9]{4,10}(?:-[a-z0-9]{4,10}){0,4})(?![\w-])", re.IGNORECASE
)


_TABLES = (
    *(_COMMANDS, places.COMMANDS, commands.COMMANDS, _CALLS, calls.CALLS),
    *(_FILES, _USERS, _SERVICES, services.SERVICES, places.PLACES),
    *(habits.HABITS, networks.NETWORKS),
)
_FORMS = Forms(*_TABLES)
_OF_LINKS = Forms(_LINKS)


def structures(text: str) -> Iterator[Span]:
    """Secrets known by where they stand: URLs, connection strings, `curl -u`, netrc, hashes."""
    if len(text) < _SHORTEST:
        return
    if "://" in text and "@" in text:
        yield from _urls(text)
    if "-u" in text or "-U" in text:
        for found in _BASIC.finditer(text):
            if chosen(found[1]):
                yield Span(found.start(1), found.end(1), "password", False)
    if _PORT.search(text):
        yield from _pgpass(text)
    if "://" in text:
        yield from _OF_LINKS.spans(text)
    yield from _FORMS.spans(text)
    yield from services.users(text)
    yield from ini.in_sections(text)
    yield from sentences.sentences(text)
    yield from pairs.conditional(text)
    yield from kubernetes.secret_values(text)
    yield from statements.given(text)
    yield from printed.shown(text)
    yield from _lists(text)


def _lists(text: str) -> Iterator[Span]:
    if ";" in text and ("assword=" in text or "wd=" in text or "assword =" in text):
        yield from _connections(text)
    if holds(text, ("codes", "Codes", "CODES")):
        yield from _codes(text)
    if holds(text, _COOKIES):
        yield from cookies.session_pairs(text)


def _connections(text: str) -> Iterator[Span]:
    for found in _CONNECTION.finditer(text):
        around = text[max(0, found.start() - 200) : found.end() + 120]
        spaced = text[found.start(1) - 1] == " "  # rather a statement: `password = await …`
        check = password if spaced else chosen
        if "=" in around[: found.start()] and ";" in around and check(found[1]):
            yield Span(found.start(1), found.end(1), "password", False)


def _pgpass(text: str) -> Iterator[Span]:
    """The last field of the lines of a pgpass file."""
    for line in _LINES.finditer(text):
        found = _PORT.search(line[0]) and _PGPASS.search(line[0])
        if found and chosen(found[1]):
            at = line.start()
            yield Span(at + found.start(1), at + found.end(1), "password", False)


def _codes(text: str) -> Iterator[Span]:
    """The lines of a list of recovery codes."""
    for found in _CODES.finditer(text):
        codes = [c for c in _CODE.finditer(text, *found.span(1)) if len(c[0]) >= 8]
        digits = [sum(map(str.isdigit, code[0])) for code in codes]
        sure = {len(code[0]) for code, count in zip(codes, digits, strict=True) if count >= 2}
        for code, count in zip(codes, digits, strict=True):
            if count >= 2 or (count and len(code[0]) in sure):
                yield Span(code.start(), code.end(), "recovery-code", False)


_SENTRY = re.compile(r"@o\d{1,20}\.ingest\.(?:[a-z]{2}\.)?sentry\.io/")


def _urls(text: str) -> Iterator[Span]:
    for found in _URL.finditer(text):
        if found[2] != found[1] and in_url(found[2]):
            yield Span(found.start(2), found.end(2), "url-password", False)
    for found in _URL_TOKEN.finditer(text):
        # Sentry's address for reports: its key is public, every page that reports holds it.
        if is_random(found[1]) and not _SENTRY.match(text, found.end(1)):
            yield Span(found.start(1), found.end(1), "url-password", False)


LOOKS: tuple[str, ...] = (
    *(one.trace or one.pattern for table in (*_TABLES, _LINKS) for one in table),
    *(one.pattern for one in (_BASIC, _PORT, _URL, _URL_TOKEN, _CONNECTION, _CODES)),
    *(cookies.SESSION.pattern, kubernetes.TRACE, services.USERS_TRACE),
    *(*sentences.LOOKS, *statements.LOOKS),
    *(pairs.CONDITIONAL, pairs.CHOICE, printed.SHOWN, ini.SECTIONS),
)
"""Where none of these matches, `structures` finds nothing."""
