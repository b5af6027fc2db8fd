"""``manage.py doctor``: what is wrong with this installation, and what to do."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from s3portal.doctor import Finding, Options, Result, examine


class Command(BaseCommand):
    help = "Examine this installation; exit code 1 when something must be repaired."
    # A broken installation is what it is for.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument(
            "--deep", action="store_true", help="read every snapshot, not only some"
        )
        parser.add_argument(
            "--wait", type=float, default=2.0, help="seconds a worker has to answer"
        )

    def handle(self, *, deep: bool, wait: float, **options: Any) -> None:
        findings: dict[str, Finding] = {}
        for name, finding in examine(Options(is_deep=deep, wait=wait)):
            findings[name] = finding
            if not options["json"]:
                self._say(name, finding)
        counts = Counter(finding.result for finding in findings.values())
        if options["json"]:
            rows = [{"name": name, **asdict(item)} for name, item in findings.items()]
            self.stdout.write(json.dumps({"checks": rows}, indent=1))
        else:
            self.stdout.write(", ".join(f"{counts[r]} {r.value}" for r in Result))
        if counts[Result.FAIL]:
            sys.exit(1)

    def _say(self, name: str, finding: Finding) -> None:
        style = {
            Result.OK: self.style.SUCCESS,
            Result.WARN: self.style.WARNING,
            Result.FAIL: self.style.ERROR,
        }[finding.result]
        self.stdout.write(f"{style(f'{finding.result:4}')}  {name}: {finding.message}")
        if finding.advice:
            self.stdout.write(f"      {finding.advice}")
