"""A Redis cache for pages: while Redis is away nothing is found and nothing is kept.

The cache of the rate limits is another one and does raise: what cannot be counted is not allowed.
"""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError


class ForgivingRedisCache(RedisCache):
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
