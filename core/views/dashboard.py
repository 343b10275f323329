"""The dashboard: one page, whatever its path; the browser does the rest."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views import View

NOT_BUILT = "The dashboard is not built. `make run` builds it; the API is at /api/docs/."


class DashboardView(View):
    """Serves the built `index.html`."""

    http_method_names = ["get", "head"]
    open_to_all = "the page holds no data; what it shows comes from the API"

    def get(self, request: HttpRequest, *_: str, **__: str) -> HttpResponseBase:
        """Return the page, never cached: it names the hashed files of the current build."""
        page = settings.DASHBOARD_DIR / "index.html"
        if not page.is_file():
            return HttpResponse(NOT_BUILT, content_type="text/plain", status=503)
        return FileResponse(page.open("rb"), content_type="text/html", headers={"Cache-Control": "no-cache"})
