"""Sentences in which people tell a secret: `{v}` is the value; languages differ, wording too."""

PROSE = """
the password is {v}
The password for the staging admin is {v}, please log in and check.
my api key is {v} - put it into the .env file
here's the token: {v}
use password {v} for user admin
login with admin / {v}
username: admin, password: {v}
creds are root:{v}
The DB password should be `{v}`.
pw: {v}
The secret key we got from them is "{v}".
passwd={v} btw
ssh in with deploy, pass {v}
I changed the password to {v} yesterday.
set the admin password to {v} and try again
The wifi password at the office is {v}
Old password: {v}
access code {v}
You can sign in as test@example.com with the password {v}.
The API token ({v}) expires tomorrow.
my credentials: user42 {v}
das Passwort ist {v}
Das Kennwort für den Server lautet {v}.
Passwort: {v}
nimm als Passwort {v}
Der API-Schlüssel lautet {v}
Zugangsdaten: admin / {v}
le mot de passe est {v}
Mot de passe : {v}
voici la clé API : {v}
le jeton d'accès est {v}, ne le montre pas
la contraseña es {v}
Contraseña: {v}
mi clave de API es {v}
usa la clave {v} para entrar
密码是 {v}
密码：{v}
数据库密码为{v}，请检查
我的密钥是 {v}
パスワードは {v} です
パスワード: {v}
비밀번호는 {v} 입니다
a senha é {v}
Senha: {v}
la password è {v}
пароль: {v}
Пароль от базы {v}
hasło to {v}
het wachtwoord is {v}
lösenordet är {v}
şifre: {v}
""".strip().splitlines()

CHANNELS = ("prompt", "prompt", "prompt", "queued", "ask", "say", "think", "agentprompt", "title")
