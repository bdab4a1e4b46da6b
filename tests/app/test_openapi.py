"""The API's description is valid, complete, and true."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ccshare.app
import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.test import TestResponse

FILE = Path(ccshare.app.__file__).parent / "openapi.json"
SPEC: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
METHODS = {"get", "post", "patch", "delete", "put"}
NOBODY = "0" * 12


def test_it_is_valid_openapi() -> None:
    assert list(OpenAPIV31SpecValidator(SPEC).iter_errors()) == []


def test_routes_and_description_are_the_same(app: Flask) -> None:
    described = {
        (method.upper(), path, operation["operationId"])
        for path, item in SPEC["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }
    routed = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }
    assert described == routed


def test_every_operation_says_who_may_and_what_goes_wrong() -> None:
    for path, item in SPEC["paths"].items():
        for method, operation in item.items():
            if method not in METHODS:
                continue
            assert operation["security"] in ([{"key": []}], [{}]), path
            needs_key = operation["security"] == [{"key": []}]
            assert ("401" in operation["responses"]) == needs_key, (method, path)
            for status, answer in operation["responses"].items():
                if status >= "400":
                    assert list(_resolved(answer)["content"]) == ["application/problem+json"]


def test_it_is_served(client: Any) -> None:
    answer = client.get("/api/openapi.json")
    assert answer.json == SPEC
    again = client.get("/api/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_example_is_taken(alice: Any) -> None:
    content = SPEC["paths"]["/api/sessions"]["post"]["requestBody"]["content"]
    assert alice.upload(content["application/x-ndjson"]["example"].encode()).status_code == 201


def _resolved(part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    found: Any = SPEC
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


def holds(answer: TestResponse, method: str, path: str) -> None:
    """The answer's status, type, fields and body are the described ones."""
    described = SPEC["paths"][path][method]["responses"]
    assert str(answer.status_code) in described, answer.text
    expected = _resolved(described[str(answer.status_code)])
    for name, field in expected.get("headers", {}).items():
        assert name in answer.headers or not _resolved(field).get("required"), name
    if "content" not in expected:
        assert answer.data == b""
        return
    ((content_type, content),) = expected["content"].items()
    assert answer.content_type == content_type
    schema = {**content["schema"], "components": SPEC["components"]}
    Draft202012Validator(schema).validate(answer.json)


@pytest.fixture
def shared(alice: Any, document: Callable[..., bytes]) -> str:
    return alice.share(document())


ONE = "/api/sessions/{share_id}"


def test_answers_are_as_described(
    alice: Any, charlie: Any, client: Any, shared: str, document: Callable[..., bytes]
) -> None:
    here, rows = f"/api/sessions/{shared}", f"/api/sessions/{shared}/messages"
    fresh = alice.upload(document(session_id="two"))
    assert fresh.status_code == 201
    holds(fresh, "post", "/api/sessions")
    assert alice.get(fresh.headers["Location"]).json["id"] == fresh.json["id"]
    holds(alice.upload(document()), "post", "/api/sessions")
    holds(alice.get("/api/sessions"), "get", "/api/sessions")
    holds(client.get(here), "get", ONE)
    holds(client.get(rows), "get", ONE + "/messages")
    holds(alice.patch(shared, title="New", expires_in="12h"), "patch", ONE)
    holds(charlie.patch(shared, title="Mine"), "patch", ONE)
    holds(alice.delete(shared), "delete", ONE)
    for method, path in (("get", here), ("patch", here), ("delete", here)):
        gone = client.open(path, method=method, headers=alice.headers, json={"title": "x"})
        assert gone.status_code == 410
        holds(gone, method, ONE)
    holds(client.get(rows), "get", ONE + "/messages")


def test_refusals_are_as_described(
    alice: Any, client: Any, shared: str, document: Callable[..., bytes]
) -> None:
    secret = "ghp_" + "x7Kq2mZ9pL4vT1nW8bR3cY6dF0hJ5sAeGuQi"
    uploads = {
        400: alice.upload(b"x"),
        401: client.post("/api/sessions", data=document()),
        409: alice.upload(document(part={"first": 1, "last": 1, "of": 2})),
        413: client.post(
            "/api/sessions",
            headers=alice.headers,
            environ_overrides={"CONTENT_LENGTH": str(1 << 40)},
        ),
        415: alice.upload(document(), Content_Encoding="br"),
        422: alice.upload(document(title=secret)),
    }
    for status, answer in uploads.items():
        assert answer.status_code == status
        holds(answer, "post", "/api/sessions")
    path = f"/api/sessions/{shared}"
    holds(client.get("/api/sessions"), "get", "/api/sessions")
    holds(alice.get("/api/sessions?cursor=x"), "get", "/api/sessions")
    holds(client.get(f"/api/sessions/{NOBODY}"), "get", ONE)
    holds(client.get(path + "/messages?limit=0"), "get", ONE + "/messages")
    holds(alice.patch(shared, owner="bob"), "patch", ONE)
    holds(alice.patch(shared, title="x" * 20_000), "patch", ONE)
    holds(client.delete(path), "delete", ONE)
