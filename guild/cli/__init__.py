"""The command line: parse, call, exit code."""

import sys

from guild.cli.app import run


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run())
