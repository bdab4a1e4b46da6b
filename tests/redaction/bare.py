# ruff: noqa: E501
"""Places where nothing beside a value tells what it is: channel, where, text with `{value}`."""

NAMES = ("glob||{value}.bak", "spillname||{value}", "path|out/*.log|{value}", "path|*|{value}")
"""Places for values that may stand in a file name."""

_ROWS = r"""
prompt||use {value} for now
prompt||{value}
prompt||why does curl with {value} answer 401?
say||I replaced `{value}` with a variable.
think||The value {value} is hard-coded in two places.
bash|cat token.txt|{value}
bash|pbpaste|{value}\n
bash|./login.sh|Logged in.\n{value}\nExpires in 3600 s
bash|tail -3 app.log|2026-11-03T10:00:00Z INFO auth ok {value}\n2026-11-03T10:00:01Z INFO done
bash|git log -p -1|@@ -1 +1 @@\n-  "{value}"\n+  process.env.KEY
bash|history|  412  cd api\n  413  login {value}\n  414  ls
bash|git grep -n key|src/a.js:12:  init("{value}");
bash|ps aux|root  17  0.0  node server.js {value}
bash|jq . out.json|[\n  "{value}",\n  "b"\n]
bash|curl -s localhost:8080/debug|<pre>{value}</pre>
bash|sqlite3 app.db 'select * from t'|1|anna|{value}|2026-11-03
bash|psql -c 'select * from t'| id \| v\n----+----\n  1 \| {value}\n(1 row)
failed|node run.js|Error: 403 Forbidden for {value}\n    at request (src/http.js:88:11)
command||./login.sh {value}
command||echo {value} \| pbcopy
command||curl -s https://api.example.com/v1/me?x={value}
command||printf '%s' '{value}' > t.txt
read|src/api.test.js|test('auth', () => {\n  const c = connect('{value}')\n  expect(c.ok).toBe(true)\n})
read|notes.md|# Notes\n\n- call Anna\n- {value}\n- deploy
read|data.csv|id,name,v\n1,anna,{value}\n2,ben,\n
read|src/a.py|client = Client("{value}", timeout=3)
read|run.log|[10:00:00] > {value}\n[10:00:01] < 200
read|index.html|<script>init("{value}")</script>
read|a.json|{"items": ["{value}", "second"]}
edit|src/a.ts|connect("{value}")
patch|src/b.ts|  connect("{value}")
write|seed.sql|INSERT INTO t VALUES (1, 'anna', '{value}');
grep|src/a.js|init("{value}")
fetch|https://pad.example.com/x|# Pad\n\n{value}\n\nbye
mcp|browser__snapshot|- textbox "Value": {value}\n- button "Save"
ask||{value}
local||{value}
queued||no, take {value} instead
hook||refused: {value} found in src/a.js
agent||The file holds {value} on line 3.
agentprompt||Try the login with {value} and tell me the status.
agentmeta||Try {value}
title||Fix login with {value}
args|x__put|{"{value}": 1}
args|x__put|{"list": ["a", "{value}"]}
todo||revoke {value}
notebook|a.ipynb|{value}
summary||They pasted {value} and asked for a test.
notification||{value}
background||ready\n{value}
spill||line 1\n{value}\nline 3
"""


def _parsed(line: str) -> tuple[str, str, str]:
    channel, where, text = line.split("|", 2)
    return channel, where, text.replace("\\|", "|").replace("\\n", "\n")


IN_NAMES = [_parsed(line) for line in NAMES]
BARE = [_parsed(line) for line in _ROWS.strip().splitlines()]
