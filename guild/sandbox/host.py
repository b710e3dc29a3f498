"""No isolation, for users who said so: a clean environment, private folders and the same limits."""

import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from guild import process
from guild.process import Completed
from guild.sandbox.job import PATH, Job, bounded

_MARK = "GUILD_JOB"


class HostSandbox:
    """Runs commands on the bare machine."""

    name = "host"

    def run(self, job: Job) -> Completed:
        """Run a job with a HOME and a TMPDIR of its own, and none of its daemons left behind."""
        mark = uuid4().hex
        with tempfile.TemporaryDirectory(prefix="guild-host-", ignore_cleanup_errors=True) as folder:
            home, scratch = Path(folder, "home"), Path(folder, "tmp")
            home.mkdir()
            scratch.mkdir()
            env = {"PATH": PATH, "LANG": "C.UTF-8", "USER": "guild", "HOME": str(home), "TMPDIR": str(scratch)}
            env |= {**job.env, _MARK: mark}
            try:
                done = process.run(bounded(job.argv), cwd=job.cwd, env=env, stdin=job.stdin, limits=job.limits)
            finally:
                process.kill_marked(f"{_MARK}={mark}")
        return replace(done, argv=job.argv)
