"""Ways out of a sandbox, as a Python program: `attempts.py NAME AIM` says whether one is open, or why it is not.

Each is bounded, so that a hole does no harm.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time

MPTCP, PTRACE_ATTACH, PTRACE_DETACH, NEW_USER_AND_MOUNTS = 262, 16, 17, 0x10000000 | 0x20000
ASKING = b"asking"
libc = ctypes.CDLL(None, use_errno=True)


def called(name, *arguments):
    """Call into the C library, and raise what it says."""
    if getattr(libc, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def read(path):
    return open(path).read()


def write(path):
    with open(path, "w") as file:
        file.write("written")
    return path


def follow(path):
    """Read a file through a link of our own making."""
    os.symlink(path, "link")
    return open("link").read()


def adopt(path):
    """Give a file a second name among our own."""
    os.link(path, "own")
    return "linked"


def mode(path):
    os.chmod(path, 0o777)
    return "changed"


def environment(pid):
    return open(f"/proc/{pid}/environ").read() + os.environ["PLANTED"]


def tcp(port, protocol=0):
    asking = socket.socket(socket.AF_INET, socket.SOCK_STREAM, protocol)
    asking.settimeout(5)
    asking.connect(("127.0.0.1", int(port)))
    return asking.recv(100)


def mptcp(port):
    return tcp(port, MPTCP)


def udp(port):
    asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asking.settimeout(5)
    asking.connect(("127.0.0.1", int(port)))
    asking.send(ASKING)
    return asking.recv(100)


def fast(port):
    """Connect by what is sent, without a call to connect."""
    asking = socket.socket()
    asking.sendto(ASKING, socket.MSG_FASTOPEN, ("127.0.0.1", int(port)))
    return asking.recv(100)


def unix(path):
    asking = socket.socket(socket.AF_UNIX)
    asking.connect("\0" + path[1:] if path.startswith("@") else path)
    return asking.recv(100)


def kill(pid):
    os.kill(int(pid), 0)
    return "may be killed"


def ptrace(pid):
    called("ptrace", PTRACE_ATTACH, int(pid), 0, 0)
    os.waitpid(int(pid), 0x40000000)
    called("ptrace", PTRACE_DETACH, int(pid), 0, 0)
    return "attached"


def remount(folder):
    called("mount", b"none", folder.encode(), b"tmpfs", 0, None)
    called("umount", folder.encode())
    return "mounted"


def namespace(folder):
    """Be root in namespaces of our own, and mount there."""
    called("unshare", NEW_USER_AND_MOUNTS)
    return remount(folder)


def fork(most):
    """Make processes that wait; who does not stop us may count them."""
    for _ in range(int(most)):
        if os.fork() == 0:
            time.sleep(3)
            os._exit(0)
    time.sleep(0.7)
    return f"{most} processes"


def fill(most):
    """Write files of 8 MB each."""
    for number in range(int(most)):
        with open(f"file{number}", "wb") as file:
            file.write(bytes(8 << 20))
        time.sleep(0.02)
    time.sleep(0.2)
    return f"{most} files"


def talk(most):
    for _ in range(int(most)):
        sys.stdout.write("x" * 1023 + "\n")
    sys.stdout.flush()
    return f"{most} lines"


def allocate(most):
    """Take memory 8 MB at a time, and touch it."""
    taken = []
    for _ in range(int(most)):
        taken.append(bytearray(b"x" * (8 << 20)))
        time.sleep(0.01)
    time.sleep(0.2)
    return f"{most} times 8 MB"


def spread(most):
    """Take memory in many processes, 8 MB in each, so that none of them has much."""
    for _ in range(int(most)):
        if os.fork() == 0:
            taken = bytearray(b"x" * (8 << 20))
            time.sleep(3)
            os._exit(len(taken) == 0)
    time.sleep(0.7)
    return f"{most} times 8 MB"


def outlive(seconds):
    """Leave a process of another session behind, whose heart beats in a file."""
    subprocess.Popen(
        (sys.executable, "-S", __file__, "beat", seconds), start_new_session=True, stdout=subprocess.DEVNULL
    )
    until = time.monotonic() + 10
    while not os.path.exists("heart") and time.monotonic() < until:
        time.sleep(0.02)
    return "left behind"


def beat(seconds):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        with open("heart", "a") as file:
            file.write(".")
        time.sleep(0.02)


if __name__ == "__main__":
    try:
        found = globals()[sys.argv[1]](*sys.argv[2:])
        print(f"open: {found!r}")
    except (OSError, KeyError) as error:
        print(f"refused: {error}")
