"""Names of static files with their hash, looked up once by each process."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticNames(CompressedManifestStaticFilesStorage):
    """They change with a release alone, while every page asks for the same seven."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file; raises ValueError for one that is not there."""
        if name not in self._urls:
            self._urls[name] = super().url(name, force)
        return self._urls[name]
