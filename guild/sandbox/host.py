"""No isolation, for users who said so: a clean environment, private folders and the same limits."""

from dataclasses import replace
from uuid import uuid4

from guild import process
from guild.process import Completed
from guild.sandbox.job import Job, bounded
from guild.sandbox.private import private

_MARK = "GUILD_JOB"


class HostSandbox:
    """Runs commands on the bare machine."""

    name = "host"

    def run(self, job: Job) -> Completed:
        """Run a job with a HOME and a TMPDIR of its own, and none of its daemons left behind."""
        mark = uuid4().hex
        with private("guild-host-") as (folder, env):
            limits = replace(job.limits, folders=(folder, *job.writable))
            own = {**env, **job.env, _MARK: mark}
            try:
                done = process.run(bounded(job.argv), cwd=job.cwd, env=own, stdin=job.stdin, limits=limits)
            finally:
                process.kill_marked(f"{_MARK}={mark}")
        return replace(done, argv=job.argv)
