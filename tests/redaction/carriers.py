# ruff: noqa: E501
"""Files and outputs in which named values stand: a table of channel, where, head, row, tail.

A row has slots: `{NAME} {name} {camel} {kebab} {dotted}` are spellings of the name, `{value}
{json} {xml} {url} {b64}` spellings of the value. What is harmless is put through the same rows.
"""

import base64
import html
import json
import re
from dataclasses import dataclass
from urllib.parse import quote

_ROWS = r"""
read|.env|# local settings\nPORT=3000\n|{NAME}={value}|\nLOG_LEVEL=debug
read|.env.production|NODE_ENV=production\n|{NAME}="{value}"|
read|.envrc|layout python\n|export {NAME}='{value}'|\nPATH_add bin
read|docker-compose.yml|services:\n  api:\n    image: node:22\n    environment:\n|      {NAME}: {value}|\n    ports:\n      - "3000:3000"
read|compose.override.yaml|services:\n  worker:\n    environment:\n|      - {NAME}={value}|\n    depends_on: [db]
read|Dockerfile|FROM python:3.12-slim\nWORKDIR /app\n|ENV {NAME}={value}|\nCMD ["python", "-m", "app"]
read|k8s/secret.yaml|apiVersion: v1\nkind: Secret\nmetadata:\n  name: api\ntype: Opaque\nstringData:\n|  {NAME}: "{value}"|
read|k8s/deployment.yaml|        env:\n|        - name: {NAME}\n          value: "{value}"|\n        resources: {}
read|config/appsettings.json|{\n  "Logging": {"LogLevel": {"Default": "Information"}},\n|  "{camel}": "{json}",|\n  "AllowedHosts": "*"\n}
read|config/default.json|{\n  "server": {"port": 8080},\n  "services": {\n|    "{name}": "{json}",|\n    "retries": 3\n  }\n}
read|src/main/resources/application.properties|server.port=8080\nspring.jpa.show-sql=false\n|app.{dotted}={value}|
read|src/main/resources/application.yml|spring:\n  main:\n    banner-mode: off\napp:\n|  {kebab}: {value}|
read|config/settings.py|DEBUG = True\nALLOWED_HOSTS = []\n|{NAME} = "{value}"|\nUSE_TZ = True
read|wp-config.php|<?php\ndefine( 'WP_DEBUG', false );\n|define( '{NAME}', '{value}' );|\n$table_prefix = 'wp_';
read|config/config.php|<?php\nreturn [\n|    '{name}' => '{value}',|\n    'debug' => true,\n];
read|infra/terraform.tfvars|region = "eu-central-1"\n|{name} = "{value}"|\ninstance_count = 2
read|infra/main.tf|resource "fly_app" "web" {\n  name = "web"\n|  {name} = "{value}"|\n}
read|infra/terraform.tfstate|{\n  "version": 4,\n  "resources": [{"type": "random_password", "instances": [{"attributes": {\n|    "{name}": "{json}",|\n    "length": 24\n  }}]}]\n}
read|config.toml|[server]\nport = 8000\n\n[credentials]\n|{name} = "{value}"|
read|setup.ini|[app]\ndebug = false\n\n[auth]\n|{name} = {value}|
read|web.config|<configuration>\n  <appSettings>\n|    <add key="{camel}" value="{xml}" />|\n  </appSettings>\n</configuration>
read|config.xml|<settings>\n  <timeout>30</timeout>\n|  <{camel}>{xml}</{camel}>|\n</settings>
read|values.yaml|replicaCount: 2\nimage:\n  tag: "1.4.2"\nsecrets:\n|  {camel}: "{value}"|
read|.github/workflows/ci.yml|jobs:\n  test:\n    runs-on: ubuntu-latest\n    env:\n|      {NAME}: {value}|\n    steps:\n      - uses: actions/checkout@v4
read|ansible/group_vars/all.yml|---\nansible_user: deploy\n|{name}: "{value}"|
read|fly.toml|app = "web"\nprimary_region = "fra"\n\n[env]\n|  {NAME} = "{value}"|
read|src/config.ts|import { z } from 'zod'\n\nexport const config = {\n  port: 3000,\n|  {camel}: '{value}',|\n}
read|src/client.js|const axios = require('axios')\n|const {camel} = "{value}";|\nmodule.exports = axios.create({ timeout: 5000 })
read|app/client.py|import requests\n\n\nclass Client:\n|    {name} = "{value}"|\n\n    def get(self, path): ...
read|app/main.py|def connect():\n    return Client(\n        timeout=30,\n|        {name}="{value}",|\n    )
read|cmd/main.go|package main\n\nconst (\n\tport = 8080\n|\t{camel} = "{value}"|\n)
read|src/lib.rs|use std::time::Duration;\n|const {NAME}: &str = "{value}";|\nconst TIMEOUT: Duration = Duration::from_secs(5);
read|src/Main.java|public class Main {\n    static final int PORT = 8080;\n|    private static final String {NAME} = "{value}";|\n}
read|src/Api.kt|object Api {\n    const val PORT = 8080\n|    const val {NAME} = "{value}"|\n}
read|Sources/Api.swift|enum Api {\n    static let port = 8080\n|    static let {camel} = "{value}"|\n}
read|Program.cs|var port = 8080;\n|var {camel} = "{value}";|\nConsole.WriteLine(port);
read|config/initializers/api.rb|Rails.application.configure do\n|  config.{name} = '{value}'|\nend
read|main.c|#include <stdio.h>\n#define PORT 8080\n|#define {NAME} "{value}"|
read|deploy.sh|#!/bin/bash\nset -e\n|export {NAME}={value}|\n./run.sh --verbose
read|deploy.ps1|$ErrorActionPreference = "Stop"\n|$env:{NAME} = "{value}"|
read|run.bat|@echo off\n|set {NAME}={value}|\nnode server.js
read|docs/setup.md|# Setup\n\n|- {NAME}: `{value}`|\n\nThen run `make`.
read|docs/services.md|# Services\n\n| Name | Value |\n|---|---|\n|\| {NAME} \| {value} \||
read|.vscode/settings.json|{\n  "editor.tabSize": 2,\n|  "my.{camel}": "{json}",|\n  "files.eol": "\\n"\n}
read|mcp.json|{\n  "mcpServers": {"db": {"command": "npx", "env": {\n|    "{NAME}": "{json}",|\n    "MODE": "ro"\n  }}}\n}
bash|env \| sort|HOME=/root\nLANG=C.UTF-8\n|{NAME}={value}|\nSHLVL=1
bash|printenv|TERM=xterm-256color\n|{NAME}={value}|\n_=/usr/bin/printenv
bash|cat .env|APP_ENV=local\n|{NAME}={value}|
bash|cat -n .env|     1\tAPP_ENV=local\n|     2\t{NAME}={value}|
bash|docker inspect api|[{"Config": {"Hostname": "4f1c22ab9d10", "Env": [\n|    "{NAME}={json}",|\n    "LANG=C.UTF-8"\n]}}]
bash|docker compose config|services:\n  api:\n    environment:\n|      {NAME}: {value}|
bash|heroku config -a web|=== web Config Vars\n|{NAME}: {value}|
bash|kubectl get cm api -o yaml|apiVersion: v1\ndata:\n|  {NAME}: {value}|\nkind: ConfigMap
bash|terraform output|region = "eu-west-1"\n|{name} = "{value}"|
bash|vault kv get secret/api|==== Data ====\nKey    Value\n---    -----\n|{name}    {value}|
bash|aws ssm get-parameters-by-path --path /api|{"Parameters": [\n|{"Name": "/api/{name}", "Type": "SecureString", "Value": "{json}"},|\n]}
bash|grep -rn -i secret config/|config/base.yml:2:# nothing\n|config/prod.yml:14:  {name}: {value}|
bash|git diff|diff --git a/.env b/.env\n--- a/.env\n+++ b/.env\n@@ -1,2 +1,2 @@\n|-{NAME}={value}|\n+FOO=1
bash|git show HEAD~1|commit\n\n    Add config\n\n@@ -3,4 +3,5 @@\n const port = 1\n|+  {camel}: '{value}',|
bash|make deploy|make[1]: Entering directory\n|[info] using {name}={value}|\ndone
bash|npm run start|> web@1.0.0 start\n\n|Loaded config: { {camel}: '{value}' }|
bash|docker logs api|2026-11-03 10:00:01 INFO starting\n|2026-11-03 10:00:01 DEBUG {NAME}={value}|
bash|python manage.py show|Settings\n|{name:<24} {value}|
failed|pytest -x|E   AssertionError: assert 401 == 200\n|E    +  where {name} = '{value}'|
failed|node index.js|TypeError: fetch failed\n    at node:internal\n|  {camel}: '{value}',|\n}
read|users.csv||id,name,{name},active\n1,anna,{value},true|\n
read|accounts.csv||"name","url","{NAME}"\n"web","https://x.test","{value}"|\n
bash|psql -c "table clients"|| id \| name  \| {name}\n----+-------+---------\n  1 \| web   \| {value}|\n(1 row)
bash|mysql -t -e "select * from clients"|+----+---------+\n|\| id \| {name} \|\n+----+---------+\n\|  1 \| {value} \||\n+----+---------+
bash|mysql -B -e "select * from clients"||id\t{name}\tscope\n7\t{value}\tread|
read|docs/access.md||\| System \| {NAME} \| Note \|\n\|---\|---\|---\|\n\| web \| {value} \| x \||
read|seed.sql||INSERT INTO clients (id, {name}, note) VALUES (1, '{value}', NULL);|
read|dump.sql||COPY public.clients (id, {name}) FROM stdin;\n1\t{value}|\n\\.
bash|redis-cli hgetall client:1|1) "id"\n2) "1"\n|3) "{name}"\n4) "{value}"|
read|Info.plist|<dict>\n|  <key>{NAME}</key>\n  <string>{xml}</string>|\n</dict>
read|task.json|{"command": [\n|  "run", "--{kebab}", "{json}",|\n  "--port", "80"\n]}
read|src/keys.py|import os\n|{NAME}S = [\n    "{value}",\n]|
command|||{NAME}={value} npm test|
command|||export {NAME}="{value}" && make|
command|||deploy --{kebab}={value} --wait|
command|||deploy --{kebab} {value} --verbose|
command|||fly secrets set {NAME}={value}|
command|||gh secret set {NAME} --body "{value}"|
command|||docker run -d -e {NAME}={value} nginx|
command|||helm upgrade api ./chart --set secrets.{camel}={value}|
command|||curl -s "https://api.example.com/v1/items?{name}={url}&page=2"|
command|||curl -s -X POST https://api.example.com/v1 --data '{"{name}": "{json}"}'|
command|||kubectl create secret generic api --from-literal={NAME}='{value}'|
edit|src/config.py||{NAME} = "{value}"|
edit|config/app.yml||  {name}: {value}|
patch|src/config.js||  {camel}: "{value}",|
write|.env.local|# created\n|{NAME}={value}|
grep|config/prod.env||{NAME}={value}|
fetch|https://ci.example.com/job/12/log|Run tests\n|{NAME}: {value}|
mcp|settings__get|{"settings": {\n|"{camel}": "{json}",|\n"page": 1}}
ask|||{NAME}={value}|
local||PATH=/usr/bin\n|{NAME}={value}|
queued|||use {NAME}={value} from now on|
hook|||lint failed: {NAME}={value} in .env|
agent|||Found in .env: {NAME}={value}|
think|||The file has {NAME}={value}, so the request should pass.|
say|||```bash\nexport {NAME}={value}\n```|
prompt|||here is my env:\n{NAME}={value}|
args|cfg__set|{|"{name}": "{json}"|}
args|cfg__set|{"env": [|{"name": "{NAME}", "value": "{json}"}|]}
args|http__request|{"method": "GET", "headers": {|"{kebab}": "{json}"|}}
todo|||set {NAME}={value} on the server|
notebook|a.ipynb||{name} = '{value}'|
summary|||- they set {NAME}={value} for the tests|
notification|||{NAME}={value} was found in the log|
background||listening on 3000\n|{NAME}={value}|
spill||line\n|{NAME}={value}|\nend
"""


@dataclass(frozen=True)
class Carrier:
    """One way to write named values down."""

    channel: str
    where: str
    head: str
    row: str
    tail: str

    @property
    def place(self) -> str:
        """How a report calls it."""
        return f"{self.channel}:{self.where or self.row.splitlines()[-1][:28]}"


def _parsed(line: str) -> Carrier:
    parts = re.split(r"(?<!\\)\|", line)
    if len(parts) > 5:  # a table's own bars
        row = next(i for i, part in enumerate(parts) if "{value}" in part)
        parts = [*parts[:2], "|".join(parts[2:row]), parts[row], "|".join(parts[row + 1 :])]
    parts = [
        p.replace("\\|", "|").replace("\\n", "\n").replace("\\t", "\t").replace("\\\n", "\\n")
        for p in parts
    ]
    parts += [""] * (5 - len(parts))
    return Carrier(*parts)


CARRIERS = [_parsed(line) for line in _ROWS.strip().splitlines()]


def spelled(name: str) -> dict[str, str]:
    """The spellings of a `SCREAMING_NAME`."""
    words = name.lower().split("_")
    snake = "_".join(words)
    return {
        "{NAME}": name,
        "{name}": snake,
        "{name:<24}": f"{snake:<24}",
        "{camel}": words[0] + "".join(word.title() for word in words[1:]),
        "{kebab}": "-".join(words),
        "{dotted}": ".".join([words[0], "-".join(words[1:])]) if words[1:] else snake,
    }


def rendered(row: str, name: str, value: str) -> str:
    """The row for this name and value."""
    slots = spelled(name) | {
        "{json}": json.dumps(value)[1:-1],
        "{xml}": html.escape(value),
        "{url}": quote(value, safe=""),
        "{b64}": base64.b64encode(value.encode()).decode(),
    }
    for slot, text in slots.items():
        row = row.replace(slot, text)
    return row.replace("{value}", value)


def forms(value: str) -> tuple[tuple[str, ...], ...]:
    """The spellings of a value that rows use, other than itself."""
    spellings = {json.dumps(value)[1:-1], html.escape(value), quote(value, safe="")}
    return tuple((form,) for form in sorted(spellings - {value}))
