# ruff: noqa: E501
"""Kinds of secret that the structure around them tells: kind, channel, where, text.

In a text `{p}` is a chosen password, `{t}` a random token without a shape, `{u}` a user name;
`{p64}` is base64 of `user:password`. A template with its own makers is written out.
"""

_ROWS = r"""
url-postgres|read|app/db.py|engine = create_engine("postgresql://{u}:{p}@db.{w}.internal:5432/app")
url-postgres|bash|heroku run env|DATABASE_URL: postgres://{u}:{t}@ec2-1-2-3-4.compute.internal:5432/d9
url-postgres|failed|npm run migrate|error: connection to postgresql://{u}:{p}@10.0.3.7/app refused\n    at Client.connect (pg/client.js:12)
url-mysql|read|config/database.yml|production:\n  url: mysql2://{u}:{p}@mysql.internal/shop
url-mysql|command||mysqldump mysql://{u}:{p}@127.0.0.1:3306/shop > dump.sql
url-mongo|read|src/db.ts|mongoose.connect('mongodb+srv://{u}:{p}@cluster0.{w}.mongodb.net/app?retryWrites=true')
url-mongo|bash|docker logs worker|connecting to mongodb://{u}:{t}@mongo:27017/admin
url-redis|read|celeryconfig.py|broker_url = 'redis://:{t}@redis.internal:6379/0'
url-redis|bash|redis-cli -u redis://default:{p}@cache:6379 ping|PONG
url-rediss|read|docker-compose.yml|    command: worker --broker rediss://default:{t}@eu1.{w}.upstash.io:6379
url-amqp|read|config/queue.js|amqp.connect("amqps://{u}:{p}@rabbit.{w}.io/vhost")
url-amqp|prompt||the worker uses amqp://{u}:{p}@10.1.0.9:5672 and hangs
url-http-basic|command||curl https://{u}:{p}@registry.{w}.io/v2/_catalog
url-http-basic|bash|pip config list|global.index-url='https://{u}:{t}@pypi.{w}.io/simple'
url-git-remote|bash|git remote -v|origin\thttps://{u}:{t}@github.com/acme/shop.git (fetch)\norigin\thttps://{u}:{t}@github.com/acme/shop.git (push)
url-git-remote|read|.git/config|[remote "origin"]\n\turl = https://oauth2:{t}@gitlab.{w}.io/acme/shop.git
url-git-remote|failed|git push|fatal: unable to access 'https://x-access-token:{t}@git.{w}.io/a/b.git/': 403
url-smtp|read|.env|MAILER_DSN=smtp://{u}:{p}@mail.{w}.io:587
url-ftp|command||lftp -c "open ftp://{u}:{p}@ftp.{w}.io; ls"
url-ldap|read|auth.yml|ldap:\n  url: ldaps://cn={u}:{p}@ldap.{w}.io:636
url-clickhouse|read|dsn.txt|clickhouse://{u}:{p}@ch.internal:9000/logs
url-sqlserver|read|db.go|dsn := "sqlserver://{u}:{p}@mssql:1433?database=app"
git-credentials|bash|cat ~/.git-credentials|https://{u}:{t}@git.{w}.io
ado-net|read|appsettings.json|{"ConnectionStrings": {"Default": "Server=tcp:db.{w}.net,1433;Database=app;User Id={u};Password={p};Encrypt=True;"}}
ado-net|failed|dotnet run|SqlException: login failed for 'Server=sql01;Initial Catalog=app;Uid={u};Pwd={p};'
odbc|read|etl.py|pyodbc.connect("DRIVER={ODBC Driver 18 for SQL Server};SERVER=sql01;UID={u};PWD={p}")
jdbc|read|application.properties|spring.datasource.url=jdbc:mysql://db:3306/app?user={u}&password={p}
jdbc|bash|gradle bootRun|HikariPool-1 - jdbc:postgresql://db/app?user={u}&password={t}&ssl=true
libpq-keywords|read|conn.go|sql.Open("postgres", "host=db user={u} password={p} dbname=app sslmode=disable")
libpq-keywords|command||psql "host=10.0.0.4 user={u} password={p} dbname=app"
azure-connection|read|local.settings.json|{"Values": {"AzureWebJobsStorage": "DefaultEndpointsProtocol=https;AccountName={w}store;AccountKey={K};EndpointSuffix=core.windows.net"}}
azure-connection|prompt||BlobEndpoint=https://{w}.blob.core.windows.net/;AccountName={w};AccountKey={K}
azure-servicebus|read|.env|SB=Endpoint=sb://{w}.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={S}
azure-iothub|bash|az iot hub connection-string show|{"connectionString": "HostName={w}.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey={S}"}
azure-sas|command||azcopy cp a.zip "https://{w}.blob.core.windows.net/c?sv=2024-11-04&ss=b&srt=co&sp=rwdl&se=2027-01-01&sig={G}"
aws-presigned|fetch|https://docs.example.com/d|https://b-{w}.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=600&X-Amz-Signature={X}
aws-credentials-file|bash|cat ~/.aws/credentials|[default]\nregion = eu-west-1\naws_secret_access_key = {A}
aws-sts|bash|aws sts assume-role --role-arn x|{"Credentials": {"SecretAccessKey": "{A}", "Expiration": "2026-11-03T12:00:00Z"}}
aws-session-token|bash|aws sts get-session-token|{"Credentials": {"SessionToken": "FwoGZXIvYXdzE{B}", "Expiration": "2026-11-03T12:00:00Z"}}
aws-ecr|bash|aws ecr get-login-password \| cat|{E}
auth-bearer|command||curl -s -H "Authorization: Bearer {t}" https://api.{w}.io/v1/me
auth-bearer|bash|http -v GET :8000/me|GET /me HTTP/1.1\nAuthorization: Bearer {t}\nHost: localhost:8000
auth-bearer|read|api.http|GET https://api.{w}.io/v1\nAuthorization: Bearer {t}\nAccept: application/json
auth-bearer|read|src/http.ts|headers: { Authorization: `Bearer {t}` },
auth-bearer|read|req.py|requests.get(url, headers={"Authorization": "Bearer {t}"})
auth-token|command||curl -H 'Authorization: token {t}' https://git.{w}.io/api/v1/user
auth-basic|command||curl -H "Authorization: Basic {p64}" https://api.{w}.io
auth-basic|bash|curl -v https://api.{w}.io|> GET / HTTP/2\n> authorization: Basic {p64}\n> accept: */*
auth-basic|mcp|http__get|request headers:\nauthorization: Basic {p64}\nuser-agent: x
auth-digest-key|command||curl -H "Authorization: ApiKey {t}" https://es.{w}.io:9200/_cat
auth-genie|command||curl -H "Authorization: GenieKey {U}" https://api.opsgenie.com/v2/alerts
header-x-api-key|command||curl -H "X-API-Key: {t}" https://api.{w}.io/items
header-x-api-key|bash|curl -v :9000|> X-Api-Key: {t}\n< HTTP/1.1 200 OK
header-x-auth-token|read|client.js|fetch(u, { headers: { 'X-Auth-Token': '{t}' } })
header-private-token|command||curl --header "PRIVATE-TOKEN: {t}" https://gitlab.{w}.io/api/v4/projects
header-api-key-azure|command||curl -H "api-key: {h}" https://{w}.openai.azure.com/openai/deployments
header-ocp|command||curl -H "Ocp-Apim-Subscription-Key: {h}" https://api.{w}.io/speech
header-vault|command||curl -H "X-Vault-Token: {t}" $VAULT_ADDR/v1/secret/data/app
header-csrf|bash|curl -v :8000/login|< X-CSRF-Token: {t}\n< content-length: 2
cookie-session|command||curl -b "sessionid={t}" http://localhost:8000/admin/
cookie-session|command||curl -H "Cookie: _ga=1; session={t}; theme=dark" https://app.{w}.io
cookie-session|bash|curl -i :8000/login|HTTP/1.1 200 OK\nSet-Cookie: connect.sid=s%3A{t}; Path=/; HttpOnly
cookie-session|bash|http POST :8000/login|Set-Cookie: sessionid={t}; HttpOnly; SameSite=Lax
cookie-session|mcp|browser__cookies|[{"name": "auth_session", "value": "{t}", "domain": "app.{w}.io"}]
cookie-jar|bash|cat cookies.txt|# Netscape HTTP Cookie File\n#HttpOnly_app.{w}.io\tFALSE\t/\tTRUE\t1790000000\tsid\t{t}
cookie-laravel|bash|curl -i :8000|Set-Cookie: laravel_session={t}; expires=Tue; path=/; httponly
curl-user|command||curl -u {u}:{p} https://api.{w}.io/v1
curl-user|command||curl --user '{u}:{p}' -X POST https://jenkins.{w}.io/job/x/build
curl-user|read|scripts/push.sh|#!/bin/sh\ncurl -fsS -u "{u}:{p}" -T app.jar https://nexus.{w}.io/repo/
wget-password|command||wget --user={u} --password={p} https://files.{w}.io/a.zip
netrc|bash|cat ~/.netrc|machine api.{w}.io\n  login {u}\n  password {p}
netrc|read|.netrc|machine git.{w}.io login {u} password {t}
pgpass|bash|cat ~/.pgpass|db.{w}.io:5432:app:{u}:{p}
pgpass|read|.pgpass|localhost:5432:*:{u}:{p}\n*:*:*:ro:{t}
mysql-cnf|bash|cat ~/.my.cnf|[client]\nuser={u}\npassword="{p}"
mysql-flag|command||mysql -u {u} -p{p} -h db shop
mysql-flag|command||mysqldump --user={u} --password={p} shop
redis-cli-a|command||redis-cli -h cache -a {p} info
sshpass|command||sshpass -p '{p}' ssh {u}@10.0.0.8 uptime
docker-login|command||docker login -u {u} -p {p} registry.{w}.io
docker-login|command||echo {t} \| docker login ghcr.io -u {u} --password-stdin
az-login|command||az login --service-principal -u {i} -p {t} --tenant {i}
az-token|bash|az account get-access-token|{"accessToken": "{J}", "tokenType": "Bearer"}
gcloud-identity|bash|gcloud auth print-identity-token|{J}
gh-status|bash|gh auth status -t|github.com\n  ✓ Logged in to github.com account {u}\n  - Token: gho_{c}
gcloud-token|bash|gcloud auth print-access-token|ya29.a0{Y}
aws-configure|bash|aws configure export-credentials --format env|export AWS_SECRET_ACCESS_KEY={A}
heroku-token|bash|heroku auth:token|HRKU-AA{W3}
psexec|command||net use Z: \\\\srv\\share /user:{u} {p}
openssl-pass|command||openssl enc -aes-256-cbc -pass pass:{p} -in a -out b
zip-password|command||7z x -p{p} backup.7z
keytool|command||keytool -list -keystore a.jks -storepass {p}
htpasswd|command||htpasswd -bc .htpasswd {u} {p}
chpasswd|command||echo "{u}:{p}" \| chpasswd
mongosh|command||mongosh --host db -u {u} -p {p} --authenticationDatabase admin
sqlcmd|command||sqlcmd -S db -U {u} -P {p} -Q "select 1"
ldapsearch|command||ldapsearch -x -D cn=admin -w {p} -b dc=x
smbclient|command||smbclient //srv/a -U {u}%{p}
kubeconfig-token|read|.kube/config|users:\n- name: admin\n  user:\n    token: {t}
kubeconfig-key|bash|kubectl config view --raw|users:\n- name: admin\n  user:\n    client-key-data: {Z}
k8s-secret-data|bash|kubectl get secret api -o yaml|apiVersion: v1\ndata:\n  password: {q64}\nkind: Secret
k8s-secret-data|read|k8s/sealed.yaml|apiVersion: v1\nkind: Secret\ndata:\n  api-token: {q64}
docker-config|bash|cat ~/.docker/config.json|{"auths": {"registry.{w}.io": {"auth": "{p64}"}}}
docker-config|read|.docker/config.json|{\n  "auths": {\n    "ghcr.io": {\n      "auth": "{p64}"\n    }\n  }\n}
npmrc-auth|read|.npmrc|registry=https://npm.{w}.io/\n//npm.{w}.io/:_authToken={U}
npmrc-auth|bash|cat ~/.npmrc|//npm.{w}.io/:_auth={p64}
npmrc-auth|read|.npmrc|//npm.{w}.io/:_password={q64}
pypirc|read|.pypirc|[pypi]\nusername = {u}\npassword = {p}
maven-settings|read|.m2/settings.xml|<server>\n  <id>nexus</id>\n  <username>{u}</username>\n  <password>{p}</password>\n</server>
nuget-config|read|NuGet.Config|<packageSourceCredentials><feed><add key="ClearTextPassword" value="{p}" /></feed></packageSourceCredentials>
gradle-properties|read|gradle.properties|signing.keyId=24875D73\nsigning.password={p}
gem-credentials|bash|cat ~/.gem/credentials|---\n:rubygems_api_key: {t}
cargo-credentials|bash|cat ~/.cargo/credentials.toml|[registry]\ntoken = "{t}"
composer-auth|read|auth.json|{"http-basic": {"repo.{w}.io": {"username": "{u}", "password": "{p}"}}}
rclone|bash|rclone config show|[remote]\ntype = sftp\nuser = {u}\npass = {t}
s3cfg|bash|cat ~/.s3cfg|[default]\naccess_key = x\nsecret_key = {A}
boto|read|.boto|[Credentials]\naws_secret_access_key = {A}
hosts-gh|bash|cat ~/.config/gh/hosts.yml|github.com:\n    user: {u}\n    oauth_token: {t}
vpn-auth|read|wg0.conf|[Interface]\nPrivateKey = {S}\nAddress = 10.0.0.2/24
wireguard-psk|read|wg0.conf|[Peer]\nPresharedKey = {S}\nEndpoint = vpn.example.com:51820
wpa|bash|cat wpa_supplicant.conf|network={\n  ssid="home"\n  psk="{p}"\n}
sql-create-user|command||psql -c "CREATE USER {u} WITH PASSWORD '{p}'"
sql-create-user|write|db/init.sql|CREATE ROLE {u} LOGIN PASSWORD '{p}';\nGRANT ALL ON DATABASE app TO {u};
sql-identified|read|init.sql|CREATE USER '{u}'@'%' IDENTIFIED BY '{p}';
sql-identified|bash|cat dump.sql|GRANT ALL ON *.* TO '{u}'@'localhost' IDENTIFIED BY '{p}' WITH GRANT OPTION;
sql-insert|read|seed.sql|INSERT INTO users (id, email, password) VALUES (1, 'a@example.com', '{p}');
sql-update|command||mysql -e "UPDATE users SET password='{p}' WHERE id=1"
sql-dump-hash|bash|cat dump.sql|COPY public.users (id, name, password_hash) FROM stdin;\n1\tanna\t$2b$12${H}
shadow|bash|sudo cat /etc/shadow|{u}:$6${s}${L}:19700:0:99999:7:::
htpasswd-file|read|.htpasswd|{u}:$apr1${s}${M}
jwt-plain|bash|curl -s :8000/login -d @a|{"user": "{u}", "jwt": "{J}"}
jwt-plain|prompt||decode this: {J}
jwt-plain|bash|cat app.log|verify failed for {J}
oauth-response|bash|curl -s https://auth.{w}.io/token|{"access_token": "{t}", "token_type": "bearer", "expires_in": 3600}
oauth-response|bash|curl -s https://auth.{w}.io/token|{"refresh_token":"{t}","scope":"openid"}
oauth-response|mcp|auth__login|{"id_token": "{J}", "ok": true}
oauth-code|bash|tail access.log|GET /callback?code={t}&state=x HTTP/1.1" 302
oauth-form|command||curl -d 'grant_type=client_credentials&client_id=web&client_secret={t}' https://auth.{w}.io/token
query-token|bash|tail access.log|10.0.0.3 - - "GET /export?access_token={t}&f=csv HTTP/1.1" 200
query-token|fetch|https://app.example.com|[next](https://app.{w}.io/items?api_key={t}&page=2)
query-signature|bash|cat urls.txt|https://cdn.{w}.io/f.zip?Expires=1790000000&Signature={t}&Key-Pair-Id=K1
reset-link|bash|tail mail.log|Reset: https://app.{w}.io/reset-password?token={t}
magic-link|mcp|mail__read|Click https://app.{w}.io/auth/magic?token={t} to sign in
json-login|command||curl -X POST :8000/login --data '{"email":"a@example.com","password":"{p}"}'
json-login|read|login.test.ts|await login({ email: 'a@example.com', password: '{p}' })
json-login|mcp|browser__type|{"selector": "#password", "text": "{p}", "field": "password"}
form-login|command||curl -d "username={u}&password={p}" http://localhost/login
ssh-url|read|sftp.json|{"host": "sftp.{w}.io", "username": "{u}", "password": "{p}"}
totp-seed|read|otp.txt|otpauth://totp/Acme:{u}?secret={T}&issuer=Acme
totp-seed|bash|oathtool -v x|otpauth://totp/GitHub:{u}?secret={T}
seed-phrase|prompt||the wallet's seed phrase is: {mnemonic}
seed-phrase|read|.env|MNEMONIC="{mnemonic}"
recovery-codes|prompt||my GitHub recovery codes: {R}
webhook-generic|read|notify.py|URL = "https://hooks.{w}.io/services/{i}/{t}"
webhook-zapier|read|notify.py|requests.post("https://hooks.zapier.com/hooks/catch/{d7}/{l7}/")
webhook-make|prompt||post it to https://hook.eu1.make.com/{l32}
webhook-discord-app|command||curl -X POST https://ptb.discord.com/api/webhooks/{d19}/{W}
sas-logic-app|read|flow.json|{"uri": "https://prod-12.westeurope.logic.azure.com/workflows/{h}/triggers/manual/paths/invoke?api-version=2016-10-01&sig={b43}"}
firebase-fcm|command||curl -H "Authorization: key=AAAA{b7}:APA91b{W2}" https://fcm.googleapis.com/fcm/send
"""

ROWS = [
    (kind, channel, where, text.replace("\\|", "|").replace("\\n", "\n").replace("\\t", "\t"))
    for kind, channel, where, text in (
        line.replace("\\|", "\0").split("|", 3) for line in _ROWS.strip().splitlines()
    )
]
ROWS = [tuple(part.replace("\0", "|") for part in row) for row in ROWS]

SECRETS = {
    "{p}": "{password}",
    "{t}": "{b62:40}",
    "{K}": "{b64:86}==",
    "{S}": "{b64:43}=",
    "{G}": "{b62:43}%3D",
    "{X}": "{hex:64}",
    "{A}": "{b64:40}",
    "{B}": "{b64:280}",
    "{U}": "{uuid}",
    "{h}": "{hex:32}",
    "{c}": "{crc:36}",
    "{Y}": "{b64u:160}",
    "{W3}": "{b64u:58}",
    "{J}": "{jwt}",
    "{E}": "{ecr}",
    "{Z}": "LS0tLS1CRUdJTiB{b64:300}=",
    "{H}": "{b62:53}",
    "{L}": "{b62:86}",
    "{M}": "{b62:22}",
    "{T}": "{b32:32}",
    "{W}": "{b64u:68}",
    "{W2}": "{b64u:134}",
    "{b43}": "{b64u:43}",
    "{l32}": "{low:32}",
    "{l7}": "{low:7}",
    "{R}": "{hex:5}-{hex:5}",
    "{mnemonic}": "{mnemonic}",
}
"""Slots that are the secret of their row."""

FILL = {
    "{u}": "{name}",
    "{w}": "{word}",
    "{s}": "{b62:8}",
    "{d7}": "{d:7}",
    "{d19}": "{d:19}",
    "{b7}": "{b64u:7}",
    "{i}": "{uuid}",
}
"""Slots that are not."""
