"""More secrets that are known by where they stand: devices, command lines, installers, answers.

Rows as in `structures`; they stand here so that neither file grows too long.
"""

import re

from .checks import is_scrambled
from .forms import Form, chosen, form, in_url, key, password, real, scrambled, told, varied
from .lazy import Headed
from .mixture import is_worded

_NO_WORD = re.compile(r"(?i)public|private|default|none|auto")


def _community(value: str) -> bool:
    """The word that opens a device to SNMP; `public` opens them all."""
    return not _NO_WORD.fullmatch(value) and real(value)


def _unlike(value: str) -> bool:
    """A password that is no word with a number."""
    return password(value) and not is_worded(value)


COMMANDS: tuple[Form, ...] = (
    form("password", " -p| -P",
         r"[ ]-(?:[uU]|-user(?:name)?|-login)[ =]?[\"']?[\w.@-]{1,64}[\"']?[ ]{1,3}(?:-\w[ ][^\s-]\S{0,40}[ ]){0,2}-(?:p|P|pw)[ =]?[\"']?"  # noqa: E501
         r"([^\s\"'|;<>]{4,128})", password),
    form("password", "snmp",
         r"\bsnmp(?:b|get|walk|set|table|trap|inform|bulk)\w{0,6}\b[^\n|;&]{0,120}?[ ]-c[ ]?[\"']?([^\s\"'|;]{4,64})", _community),  # noqa: E501
    form("password", "unzip |plink |pscp |psftp |putty |zipcloak ",
         r"\b(?:unzip|zipcloak|plink|pscp|psftp|putty)\b[^\n|;&]{0,160}?[ ]-(?:P|pw)[ ]?[\"']?([^\s\"'|;]{4,128})", chosen),  # noqa: E501
    form("password", "-generic-password|-internet-password",
         r"-(?:generic|internet)-password\b[^\n|;&]{0,200}?[ ]-w[ ]?[\"']?([^\s\"'|;-][^\s\"'|;]{3,127})", chosen),  # noqa: E501
    form("password", "password-command|passphrase-command|askpass",
         r"(?:pass(?:word|phrase)-command|askpass)[ =][\"']?(?:echo|printf)[ ]\\{0,3}[\"']?([^\s\"'\\]{4,128})", chosen),  # noqa: E501
    form("token", "codecov| auth| login| init| deploy| publish| upload| join| connect",
         r"\b(?:codecov|auth|login|init|deploy|publish|upload|join|connect)\b[^\n|;&]{0,100}?[ ]-[tk][ =][\"']?([\w.+/=-]{20,512})", key),  # noqa: E501
    form("password", "nmcli ", r"\bnmcli\b[^\n|;&]{0,160}?[ ](?:password|psk)[ ][\"']?([^\s\"'|;]{8,63})", chosen),  # noqa: E501
    form("token", "-setcookie", r"-setcookie[ ]{1,3}[\"']?([\w-]{10,128})", varied),
    form("secret", "--value|--secret-string|--plaintext",
         r"(?:SecureString|secretsmanager)\b[^\n]{0,200}?[ ]--(?:value|secret-string)[ =][\"']?([^\s\"'{}]{6,512})", real),  # noqa: E501
)  # fmt: skip
"""Command lines with an option; tried where one stands."""

_HEX_KEY = r"\\{0,3}[\"']?((?:0x)?[0-9a-fA-F]{64})\b"

_DEVICES: tuple[Form, ...] = (
    form("password", "enable |snmp-server|privilege |username ",
         r"\b(?:enable (?:secret|password)(?: level \d{1,2})?|snmp-server community|username \S{1,40}(?: privilege \d{1,2})? (?:password|secret))"  # noqa: E501
         r"[ ](?:[05789][ ])?\"?([^\s\"]{4,128})", lambda v: _community(v) and password(v)),
    form("password", "pre-shared-key|re-shared-secret|wpa-psk|wpa_passphrase|ppsk",
         r"(?:pre-shared-(?:key|secret)|wpa-psk|wpa_passphrase|ppsk)(?:[ ](?:ascii|hex|text)(?:-text)?(?:[ ]\d)?)?[ =:]{1,3}\\{0,3}[\"']?([^\s\"']{6,64})", real),  # noqa: E501
    form("password", "Key Content|sselinhalt|Contenu de la cl|Contenido de la clave",
         r"(?:Key Content|Schl.{1,2}sselinhalt|Contenu de la cl.{1,2}|Contenido de la clave)[ ]{0,20}:[ ]([^\s]{8,64})", real),  # noqa: E501
    form("password", "WIFI:", r"\bWIFI:(?:[THS]:[^;\n]{0,64};){0,3}P:\\{0,3}\"?([^;\s\"]{4,64})", real),  # noqa: E501
    form("password", ".begin(", r"\b(?:WiFi|wifi|WLAN|wifiMulti|wm)\w{0,8}\.(?:begin|addAP|autoConnect)\([\"'][^\"'\n]{1,32}[\"'],[ ]{0,2}[\"']([^\"'\s]{8,63})[\"']", real),  # noqa: E501
    form("password", "* \"", r"(?m)^[ \t]{0,8}\"?[\w.@-]{1,64}\"?[ \t]{1,8}\*[ \t]{1,8}\"([^\"\s]{4,128})\"", chosen),  # noqa: E501
    form("password", "\" \"", r"(?m)^\"[\w.@-]{1,64}\"[ ]\"([^\"\s]{6,128})\"$", _unlike),
    form("secret", "OpenVPN Static", r"BEGIN OpenVPN Static key V1-----\s{1,4}((?:[0-9a-f]{16,64}(?:\s|\\n){1,4}){2,64})", varied),  # noqa: E501
    form("secret", "\"pin\"", r"\\{0,3}\"pin\\{0,3}\":[ ]?\\{0,3}\"(\d{3}-\d{2}-\d{3})\\{0,3}\"", lambda v: len(set(v)) > 3),  # noqa: E501
    form("private-key", "ey: [|ey\": [|ey\\\": [|EY: [|ey = [|ey = {|ey[] = {|EY = {|EY = [",
         r"(?i:network|secret|private|signing|aes|encryption|session)_?[kK](?:ey|EY)(?:\[\d{0,3}\])?\\{0,3}[\"']?[ ]?[:=][ ]?[\[{]\s{0,20}"  # noqa: E501
         r"((?:(?:0x[0-9a-fA-F]{1,2}|\d{1,3}),\s{0,20}){15,80}(?:0x[0-9a-fA-F]{1,2}|\d{1,3}))", varied,  # noqa: E501
         r"[kK](?:ey|EY)(?:\[\d{0,3}\])?\\{0,3}[\"']?[ ]?[:=][ ]?[\[{]\s{0,20}(?:0x|\d)"),  # noqa: E501, RUF100
)  # fmt: skip
"""Routers, radio networks, telephones, and what little machines are programmed with."""

_ANSWERS: tuple[Form, ...] = (
    form("password", "assword",
         r"[Pp]assword[^\n:]{0,80}[.:]?\s{0,3}\n(?:[Nn]ew (?:value|password)|[Vv]alue|[Pp]assword):[ ]{1,8}([^\s\"']{6,128})", real),  # noqa: E501
    form("secret", "assword|assphrase|oken|ecret|API|Api|api|ccess",
         Headed(("assword", "assphrase", r"oken(?<=\b[tT]oken)", "ecret",
                 *(f"{api}[ _-]?[Kk]ey" for api in ("API", "Api", "api", "ccess"))),
                r"(?: [\w ,()'`/-]{0,120})?:[ \t]{0,4}\r?\n(?:[ \t]{0,4}\r?\n)?(?:[ \t]{0,8}```\w{0,16}\r?\n)?[ \t]{0,8}"  # noqa: E501
                r"([^\s\"'<>`{}()\[\],;]{8,256})[ \t]{0,4}(?=\r?\n|$)"), told),
    form("secret", "vault.azure.net/secrets/", r"vault\.azure\.net/secrets/[^\"\s]{1,200}\"[^\[\]]{0,600}?\"value\\{0,3}\":[ ]?\\{0,3}\"([^\"\s\\]{6,4096})", real),  # noqa: E501
    form("secret", "key1|key2", r"\bkey[12][ ]{2,40}(?i:full|read(?:only)?)[ ]{2,40}([\w+/]{40,128}={0,2})", varied),  # noqa: E501
    form("secret", "secret_id_accessor|role_id|approle", r"\bsecret_id\\{0,3}[\"']?(?:[ ]{2,40}|[ ]{0,2}[:=][ ]{0,2})\\{0,3}[\"']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b", varied),  # noqa: E501
    form("password", "expect",
         r"expect\w{0,8}[ (][^\n]{0,60}?(?i:assword|assphrase|passwd)[^\n]{0,30}[\n;][ \t]{0,16}[\w.]{0,24}?send(?:line)?[ (]{1,2}(?:--[ ])?\\{0,3}[\"']([^\"'\\\n]{4,128})", chosen),  # noqa: E501
    form("password", "requirepass|masterauth", r"(?m)^[ \t]{0,8}(?:requirepass|masterauth)[ ]{1,4}\"?([^\s\"]{4,128})", chosen),  # noqa: E501
    form("token", "--token", r"--token[ =]([a-z0-9]{6}\.[a-z0-9]{16})(?![\w.])", varied),
    form("password", "assword",
         r"(?:(?:[Tt]emporary|[Ii]nitial|[Gg]enerated|[Nn]ew|[Rr]andom|[Dd]efault) password(?: (?:is|was|for|of)[^\n:]{0,80}?)?(?: (?:is|to)|:)"  # noqa: E501
         r"|assword (?:was |has been )?(?:changed|reset|set|updated)(?: [a-z]{2,20})? to|(?:admin|root|superuser|user) (?:[\w.-]{1,32} )?with password)[ ]{1,3}[\"'`]?([^\s\"'`]{6,128})", password),  # noqa: E501
    form("password", "rootpw", r"\brootpw[ ]{1,3}(?:--(?:plaintext|iscrypted|allow-ssh)[ ]{1,3}){0,2}([^\s-]\S{3,127})", chosen),  # noqa: E501
    form("password", "chpasswd:", r"chpasswd:\s{1,20}(?:expire:[^\n]{1,12}\s{1,20})?(?:list|users):[ ]?[|>]?-?\s{1,20}(?:- )?\"?[\w.-]{1,32}:([^\s\"]{4,128})", chosen),  # noqa: E501
    form("password", "@tcp(|@unix(|@tcp6(", r"(?<![\w./-])(?!\d{1,6}:)[\w.-]{1,64}:([^\s\"'/]{4,128})@(?:tcp6?|unix)\(", in_url, r"@(?:tcp6?|unix)\("),  # noqa: E501
    form("password", "jdbc:oracle:|sqlplus |expdp |impdp |rman ",
         r"(?:jdbc:oracle:\w{2,6}:|\b(?:sqlplus(?: -\w{1,2}){0,3}|expdp|impdp|rman target) [\"']?)[A-Za-z]\w{0,31}/([^\s@/\"']{4,128})@", in_url),  # noqa: E501
    form("password", "password=", r"\b(?:host|hostaddr|dbname|user)=[^\s\"',()]{1,100}[ ](?:[a-z_]{2,24}=[^\s\"',()]{0,100}[ ]){0,6}?password=([^\s\"'\\]{4,128})", in_url),  # noqa: E501
    form("password", "rabbitmqctl|smbpasswd|gitlab-rake|manage.py|bitwarden|bw login|nextcloud|createuser",  # noqa: E501
         r"\b(?:rabbitmqctl (?:-\S{1,40} ){0,2}(?:add_user|change_password|authenticate_user)|bw login)[ ][\"']?[\w.@+-]{1,64}[\"']?[ ][\"']?([^\s\"'|;-][^\s\"'|;]{3,127})", chosen),  # noqa: E501
    form("seed-phrase", "hrase|nemonic|eed words",
         r"(?:[Pp]hrase|[Mm]nemonic|[Ss]eed words)[^\n]{0,60}\n((?:[ \t]{0,8}\d{1,2}[.):][ \t]{1,4}[a-z]{3,8}[ \t]{0,4}(?:\n|$)){12,24})", varied),  # noqa: E501
    form("private-key", "accounts|Wallet(|ToAccount(|from_key(|fromPrivateKey(|private-key ",
         r"(?:accounts\\{0,3}[\"']?:[ ]?\[\s{0,20}|Wallet\(|ToAccount\(|from_key\(|fromPrivateKey\(|--private-key[ =])" + _HEX_KEY, varied),  # noqa: E501
    form("private-key", "[", r"\[((?:\d{1,3},\s{0,20}){63}\d{1,3})\]", varied, r"\[\s{0,20}\d{1,3},\s{0,20}\d{1,3},\s{0,20}\d{1,3},\s{0,20}\d{1,3},\s{0,20}\d{1,3},\s{0,20}\d{1,3},\s{0,20}\d{1,3},\s{0,20}\d{1,3},"),  # noqa: E501
    form("private-key", "b3BlbnNzaC1rZXkt", r"(?<![\w+/])(b3BlbnNzaC1rZXktdjE[\w+/=]{40,4096})", varied),  # noqa: E501
    form("token", "BW_SESSION", r"BW_SESSION=\\{0,3}[\"']?([\w+/=]{40,128})", varied),
    form("api-key", "appid=", r"[?&]appid=([0-9a-f]{32})\b", varied),
    form("webhook", "maker.ifttt.com", r"maker\.ifttt\.com/[^\s\"']{1,100}/key/([\w-]{16,64})", varied),  # noqa: E501
    form("mailgun-key", "-", r"(?<![\w-])([0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})(?![\w-])", varied, r"[0-9a-f]-[0-9a-f]{8}-[0-9a-f]{8}(?![\w-])"),  # noqa: E501
    form("fal-key", ":", r"(?<![\w-])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{32})(?![\w-])", varied, r"-[0-9a-f]{12}:[0-9a-f]{4}"),  # noqa: E501
    form("ably-key", ":", r"(?<![\w.-])([\w-]{6}\.[\w-]{6}:[\w-]{43})(?![\w-])", scrambled, r"\.[\w-]{6}:[\w-]{9}"),  # noqa: E501
    form("okta-token", "00", r"(?<![\w/+.-])(00[\w-]{40})(?![\w/+=.-])", is_scrambled, r"[\s\"'`=:(,>]00[\w-]{30}"),  # noqa: E501
    form("neon-password", "npg_", r"(?<![A-Za-z0-9])(npg_[A-Za-z0-9]{12,16})(?!\w)", varied),
    form("roblox-session", "DO-NOT-SHARE-THIS", r"\.\|_([0-9A-Fa-f]{200,2000})", varied, r"DO-NOT-SHARE-THIS"),  # noqa: E501
)  # fmt: skip
"""Programs that give out a password, connection strings of one kind of base, wallets, tokens."""

PLACES = (*_DEVICES, *_ANSWERS)
