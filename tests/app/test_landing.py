"""The front page, its sample, the client it gives away, and the pages of errors."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import problems, sample, wheel
from flask import Flask
from flask.testing import FlaskClient


def test_it_works(make_app: Callable[..., Flask]) -> None:
    client = make_app(PUBLIC_URL="https://share.example.org").test_client()
    answer = client.get("/")
    assert answer.status_code == 200
    html = answer.text
    assert f"pip install https://share.example.org/client/{wheel.name()}" in html
    assert "ccshare login --server https://share.example.org" in html
    assert "ccshare upload" in html
    assert 'href="/sample"' in html
    assert 'class="item prompt"' in html  # drawn by the renderer of every session
    assert "/home/" not in html
    assert "make demo" in html
    assert html.count("<h1") == 1
    assert 'property="og:image" content="https://share.example.org/static/card.' in html
    assert len(re.findall(r"<[a-z]", html)) < 400


def test_the_sample_reads_like_any_session(client: FlaskClient) -> None:
    html = client.get("/sample").text
    assert "Fix the missing cent in cart totals" in html
    assert "/home/" not in html
    assert html.count("<h1") == 1
    assert len(re.findall(r"<[a-z]", html)) < 1_500
    for number in re.findall(r'hx-get="/sample/items/([0-9.]+)"', html):
        body = client.get(f"/sample/items/{number}")
        assert body.status_code == 200, number
        assert "/home/" not in body.text
        assert f'id="m-{number}"' in client.get(f"/sample?m={number}").text
    assert client.get("/sample/items/999").status_code == 404
    assert client.get("/sample?m=junk").status_code == 200
    for page in (html, client.get("/sample?m=1").text):
        assert [f">#{n} You<" in page for n in (1, 2, 3, 4)] == [True, True, True, False]


def test_subagents_of_the_sample_open(client: FlaskClient) -> None:
    inner = next(item for item in sample.sample().items if item.thread and item.kind == "tool")
    html = client.get(f"/sample?m={inner.number}").text
    row = re.search(rf'<details class="item tool[^"]*" id="m-{inner.number}"[^>]*>', html)
    assert row and row[0].endswith(" open>")
    assert "hx-get" not in row[0]


def test_every_link_of_the_sample_leads_to_a_page(client: FlaskClient) -> None:
    """For readers without scripts: a fragment alone has no style sheet and no way back."""
    todo, seen = ["/sample"], set[str]()
    while todo:
        path = todo.pop()
        seen.add(path)
        html = client.get(path).text
        assert html.startswith("<!doctype html>"), path
        links = {href.partition("#")[0] for href in re.findall(r'<a [^>]*href="([^"]+)"', html)}
        todo += [href for href in links - seen - {*todo} if href.startswith("/sample")]
    assert any("/raw?page=1" in path for path in seen)


def test_the_client_of_this_server_installs_and_runs(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get(f"/client/{wheel.name()}")
    assert answer.status_code == 200
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert not [n for n in names if "__pycache__" in n or n.endswith((".db", ".key", ".env"))]
    file = tmp_path / wheel.name()
    file.write_bytes(answer.data)
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "-q"]
    target = tmp_path / "installed"
    subprocess.run([*pip, "--target", str(target), str(file)], check=True, capture_output=True)
    found = subprocess.run(
        [sys.executable, "-c", "import ccshare; print(ccshare.__file__)"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(target)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert found.startswith(str(target))
    run = [sys.executable, "-m", "ccshare.client", "--help"]
    subprocess.run(run, cwd=tmp_path, env={"PYTHONPATH": str(target)}, check=True)
    assert client.get("/client/other.whl").status_code == 404


def _raising(problem: Exception) -> Callable[[], Any]:
    def view() -> Any:
        raise problem

    return view


@pytest.mark.parametrize("status", [404, 410, 413, 429, 500, 503])
def test_errors_look_alike_and_name_one_next_step(app: Flask, status: int) -> None:
    from werkzeug.exceptions import InternalServerError, RequestEntityTooLarge

    known: dict[int, Exception] = {
        404: problems.not_found(),
        410: problems.gone(),
        413: RequestEntityTooLarge(),
        429: problems.too_many("unknown links", 7),
        500: InternalServerError(),
        503: problems.busy(),
    }
    app.add_url_rule("/broken", view_func=_raising(known[status]), endpoint="broken")
    answer = app.test_client().get("/broken")
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'<p class="status">{status}</p>' in answer.text
    assert answer.text.count("<h1") == 1
    assert answer.text.count('class="note"') == 1
    assert 'property="og:image"' not in answer.text
    plain = app.test_client().get("/broken", headers={"User-Agent": "curl/8", "Accept": "*/*"})
    assert (plain.status_code, plain.mimetype) == (status, "text/plain")


def test_a_mistake_of_ours_is_a_page_without_its_text(app: Flask) -> None:
    app.testing = False
    view = _raising(ValueError("private words"))
    app.add_url_rule("/broken", view_func=view, endpoint="broken")
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "private words" not in answer.text
    assert "Something broke" in answer.text
