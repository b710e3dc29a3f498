"""The sandboxes that tests go through: each that works here, and Landlock as the kernel of Ubuntu 24.04 has it."""

import pytest

from guild.errors import SandboxError
from guild.sandbox import KINDS, Sandbox, open_sandbox
from guild.sandbox.landlock import Landlock

OLDER = "landlock of Linux 6.8"
ISOLATING = (*KINDS, OLDER)


def opened(name: str) -> Sandbox:
    """Open a sandbox for a test, which is skipped where that one does not work."""
    try:
        landlock = open_sandbox("landlock") if name == OLDER else None
        return Landlock(abi=4) if landlock else open_sandbox(name)
    except SandboxError as error:
        pytest.skip(str(error))
