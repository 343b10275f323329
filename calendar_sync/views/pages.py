"""Answers for people whose browser was led here by somebody else's page."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from calendar_sync.services.consenting import RETURN_PATH
from calendar_sync.views.feeds import AnyFormat
from core.active import tenant_of


class BrowserView(APIView):
    """A view that browsers are led to: a refusal is a page for those who ask for one, JSON for everybody else."""

    content_negotiation_class = AnyFormat

    def handle_exception(self, exc: Exception) -> Response:
        """Answer a refusal."""
        answer = super().handle_exception(exc)
        if not _wants_page(self.request) or not isinstance(answer.data, dict):
            return answer
        page: Any = problem_page(self.request, str(answer.data.get("detail", "")), status=answer.status_code)
        for name in ("Retry-After", "WWW-Authenticate"):
            if name in answer:
                page[name] = answer[name]
        shown: Response = page  # no Response of DRF, and served as well
        return shown


def problem_page(request: Request, detail: str, *, status: int) -> HttpResponse:
    """Return a page that says what went wrong and leads on."""
    back = RETURN_PATH if tenant_of(request) is not None else ""
    return private(
        render(request._request, "calendar_sync/problem.html", {"detail": detail, "back": back}, status=status)
    )


def led_on(address: str) -> HttpResponse:
    """Return a redirect that nobody keeps and that tells the next page nothing of this one."""
    return private(HttpResponseRedirect(address))


def private(answer: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches, and its address, which may hold a secret, out of the next request."""
    patch_cache_control(answer, no_store=True, private=True)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _wants_page(request: Request) -> bool:
    preferred = request._request.get_preferred_type(["application/json", "text/html"])
    return preferred == "text/html"
