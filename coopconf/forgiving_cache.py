"""A Redis cache for pages: while Redis is away nothing is found and nothing is kept.

The cache of the rate limits does raise: what cannot be counted is not allowed.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError


class OneClient(RedisCacheClient):
    """Django makes a client for each call, which costs more than asking Redis does."""

    @cached_property
    def _client_for_all(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: str | None = None, *, write: bool = False) -> Any:
        return self._client_for_all


class OneClientRedisCache(RedisCache):
    """Django's own, asked by one client; it raises when Redis is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient


class ForgivingRedisCache(OneClientRedisCache):
    """`get` and `set` of pages, in which an outage costs time but no answer."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError:
            return default

    def set(self, key: str, value: Any, *args: Any, **options: Any) -> None:
        try:
            super().set(key, value, *args, **options)
        except RedisError:
            return
