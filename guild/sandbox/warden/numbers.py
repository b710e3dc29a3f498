"""The system calls that a sandbox speaks of, and their numbers: on x86-64, then on arm64, None where there is none."""

import posix

Table = dict[str, tuple[int, int | None]]

DANGERS: Table = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "memfd_secret": (447, 447),
    "modify_ldt": (154, None),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "semget": (64, 190),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "shmget": (29, 194),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "vhangup": (153, 58),
}
"""Ways to other processes, to the system, to old holes of the kernel, and to memory that no process is seen to hold."""
DISPENSABLE: Table = {
    "clone3": (435, 435),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "memfd_create": (319, 279),
}
"""Programs do without these when they are told that there is no such call."""
UNCONFINED: Table = {
    "chown": (92, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "file_setattr": (469, 469),
    "fremovexattr": (199, 16),
    "fsetxattr": (190, 7),
    "lchown": (94, None),
    "lremovexattr": (198, 15),
    "lsetxattr": (189, 6),
    "removexattr": (197, 14),
    "removexattrat": (466, 466),
    "setxattr": (188, 5),
    "setxattrat": (463, 463),
}
"""What Landlock lets pass, for any file that the user owns."""
_JUDGED: Table = {
    "bind": (49, 200),
    "capset": (126, 91),
    "chmod": (90, None),
    "clone": (56, 220),
    "connect": (42, 203),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "fork": (57, None),
    "kill": (62, 129),
    "listen": (50, 201),
    "pidfd_send_signal": (424, 424),
    "prlimit64": (302, 261),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "seccomp": (317, 277),
    "sendmmsg": (307, 269),
    "sendmsg": (46, 211),
    "sendto": (44, 206),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "tgkill": (234, 131),
    "tkill": (200, 130),
    "vfork": (58, None),
}
"""Those that are judged by their arguments, or that a sandbox itself makes."""
MACHINES = {"x86_64": 0, "aarch64": 1}
"""The machines whose numbers are known, and the column of each."""

_ALL = {**DANGERS, **DISPENSABLE, **UNCONFINED, **_JUDGED}
MACHINE = posix.uname().machine


def _numbers(column: int | None) -> dict[str, int]:
    return {} if column is None else {name: n for name, pair in _ALL.items() if (n := pair[column]) is not None}


NUMBERS = _numbers(MACHINES.get(MACHINE))
"""Those of this machine."""
