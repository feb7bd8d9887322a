"""A tab of a real browser that files of pages are opened in."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class Tab:
    """One page of the browser, which opens files; whatever else they ask for is refused and noted."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.own = ""
        self.asked: list[str] = []
        page.context.route("**/*", self._only_own)  # also what it opens beside itself

    def _only_own(self, route: Any) -> None:
        if route.request.url.split("#")[0] == self.own:
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def open(self, path: Path, width: int = 1280, height: int = 900, scheme: str = "light") -> Any:
        """The page with the file in it, as when it is first read."""
        self.own, self.asked = path.as_uri(), []
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto("about:blank")  # the same file again is read anew, wherever it was scrolled to
        self.page.goto(self.own, wait_until="load")
        return self.page
