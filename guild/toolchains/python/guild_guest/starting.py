"""Start a project's program as `python FILE` or `python -m PACKAGE` would: the arguments are root, file and package."""

import runpy
import site
import sys
from pathlib import Path


def main() -> None:
    """Run the program that the arguments name."""
    root, file, package = sys.argv[1:]
    guests = str(Path(__file__).parent.parent)
    place = Path(root, file)
    folders = dict.fromkeys((str(place.parent), root, str(Path(root, "src"))))
    sys.path[:] = [*folders, *(path for path in sys.path if path != guests)]
    site.setquit()
    sys.argv[:] = [str(place)]
    if package:
        runpy.run_module(package, run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(str(place), run_name="__main__")


if __name__ == "__main__":
    main()
