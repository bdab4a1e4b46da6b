"""Secrets in the columns of tables, CSV and SQL."""

import pytest
from ccshare.tests.transcript.test_structures import found, made_up

TABLES = r"""
id,name,password,api_key\n1,Anna,{},{}\n2,Bob,{},{}
"Name","Secret access key"\n"deploy","{}"
user;token;scope\nci;{};read
user\ttoken\tscope\nci\t{}\trepo
 id | password | api_key \n----+----------+---------\n  1 | {} | {}\n(1 row)
+----+-------+\n| id | secret |\n+----+-------+\n|  1 | {} |\n+----+-------+
| Env | Password |\n|-----|----------|\n| dev | `{}` |
name,value,env\nDB_PASSWORD,{},prod\nPORT,8080,prod\nAPI_KEY,{},prod
"Key";"Value"\n"SECRET_KEY";"{}"
variable\tvalue\nAUTH_TOKEN\t{}\nLOG_LEVEL\tdebug
NAME                           VALUE\nREDIS_PASSWORD                 {}\nLOG_LEVEL                      debug
OS                             Windows_NT\nJWT_SECRET                     {}
=== app Config Vars\n\nCLIENT_SECRET:                    {}\nNODE_ENV:                         production
Key          Value\n---          -----\ntoken        {}\ntoken_duration    1h
name        token\n----------  --------------------------------\nthermostat  {}
INSERT INTO users (id, password) VALUES (1, '{}'), (2, '{}');
insert into `clients` (`id`, `secret`, `note`) values\n(1,'{}','it''s'),\n(2,'{}',now());
COPY public.users (id, email, token) FROM stdin;\n1\tx\t{}\n2\ty\t{}\n\\.
""".strip().splitlines()  # noqa: E501


@pytest.mark.parametrize("table", TABLES)
def test_cells_under_a_secret_name(table: str) -> None:
    text, values = table.replace(r"\n", "\n").replace(r"\t", "\t"), []
    while "{}" in text:
        values.append(made_up(32, seed=len(values)))
        text = text.replace("{}", values[-1], 1)
    assert found(text) == values


HARMLESS = r"""
id,name,token_count,password_set\n1,alpha,1024,true
token,lemma,pos\nrunning,run,VERB\nx7,x,SYM
test,pass,fail\nunit,120,0
key,count\nuser:1161,12
a, token, key\nfoo, bar2, baz3
| Option | Type | Default |\n|---|---|---|\n| token | string | undefined |
 Column | Type | Nullable\n--------+------+---------\n password | text | not null
INSERT INTO users (name, password) VALUES ($1, $2);
INSERT INTO users (name, password) VALUES (:name, crypt(:password, gen_salt('bf')));
INSERT INTO files (path, sha256) VALUES ('a/b.txt', '{}');
id,commit,secret\n1,{},no
name,value\nPORT,8080\ncommit,{}\ntoken_count,{}
name,value\nDB_PASSWORD,${DB_PASSWORD}\nAPI_KEY,required
key,value\npassword,string\nsecret,optional
  --password      string\n  --token         TOKEN\n  secret          required
""".strip().splitlines()


@pytest.mark.parametrize("table", HARMLESS)
def test_other_cells_stay(table: str) -> None:
    value = made_up(40, "0123456789abcdef")
    text = table.replace(r"\n", "\n").replace(r"\t", "\t").replace("{}", value)
    assert found(text) == []
