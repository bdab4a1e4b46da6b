"""Names that tell nothing about a person, and people who are made up."""

_SYSTEM = (
    "test tests tester testing user users username admin administrator root ubuntu debian node"
    " runner git github gitlab dev developer home public shared default guest local localhost"
    " vscode codespace codespaces vagrant docker app apps www www-data web data demo example"
    " sandbox build builder deploy deployer jenkins circleci travis ec2-user opc azureuser pi"
    " host server client linux windows macos fedora alpine arch centos project projects work"
    " workspace src claude anthropic agent assistant system service nobody daemon postgres mysql"
    " redis nginx name you your yourname youruser me my mine some someone foo bar baz file files"
    " code main master temp this that with from true false none null hostname machine macbook"
    " desktop laptop computer testuser test-user test_user some-user someuser coder linuxbrew"
    " jovyan sandboxuser appuser airflow gitpod steam"
)
_SITE = (
    "dashboard index page pages settings profile about login logout sidebar header footer assets"
    " images image components component screens screen widgets views view hero banner layout"
    " styles utils api auth news search list detail details feed content static"
)
"""What stands behind `/home/` on web sites."""
COMMON = frozenset([*_SYSTEM.split(), *_SITE.split()])
"""Never taken out on their own, whoever is called so; their home folders stay too."""
MADE_UP = frozenset(
    {"alice", "bob", "carol", "dave", "mallory", "trent", "john", "jane", "johndoe", "janedoe"}
)
"""People in examples: their home folders go, but not every word that reads like one of them."""
