"""gunicorn: threads, since a request mostly waits for the database. Read from the root folder."""

import ctypes
import gc
import os
from contextlib import suppress

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 30
keepalive = 5
# Measured with `--preload`: a worker has 120 MB after a rush and all kinds of pages, 55 of them its
# own. PDFs are made in processes of their own, since typst would keep 90 MB more (`papers.press`).
# A slow leak never grows old; the jitter keeps workers from going at the same moment. Not sooner: a
# fresh worker costs two seconds of the processor before it answers as fast as the old one.
max_requests = 20_000
max_requests_jitter = 2000
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# Who may say "this came by https": the proxy on this machine unless told otherwise.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
# No access log here: our own line names the route and never the person (coopconf.logs).
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True  # nobody steers it from outside


def when_ready(server: object) -> None:
    """What `--preload` has loaded is nobody's garbage: looking for some in it would have each worker
    write into, and so copy, the memory that it shares with the others."""
    gc.collect()
    gc.freeze()


def post_fork(server: object, worker: object) -> None:
    """glibc keeps free memory for each thread apart, 20 MB a worker; one store does for four."""
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL("libc.so.6").mallopt(-8, 1)  # M_ARENA_MAX
