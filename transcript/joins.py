"""What joins a secret's name and its value: `=`, `: `, a table's bar, `is`, or just a blank.

Over lower-cased text. Parts of patterns only: `names` searches with them, `name_looks` asks
beforehand.
"""

ANSI = r"(?:\x1b\[[\d;]{0,8}m)?"
TYPE = r"[a-z0-9\[\]|.,&'<>*?_ ]{1,40}"
_GREP = r"(?:(?<=\n)(?:[\w./@-]{1,120}[:-])?\d{1,6}[:-][ \t]{0,40})?"
"""The file and the number before a line, as grep shows them."""
JOINS = (
    rf"(?P<pair>[,;]?[ \t\r\n]{{0,40}}{_GREP}(?:[\"'\\]{{1,4}}\w{{1,20}}[\"'\\]{{1,4}}[ ]?:[ ]?[\"'\\]{{0,4}}[\w.-]{{1,24}}[\"'\\]{{0,4}},"  # noqa: E501
    rf"[ \t\r\n]{{0,40}}{_GREP}){{0,3}}(?:</[a-z]{{1,20}}>[ \t\r\n]{{0,20}}{_GREP}<)?(?:[\"'\\]{{0,4}})"  # noqa: E501
    r"(?:parameter|option|secret|setting|variable|env|param|default)?_?value[\"'\\]{0,4}[ \t]{0,4}[:=>])"  # noqa: E501
    r"|,[ \t]{0,4}(?:[a-z_]{1,12}=[^,\n\"']{1,40},[ \t]{0,4}){0,3}default=(?=[\"'])"  # of an option
    r"|={1,3}[ \t]?\(?[ \t]{0,4}\r?\n[ \t]{0,40}(?=[\"'`])|:=|=>|->|\u2192|(?:\|\||\?\?|[?+.])?={1,3}"  # noqa: E501
    rf"|:[ \t]{{0,4}}{TYPE}=(?=[ \t]*[\"'`])"  # an annotated variable
    r"|[ \t]string[ \t]{1,8}="  # a typed one
    r"|:(?!:)(?:[ \t]{0,4}!!?[a-z]{1,8}(?=[ \t]))?"
    r"(?:[ \t]{1,4}[|>][+-]?[ \t]{0,4}\n[ \t]{1,24}(?=\S{6}))?"  # the block of a YAML scalar
    r"|>(?=[^\s<])|(?<=[\"'`]),|\((?=[\"'`])|(?:\|\||\?\?|\?:|or)[ \t]{1,2}(?=[\"'`])"
    r"|(?P<default>(?<=[\"'])[ \t]{0,4}\{[^{}]{0,200}?default[ \t]{0,8}=)"  # a Terraform variable
    r"|[ ]?\{[ ](?:get|set|init)[^{}\n]{0,40}\}[ ]?="  # of a property
    r"|(?P<cell>[ \t]{0,24}[|\u2502](?![|=]))"
)
FORS = (
    r"(?:[ ](?:for|of|to|on|at|from|vom|f\u00fcr)[ ][\w@.'/-]{1,40}(?:[ ][\w@.'/-]{1,40}){0,2}?)?"
)
VERBS = (
    r"(?:(?:should|must|will|to|shall) be|is|was|ist|lautet|est|es|are|provided|supplied|given|used|set to|changed to|reset to"  # noqa: E501
    r"|updated to|value|string|received|generated|created|issued)"
)
CLOSED = rf"{ANSI}(?:\\{{0,3}}[\"'`]|\*\*)?(?:\]|\))?(?:</(?:b|code|strong|em|td|th|dt|span)>)?"
SIGNED = (
    rf"[ \t]{{0,24}}(?:{JOINS})"
    rf"[ \t]{{0,40}}(?:\*{{1,2}}[ \t]{{0,2}})?(?:<(?:b|code|strong|em|td|dd|span)>)?{ANSI}"
)
"""A sign, and what may stand between it and the value."""
PROSE = (
    rf"(?:{FORS}[ \t]{{1,3}}{VERBS}(?:[ ](?:now|is|was|still)){{0,2}}:?[ \t]{{1,3}}"
    rf"|{FORS}:[ \t]{{1,3}}|'s[ ])"
)
_BLANK = r"[ \t]{1,40}(?=[\"'`(]?[\w+/=~.%$!@#^*:-])"
SEPARATOR = f"{CLOSED}(?:{SIGNED}|(?P<prose>{PROSE})|(?P<blank>{_BLANK}))"
