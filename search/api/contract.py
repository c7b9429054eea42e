"""The API as a whole: its parts, its contract in OpenAPI 3.1, and the page that explains it."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from accounts.access import anyone
from search.api import jobtech, nav, own, stream
from search.api.doors import answers_problems, door, guarded
from search.api.problems import KIND

DESCRIPTION = "Open postings of Ingång. No key is needed. What is read may be used freely; what is closed must be forgotten."


class Renderer(JSONRenderer):
    """Letters as letters: shorter, and readable in a terminal."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of its address: a program that is made from the contract must not change when a module does."""
        return str(operation.url_name)


api = Api(
    title="Ingång",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    renderer=Renderer(),
)
answers_problems(api)
api.add_router("/v1", own.router)
api.add_router("/jobtech", jobtech.router)
api.add_router("/jobtech", stream.router)
api.add_router("/nav/v1", nav.router)
LIMITS = {"jobtech_stream": "snapshot", "jobtech_snapshot": "snapshot"}  # what costs more than a page


@cache
def contract() -> dict[str, Any]:
    """The same for every reader, so it is computed once. What ninja cannot say of a refusal is its content type."""
    found = dict(api.get_openapi_schema(path_prefix="/api/"))
    for verbs in found["paths"].values():
        for status, answer in verbs["get"]["responses"].items():
            if int(status) >= HTTPStatus.BAD_REQUEST:
                answer["content"] = {KIND: answer["content"]["application/json"]}
    return found


def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(contract(), json_dumps_params={"ensure_ascii": False})


@anyone
def explained(request: HttpRequest) -> HttpResponse:
    """The page for people, made from the contract."""
    return render(request, "search/api.html", {"operations": operations(), "often": settings.READS_A_MINUTE["api"]})


@anyone
def to_page(request: HttpRequest) -> HttpResponse:
    return redirect("api_docs")


def operations() -> list[dict[str, Any]]:
    """Each address with its parameters, in the order of the contract."""
    rows = [(where, one) for where, verbs in contract()["paths"].items() for one in verbs.values()]
    return [
        {"path": where, "tag": one["tags"][0], "summary": one["summary"], "parameters": [_parameter(name) for name in one["parameters"]]}
        for where, one in rows
    ]


def _parameter(given: dict[str, Any]) -> dict[str, Any]:
    schema = given["schema"]
    kinds = [one for one in (schema, schema.get("items", {}), *schema.get("anyOf", [])) if one]
    listed = [value for one in kinds for value in one.get("enum", [one["const"]] if "const" in one else [])]
    allowed = [str(value) for value in listed if value]
    return {"name": given["name"], "required": given["required"], "allowed": allowed, "description": schema.get("description", "")}


urlpatterns = [
    path("", to_page, name="api"),
    path("openapi.json", door(openapi, "api"), name="openapi"),
    *guarded(api, LIMITS),
]
