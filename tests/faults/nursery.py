"""Workers that start at once: forked from a process that has imported everything.

Run as a program: for each line it reads it begins a worker and writes its number.
"""

import os
import signal
import sys

import django

ARGUMENTS = "--quiet worker -c 1 --without-gossip --without-mingle -l INFO"


def serve() -> None:
    django.setup()
    from s3portal.celery import app

    app.loader.import_default_modules()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a killed one
    for _line in sys.stdin:
        number = os.fork()
        if number == 0:
            _work(app)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def _work(app) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.dup2(2, 1)
    try:
        app.worker_main(ARGUMENTS.split())
    finally:
        os._exit(0)


if __name__ == "__main__":
    serve()
