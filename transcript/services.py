"""Secrets of one service each, known by where they stand: headers, addresses, files of programs.

Rows as in `structures`; each has the one literal of its service.
"""

from collections.abc import Iterator

from .checks import is_scrambled
from .forms import Form, chosen, form, in_url, key, real, scrambled, varied
from .lazy import compiled
from .span import Span

_SET = r"\\{0,3}[\"']?[ ]{0,2}[:=,][ ]{0,2}\\{0,3}[\"']?"
"""Between the name and the value of a header or of a setting."""


def _not_empty(value: str) -> bool:
    """A key in an address, random as it must be; `v3/api-docs` is none."""
    return scrambled(value) and len(set(value)) >= 8


SERVICES: tuple[Form, ...] = (
    # -- headers that do not say what they hold
    form("api-key", "oneycomb|ONEYCOMB|rog-Art|rog-art|ROG_ART|ROG-ART",
         r"(?i:x[-_](?:honeycomb-team|honeycomb_team|jfrog[-_]art[-_]api))" + _SET + r"([\w.+/=-]{12,256})", scrambled),  # noqa: E501
    form("secret", "ACCESS-SIGN|access-sign|ACCESS_SIGN|Access-Sign",
         r"(?i:(?:cb|ok|bitget|kc)[-_]access[-_]sign)" + _SET + r"([\w+/=-]{24,128})", scrambled),
    # -- keys in the path of an address
    form("api-key", "infura.io|alchemy.com|alchemyapi.io|quiknode.pro|rpc.ankr.com|chainstack.com|getblock.io|blastapi.io|rpc.tenderly|gateway.tenderly|nodereal.io|rivet.cloud|onfinality",  # noqa: E501
         r"(?:\binfura\.io(?:/ws)?/v3|\balchemy\.com/(?:\w{1,12}/)?v\d|\balchemyapi\.io/v\d|\bquiknode\.pro|\brpc\.ankr\.com/(?:multichain|\w{2,32})|\bchainstack\.com|\bgetblock\.io(?:/mainnet)?"
         r"|\bblastapi\.io|\bgateway\.tenderly\.co/\w{1,20}|\bnodereal\.io/v\d|\brivet\.cloud)/([A-Za-z0-9_-]{20,80})(?![\w.-])", _not_empty,  # noqa: E501
         r"(?:infura\.io|alchemy\.com|alchemyapi\.io|quiknode\.pro|rpc\.ankr\.com|chainstack\.com|getblock\.io|blastapi\.io|tenderly\.co|nodereal\.io|rivet\.cloud)/[\w/]{0,40}[A-Za-z0-9_-]{16}"),
    form("secret", "/private-", r"/ical/[^\s\"'<>]{1,200}/private-([0-9a-f]{20,64})/", varied, r"/private-[0-9a-f]{16}"),  # noqa: E501
    form("secret", "owa/calendar/", r"/owa/calendar/(?:[\w.%-]{8,64}@[\w.-]{4,64}/)?([0-9a-f]{24,128})/", varied, r"owa/calendar/"),  # noqa: E501
    form("secret", "/receiver/v1/http/", r"/receiver/v1/http/([\w+/=-]{32,200})", scrambled),
    # -- settings of programs
    form("api-key", "outing_key|outingKey|OUTING_KEY|ntegration_key", r"(?i:(?:routing|integration)_?key)" + _SET + r"([0-9a-f]{32}|R0[0-9A-Z]{30})(?![\w-])", varied),  # noqa: E501
    form("backblaze-key", "K00", r"(?<![\w+/])(K00\d[A-Za-z0-9+/]{27})(?![\w+/=])", is_scrambled, r"[\s\"'=:,]K00\d[A-Za-z0-9+/]{16}|^K00\d[A-Za-z0-9+/]{16}"),  # noqa: E501
    form("secret", "\nkey = |\nkey=", r"(?m)^(?:account|type|env_auth|endpoint)[ ]?=[^\n]{1,200}\n(?:[a-z_]{2,30}[ ]?=[^\n]{0,200}\n){0,4}?key[ ]?=[ ]?([\w+/=-]{16,256})(?=\r?$)", key, r"\nkey[ ]?=[ ]?[\w+/=-]{16}"),  # noqa: E501
    form("password", "user |USER |User ",
         r"\b(?i:user|setuser)[ ][\w.@*-]{1,64}[ ](?:(?:on|off|reset|resetpass|resetkeys|resetchannels|nopass|allkeys|allcommands|allchannels|[~&%+@-]\S{1,60})[ ]){1,12}>([^\s\"'>&|][^\s\"']{3,127})", chosen,  # noqa: E501
         r"(?:user|USER|User)[ ][\w.@*-]{1,64}[ ](?:on|off|reset|nopass|all|[~&%+@-])[^\n]{0,400}[ ]>"),  # noqa: E501
    form("password", "BUNDLE_", r"\bBUNDLE_[A-Z0-9_]{1,60}__[A-Z0-9_]{1,60}[\"']?(?::[ ]|=)[\"']?[\w.@%-]{1,64}:([^\s\"']{4,256})", in_url),  # noqa: E501
    form("token", "BUNDLE_", r"\bBUNDLE_[A-Z0-9_]{1,60}__[A-Z0-9_]{1,60}[\"']?(?::[ ]|=)[\"']?([\w-]{20,256})[\"']?(?=\s|$)", key),  # noqa: E501
    form("password", "bundle config", r"\bbundle config (?:set )?(?:--?\w{1,12} )?(?!mirror|build)[\w.-]{3,80}\.[a-z]{2,12} [\"']?[\w.@%-]{1,64}:([^\s\"'/][^\s\"']{3,255})", in_url),  # noqa: E501
)  # fmt: skip
"""All of them have to look like keys, but for passwords of files that hold nothing else."""

_SHOWN = r"(?:[\w./-]{1,120}[:-]\d{1,6}[:-])?"
"""What grep puts before a line."""
USERS_TRACE = r"chpasswd:"
_USERS = (
    rf"chpasswd:[ ]{{0,4}}\r?\n(?:{_SHOWN}[ ]{{1,16}}expire:[^\n]{{1,20}}\n)?{_SHOWN}[ ]{{1,16}}list:[ ]{{0,2}}[|>]?[+-]?[ ]{{0,4}}\r?\n"  # noqa: E501
    rf"(?P<rows>(?:{_SHOWN}[ ]{{1,24}}(?:- )?[\"']?[\w.-]{{1,32}}:[^\n]{{1,200}}(?:\n|$)){{1,32}})"
)
_ROW = rf"(?m)^{_SHOWN}[ ]{{1,24}}(?:- )?[\"']?[\w.-]{{1,32}}:([^\s\"']{{4,128}})[\"']?\r?$"


def users(text: str) -> Iterator[Span]:
    """The passwords that cloud-init gives to users: `chpasswd: list: | root:…`."""
    if "chpasswd:" in text:
        for block in compiled(_USERS).finditer(text):
            for row in compiled(_ROW).finditer(text, *block.span("rows")):
                if chosen(row[1]) or (real(row[1]) and any(map(str.isdigit, row[1]))):
                    yield Span(*row.span(1), "password", False)
