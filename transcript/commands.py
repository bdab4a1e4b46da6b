"""Command lines that hold a secret where no option's name tells: by the program, and by the place.

Rows as in `structures`. `curl -u KEY:`, `lftp -u user,password`, `cargo login TOKEN`, and what is
piped into a command that reads a secret there.
"""

import re

from .forms import Form, chosen, form, key, password, real, varied

_ARG = r"[\"']?([^\s\"'|;<>]{4,256})"
_LINE = r"[^\n|;&]{0,160}?"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OPTION = re.compile(r"--?[a-z]|/dev/|\S{1,64}=-?$")


def _said(value: str) -> bool:
    """What is given to a program that reads a secret; no option, and no word."""
    return password(value) and not _OPTION.match(value)


_READS = (
    r"(?:\bkinit\b|\bchpasswd|passw(?:or)?d(?: --|-on-)stdin|\bsudo -\w{0,4}S|--(?:password|token|secret|key)-stdin|--with-token"  # noqa: E501
    r"|--pass(?:word|phrase)-(?:fd|file)|--data-file[ =]?(?:-|/dev/stdin)|-pass(?:in|out)? (?:stdin|fd:)"  # noqa: E501
    r"|\bsecrets? (?:put|set|create|add|import|update|edit|versions add)\b|\bversion upload-secret|\bversions secret put"  # noqa: E501
    r"|\bsecret:(?:put|set|add)|\benv(?: |:)(?:add|set)\b|\bvariable set\b|\b(?:pulumi|heroku)[^\n|]{0,40} config[ :]set\b|\bcreate secret\b"  # noqa: E501
    r"|\bcryptsetup\b|\bssh-add\b|\bpass insert\b|\brclone obscure -|\bansible-vault\b|\b(?:gopass|smbpasswd|ldappasswd)\b"  # noqa: E501
    r"|\b(?:cargo|wandb|vault|hf|huggingface-cli|snyk|gcrane|cosign|oras|helm registry)[ ]login\b|\bvault (?:kv put|write)\b)"  # noqa: E501
)
"""Commands that read a secret from what is piped into them."""
_PRINTS = (
    r"(?:echo|printf)[ \t]{1,3}(?:-\w{1,2}[ \t]{1,2}|(?:--[ ])?[\"']?%s(?:\\{1,2}n)?[\"']?[ \t])?\\{0,3}[\"']?"  # noqa: E501
    r"(?:[\w.-]{1,32}[:=])?([^\s\"'|\\]{4,400})(?:\\{1,2}n)?\\{0,3}[\"']?[ \t]{0,3}\|"
)

_STDIN: tuple[Form, ...] = (
    form("password", "echo |printf ", _PRINTS + r"[^\n|]{0,100}?" + _READS, _said, r"(?:echo|printf)[ \t][^\n|]{0,400}\|[^\n|]{0,100}?" + _READS),  # noqa: E501
    form("password", "<<<", _READS + r"[^\n|;]{0,120}?<<<[ ]?\\{0,3}[\"']?([^\s\"'|;\\]{4,400})", _said, "<<<"),  # noqa: E501
)  # fmt: skip

_USERS: tuple[Form, ...] = (
    form("api-key", "-u|--user",
         r"-(?<![^\s\"'`=(]-)(?:u|-user)[ =]{0,2}[\"']?([\w.~+/-]{16,256}):[\"']{0,3}(?=[\s|;&)<`\\]|$)", key, r"-(?:u|-user)[ =]{0,2}[\"']?[\w.~+/-]{16,256}:[\"']{0,3}[\s|;&)<`\\]|-(?:u|-user)[ =]{0,2}[\"']?[\w.~+/-]{16,256}:[\"']{0,3}$"),  # noqa: E501
    form("password", " -a | --auth",
         rf"\b(?:https?|xhs?|httpie)[ ]{_LINE}[ ]?(?:-a|--auth)[ =][\"']?[\w.@+%$-]{{1,64}}:([^\s\"'|;<]{{4,128}})", chosen, r"(?:-a|--auth)[ =][\"']?[\w.@+%$-]{1,64}:[^\s\"'|;<]{4}"),  # noqa: E501
    form("token", "bearer|Bearer",
         rf"\b(?:https?|xhs?)[ ]{_LINE}(?:-A|--auth-type)[ =][bB]earer{_LINE}[ ](?:-a|--auth)[ =]{_ARG}", key, r"(?:-A|--auth-type)[ =][bB]earer"),  # noqa: E501
    form("password", "lftp ", rf"\blftp[ ]{_LINE}-u[ ]?[\"']?[\w.@+-]{{1,64}}[\"']?,{_ARG}", chosen, r"\blftp[ ]"),  # noqa: E501
    form("secret", "alias set|host add",
         rf"\bmc(?:li)?[ ](?:-\S{{1,30}}[ ]){{0,2}}(?:alias set|config host add)[ ]\S{{1,64}}[ ]\S{{4,200}}[ ]\S{{3,128}}[ ]{_ARG}", password, r"(?:alias set|host add)[ ]"),  # noqa: E501
    form("password", "keychain|security import|security export|set-key-partition-list",
         rf"\bsecurity[ ]{_LINE}(?:(?:unlock|create)-keychain{_LINE}[ ]-p|set-keychain-password{_LINE}[ ]-[op]"  # noqa: E501
         rf"|set-key-partition-list{_LINE}[ ]-k|(?:import|export){_LINE}[ ]-P)[ ]{_ARG}", chosen, r"\bsecurity[ ]"),  # noqa: E501
    form("password", "signtool|certutil", rf"(?i:signtool|certutil)(?:\.exe)?[ ]{_LINE}[ ][/-]p[ ]{_ARG}", chosen, r"(?i:signtool|certutil)"),  # noqa: E501
)  # fmt: skip

_TOKENS: tuple[Form, ...] = (
    form("api-key", "nuget", rf"\bnuget(?:\.exe)?[ ]{_LINE}(?:-k|--api-key|-(?i:apikey)|(?i:setapikey))[ =]{_ARG}", key, r"\bnuget"),  # noqa: E501
    form("api-key", "nuget", rf"\bnuget(?:\.exe)?[ ]push[ ]\S{{1,200}}[ ]{_ARG}", key, r"\bnuget"),
    form("token", "influx ", rf"\binflux[ ]{_LINE}(?:-t|--token)[ =]{_ARG}", key, r"\binflux[ ]"),
    form("token", " login| auth|authtoken| unseal| activate",
         r"\b(?:cargo|wandb|snyk|ngrok|vault|hf|huggingface-cli|tailscale|poetry|clearml|comet|buf|doppler|infisical|vault operator|cloudsmith|dvc|prefect|trunk|expo|eas|modal|railway|pulumi|netlify|surge|meltano)"  # noqa: E501
         r"[ ](?:(?:config[ ])?(?:login|auth|add-authtoken|authtoken|unseal|activate))[ ](?:--[ ]|-{1,2}[a-z][\w-]{0,30}(?:=\S{1,100})?[ ]){0,3}"  # noqa: E501
         + _ARG, key, r"[ ](?:login|auth|add-authtoken|authtoken|unseal|activate)[ ]"),
    form("secret", "secret_id|SECRET_ID|secretId|secret-id",
         rf"(?:(?i:role_?id|approle)[^\n]{{0,160}}(?:\\?\r?\n)?[^\n]{{0,60}}?|(?m:^)[ \t]{{0,8}}|(?:VAULT|APPROLE|ROLE)\w{{0,20}}_)(?i:secret[_-]?id)[\"']?(?:[ ]{{0,2}}[:=][ ]{{0,2}}|[ \t]{{1,24}})[\"']?({_UUID})", varied,  # noqa: E501
         rf"(?i:secret[_-]?id)[\"']?(?:[ ]{{0,2}}[:=][ ]{{0,2}}|[ \t]{{1,24}})[\"']?{_UUID}"),
    form("secret", "master.key|credentials/",
         r"(?:(?:master|credentials/\w{1,20})\.key[^\n]{0,12}<<-?[ ]?\\{0,3}[\"']?\w{1,20}\\{0,3}[\"']?[^\n]{0,20}\r?\n|(?:echo|printf)[ ](?:-n[ ]|%s[ ])?[\"']?(?=[0-9a-f]{32}[\"']?[ ]{0,2}>[ ]?\S{0,80}(?:master|credentials/\w{1,20})\.key))"  # noqa: E501
         r"([0-9a-f]{32}|[0-9a-f]{64})(?![\w-])", real, r"(?:master|credentials/\w{1,20})\.key"),
)  # fmt: skip

COMMANDS = (*_STDIN, *_USERS, *_TOKENS)
