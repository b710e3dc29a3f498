"""Why generated code cannot be isolated on a machine, and the way to mend it."""

from pathlib import Path

UNSAFE = "--unsafe-host runs generated code without isolation"
"""The word that a user must say to go on all the same."""

_SYSCTLS = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "AppArmor denies user namespaces", "0"),
    ("kernel/unprivileged_userns_clone", "0", "the kernel denies user namespaces", "1"),
    ("user/max_user_namespaces", "0", "the kernel allows no user namespaces", "15000"),
)
_CONTAINERS = (".dockerenv", "run/.containerenv")


def mend(root: Path = Path("/")) -> str:
    """Return what stands in the way of namespaces, as far as the files below root tell, and what removes it."""
    for name, bad, fault, good in _SYSCTLS:
        if _setting(root / "proc/sys" / name) == bad:
            key = name.replace("/", ".")
            return f"{fault}: run `sudo sysctl -w {key}={good}` (and put {key}={good} into /etc/sysctl.d to keep it)"
    if any((root / name).exists() for name in _CONTAINERS):
        options = " ".join(f"--security-opt {name}=unconfined" for name in ("seccomp", "apparmor", "systempaths"))
        return f"a container denies namespaces: start it with `{options}`"
    return "allow unprivileged user namespaces on this machine"


def _setting(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
