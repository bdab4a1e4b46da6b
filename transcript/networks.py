"""Secrets of networks and machines: routers, VPNs, mail, directories, game servers, captures.

Rows as in `structures`.
"""

from .forms import Form, code, form, in_url, key, no_word, real, said, varied

_LINE = r"(?m)^[ \t\d\u2192|]{0,16}"


_DEVICES: tuple[Form, ...] = (
    form("password", "radius-server|tacacs", r"(?:radius-server|tacacs(?:-server)?)\b[^\n]{0,120}?[ ]key[ ](?:[067][ ])?([^\s\"]{6,128})(?=\s|$)", no_word),  # noqa: E501
    form("password", "createUser", r"\bcreateUser[ ][\w.-]{1,32}[ ](?:MD5|SHA[\d-]{0,4})[ ]\"?([^\s\"]{6,128})", no_word),  # noqa: E501
    form("password", "createUser", r"\bcreateUser[ ][\w.-]{1,32}[ ](?:MD5|SHA[\d-]{0,4})[ ]\"?[^\s\"]{4,128}\"?[ ](?:DES|AES[\d-]{0,4})[ ]\"?([^\s\"]{6,128})", no_word),  # noqa: E501
    form("token", "sv_setsteamaccount", r"\bsv_setsteamaccount[ ]\"?([0-9A-F]{32})", varied),
    form("secret", "REG_", r"(?i:password|passwd|pwd|secret|token)\w{0,12}[ \t]{1,16}REG_(?:EXPAND_)?SZ[ \t]{1,16}([^\s\"]{4,256})", no_word),  # noqa: E501
)  # fmt: skip

_CODES: tuple[Form, ...] = (
    form("password", "Debugger PIN", r"Debugger PIN: (\d{3}-\d{3}-\d{3})", code),
    form("password", "otp|OTP", r"(?i)\botp\b[^\n]{0,40}?[:=] ?(\d{6,8})\b(?!\d)", code),
    form("password", "PIN |pin |asscode ", r"\b(?i:pin|passcode)[ ](?:enter|use|type|is)[ ](\d{4,8})\b", code),  # noqa: E501
    form("password", "ode: |ode is |ode was |word: |word is ", r"(?i)\b(?:2fa|mfa|otp|one[- ]time|verification|security|login|sms|two-factor)(?:[ ](?:login|sign-in))?[ ](?:code|password|passcode)(?: is| was|:) (\d{6,8})\b", code),  # noqa: E501
    form("secret", "seed|secret", r"(?i:t?otp|2fa|mfa)(?i:[ _-](?:secret|key|seed))[ ][^\n:=]{0,40}[:=][ ]?([A-Z2-7]{16,64})(?![\w])", varied),  # noqa: E501
    form("password", "\"pin\"|pin\\\"", r"\"(?<!\w\")pin\\{0,3}\"[ ]?:[ ]?\\{0,3}\"(\d{4,8})\\{0,3}\"", code),  # noqa: E501
    form("password", "snmp_|snmpC|snmpc|SNMP_", r"(?i:snmp_?community)[\"']?[ ]?[:=][ ]?[\"']?([^\s\"']{6,64})", no_word),  # noqa: E501
    form("secret", "hc-ping.com", r"\bhc-ping\.com/([0-9a-f-]{36})", varied),
    form("password", "SessionTicket", r"\"SessionTicket\":[ ]?\"([^\"\s]{16,512})\"", real),
    form("secret", "] = {|]={|] ={|]= {", r"(?i:key|secret|token|passw(?:or)?d)\w{0,16}\[\w{0,16}\][ ]?=[ ]?\{\s{0,8}((?:0x[0-9a-fA-F]{2},\s{0,8}){7,255}0x[0-9a-fA-F]{2})", varied, r"(?i:key|secret|token|passw(?:or)?d)\w{0,16}\[\w{0,16}\][ ]?=[ ]?\{\s*0x"),  # noqa: E501
)  # fmt: skip

_VPN: tuple[Form, ...] = (
    form("password", ": XAUTH |: EAP |: NTLM ", r":[ ](?:XAUTH|EAP|NTLM)[ ]\"([^\"\n]{4,128})\"", real),  # noqa: E501
    form("password", "\" *|\" 1",
         _LINE + r"\"?[\w.@*-]{1,64}\"?[ \t]{1,8}\"?[\w.*-]{1,32}\"?[ \t]{1,8}\"([^\"\s]{6,128})\"[ \t]{1,8}(?:\*|\d{1,3}(?:\.\d{1,3}){3})[ \t]{0,4}\r?$", said),  # noqa: E501
    form("secret", "CLIENT_RANDOM|_SECRET",
         r"\b(?:CLIENT_RANDOM|(?:CLIENT|SERVER)_(?:HANDSHAKE_)?TRAFFIC_SECRET(?:_0)?|EXPORTER_SECRET)[ ][0-9a-f]{64}[ ]([0-9a-f]{64,96})\b", varied),  # noqa: E501
)  # fmt: skip

_MAIL: tuple[Form, ...] = (
    form("password", "]:|] ", _LINE + r"\[[\w.-]{3,80}\](?::\d{2,5})?[ \t]{1,8}[\w.@+-]{1,64}:([^\s:\"']{6,128})[ \t]{0,4}\r?$", no_word,  # noqa: E501
         r"\](?::\d{2,5})?[ \t]{1,8}[\w.@+-]{1,64}:[^\s:\"']{6}"),
    form("password", "dnpass", r"\bdnpass[ \t]{0,4}=[ \t]{0,4}([^\s\"']{4,128})", no_word),
    form("password", "user.info", r"\bbasic\.auth\.user\.info[ ]?[=:][ ]?\"?[\w.@+-]{1,64}:([^\s\"']{6,256})", in_url),  # noqa: E501
)  # fmt: skip

_PROXIES: tuple[Form, ...] = (
    form("secret", "secure_link_md5", r"\bsecure_link_md5[ ]\"[^\"\n]{0,120}?[ ]([^\s\"$]{4,128})\"", real),  # noqa: E501
    form("secret", "header_up|header_down|_set_header|add_header|RequestHeader|set-header",
         r"(?:header_up|header_down|_set_header|add_header|RequestHeader (?:set|add)|set-header)[ ]\"?[\w-]{0,40}(?i:secret|token|key|password)\"?[ ]{1,4}[\"']?([^\s\"';${}]{6,256})", no_word),  # noqa: E501
    form("secret", "_set_header|header_up|add_header|RequestHeader",
         r"(?:header_up|_set_header|add_header|RequestHeader (?:set|add))[ ]\"?X-[\w-]{1,40}\"?[ ]{1,4}[\"']?([\w+/=-]{24,256})[\"']?(?=[;\s])", key),  # noqa: E501
    form("authorization", "AWS4-HMAC-SHA256", r"AWS4-HMAC-SHA256[ ][^\n]{0,400}?\bSignature=([0-9a-f]{64})\b", varied),  # noqa: E501
)  # fmt: skip

NETWORKS = (*_DEVICES, *_CODES, *_VPN, *_MAIL, *_PROXIES)
"""Where a secret stands in what configures networks."""
