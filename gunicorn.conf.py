"""How gunicorn serves the portal; its own command line wins."""

import gc
import os
import shutil
import tempfile
from typing import Any

from django.conf import settings

from s3portal import startup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s3portal.settings")
startup.load_settings()
# Each worker keeps its counts here, and any of them answers for all. A new folder for
# every start; set before anything imports prometheus_client, which looks only once.
METRICS_DIR = tempfile.mkdtemp(prefix="s3portal-metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_DIR

wsgi_app = "s3portal.wsgi"
# Only the proxy on this machine; in a container GUNICORN_CMD_ARGS opens it.
bind = f"127.0.0.1:{settings.PORT}"
workers = settings.WEB_WORKERS
threads = 2
timeout = 120
# Loaded once, before the fork: less memory, and a fault ends the server at once.
preload_app = True
# The portal writes a line a request itself, without addresses of people.
accesslog = None
control_socket_disable = True
logconfig_dict = settings.LOGGING


def pre_fork(server: Any, worker: Any) -> None:
    # What is loaded stays: to look through it for garbage again and again makes single
    # answers wait, and copies pages of memory that workers could share.
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    shutil.rmtree(METRICS_DIR, ignore_errors=True)
