"""One load in a process of its own, as a worker does it; prints what it took."""

import json
import os
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s3portal.settings")
    django.setup()
    from indicators.services.ingest import ingest_file

    path, code = Path(sys.argv[1]), sys.argv[2]
    os.nice(int(sys.argv[3]))
    began, worked = perf_counter(), process_time()
    run = ingest_file(path, code=code, complete=True)
    taken = {
        "seconds": perf_counter() - began,
        "cpu": process_time() - worked,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "observations": run.observations,
        "counts": [run.new, run.revised, run.unchanged, run.retired],
    }
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
