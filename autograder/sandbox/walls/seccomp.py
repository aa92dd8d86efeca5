"""System calls that a session may not make; all others stay allowed.

A refused call fails as it would for lack of permission, so that a library which merely tries
goes on. Calls newer than this list do not exist for a session, and neither do those of
another architecture.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct
from functools import cache
from types import ModuleType
from typing import Any

from autograder.errors import SandboxError
from autograder.sandbox.walls.identity import Identity

# sendmsg could keep open files in a socket, where the watchdog does not find them.
_NETWORK = "socket connect bind listen accept accept4 sendmsg sendmmsg"
_OTHER_PROCESSES = """
    ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_getfd
    pidfd_send_signal get_robust_list migrate_pages move_pages tkill setsid setpgid setpriority
    ioprio_set sched_setaffinity sched_setattr sched_setparam sched_setscheduler
"""
_SYSTEM = """
    mount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig fsmount fspick
    mount_setattr unshare setns bpf perf_event_open userfaultfd io_uring_setup io_uring_enter
    io_uring_register open_by_handle_at name_to_handle_at fanotify_init fanotify_mark kexec_load
    kexec_file_load init_module finit_module delete_module reboot swapon swapoff acct quotactl
    quotactl_fd syslog settimeofday clock_settime clock_adjtime adjtimex sethostname
    setdomainname iopl ioperm vhangup lookup_dcookie personality modify_ldt uselib
    add_key request_key keyctl inotify_init inotify_init1 inotify_add_watch
"""
# Memory that outlives a process, or that its limits do not count.
_MEMORY = """
    shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl mq_open
    mq_unlink memfd_create memfd_secret
"""
# Sessions share the pages of libraries' files, and the free room of disks: what says which pages
# the kernel keeps, or how much is free, tells of others.
_SHARED = "mincore cachestat statfs fstatfs ustat"
# Its reads can ask not to wait for what the kernel does not keep.
_QUEUES = "io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents"
# These are made to do nothing: they move pages in and out of what the kernel keeps.
_PAGES = "readahead fadvise64"
_ADVICE = (3, 12, 20, 21, 22, 25)  # willneed, mergeable, cold, pageout, populate read, collapse
# Landlock looks at none of these. Behind the grader's own uid they are made to do nothing,
# so that shutil.copy works and no file of the grader's changes its mode.
_METADATA = """
    chmod fchmod fchmodat fchmodat2 chown lchown fchown fchownat utime utimes utimensat futimesat
"""
_XATTR = """
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr setxattrat removexattrat
"""
# Unknown to older versions of libseccomp; these numbers are the same everywhere.
_NUMBERS = {
    "quotactl_fd": 443,
    "memfd_secret": 447,
    "cachestat": 451,
    "process_mrelease": 448,
    "fchmodat2": 452,
    "setxattrat": 463,
    "removexattrat": 466,
}
_NEWER = (*range(457, 463), *range(467, 560))

_INT = 0xFFFFFFFF  # what the kernel looks at of an argument that is an int
_CLONE_NAMESPACES = (0x80, 0x20000, *(1 << bit for bit in range(25, 31)))
_CLONE_PARENT = 0x8000
_CLONE_THREAD = 0x10000
_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_MODE_FILTER = 2
_INSTRUCTION = 8  # bytes of a struct sock_filter
_NUMBER = struct.Struct("=I")
_OWN_PID = 0x5E1F5E1F  # stands in a program for a number that is not known yet; no pid is so large
# Lock a part of a file, for a process or for an open file; these do nothing, and succeed.
_LOCKS = (6, 7, 37, 38)
# Ask who else holds a lock; set an owner who gets signals or a lease that holds up others.
_FCNTL = (5, 8, 10, 15, 36, 1024)
# Put characters into a terminal, set an owner, change a file's attributes.
_IOCTL = (0x5412, 0x541C, 0x8901, 0x8902, 0x40086602, 0x401C5820)
_O_TRUNC_READ_ONLY = (os.O_ACCMODE | os.O_TRUNC, os.O_TRUNC)


def library() -> ModuleType:
    """Return pyseccomp; SandboxError, saying what to install, when it cannot be loaded."""
    try:
        import pyseccomp
    except ImportError:
        raise SandboxError("pyseccomp is not installed: pip install pyseccomp") from None
    except (RuntimeError, OSError, AttributeError) as error:
        raise SandboxError(f"libseccomp cannot be loaded: {error}") from None
    module: ModuleType = pyseccomp
    return module


def why_not() -> str | None:
    """Return why there is no seccomp here, None when there is."""
    try:
        library()
    except SandboxError as error:
        return str(error)
    return None


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def enforce(code: bytes) -> None:
    """Give up the system calls that `code` refuses in the calling process, irrevocably.

    Needs no_new_privs. Raises SandboxError where the kernel refuses the program.
    """
    code = code.replace(_NUMBER.pack(_OWN_PID), _NUMBER.pack(os.getpid()))
    filter_ = _Program(len(code) // _INSTRUCTION, code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(filter_), 0, 0) != 0:
        raise SandboxError(f"seccomp: {os.strerror(ctypes.get_errno())}")


@cache
def program(identity: Identity, *, scoped: bool) -> bytes:
    """Return the program that refuses the system calls above to sessions of this identity.

    Where nothing else keeps signals inside, neither a uid of its own nor Landlock (`scoped`),
    the process that enforces the program may send them only to itself.
    """
    lib = library()
    rules = _Filter(lib)
    for group in (_NETWORK, _OTHER_PROCESSES, _SYSTEM, _MEMORY, _SHARED):
        rules.refuse(group)
    rules.refuse(_QUEUES, errno.ENOSYS)
    rules.refuse(_PAGES, 0)
    for advice in _ADVICE:
        rules.refuse_where("madvise", lib.Arg(2, lib.MASKED_EQ, _INT, advice), error=0)
    # Whose flags are where it may not wait, or leaves nothing behind in memory.
    rules.refuse_where("preadv2", lib.Arg(5, lib.NE, 0), error=errno.EOPNOTSUPP)
    # Without clone3, whose flags lie out of reach, glibc falls back to clone.
    rules.refuse("clone3 pidfd_open openat2", errno.ENOSYS)
    for number in _NEWER:
        rules.refuse_number(number, errno.ENOSYS)
    rules.socketpairs_only()
    for flag in (*_CLONE_NAMESPACES, _CLONE_PARENT):
        rules.refuse_where("clone", lib.Arg(0, lib.MASKED_EQ, flag, flag))
    rules.refuse_where("prctl", lib.Arg(0, lib.MASKED_EQ, _INT, _PR_SET_PDEATHSIG))
    rules.refuse_where("prlimit64", lib.Arg(0, lib.NE, 0))
    # Takes room beyond a file's end that no size shows; libraries write instead.
    rules.refuse("fallocate", errno.EOPNOTSUPP)
    # Sessions share the files of libraries: what one has locked tells the others something.
    rules.refuse("flock", 0)
    for command in _LOCKS:
        rules.refuse_where("fcntl", lib.Arg(1, lib.MASKED_EQ, _INT, command), error=0)
    for command in _FCNTL:
        rules.refuse_where("fcntl", lib.Arg(1, lib.MASKED_EQ, _INT, command))
    for request in _IOCTL:
        rules.refuse_where("ioctl", lib.Arg(1, lib.MASKED_EQ, _INT, request))
    # Landlock takes these for reading before its version 3.
    rules.refuse("truncate")
    mask, value = _O_TRUNC_READ_ONLY
    rules.refuse_where("open", lib.Arg(1, lib.MASKED_EQ, mask, value))
    rules.refuse_where("openat", lib.Arg(2, lib.MASKED_EQ, mask, value))
    if identity == "shared-uid":
        rules.refuse("fork vfork")
        rules.refuse_where("clone", lib.Arg(0, lib.MASKED_EQ, _CLONE_THREAD, 0))
    if identity != "own-uid":
        rules.refuse(_METADATA, 0)
        rules.refuse(_XATTR, errno.EOPNOTSUPP)
        if not scoped:
            for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
                rules.refuse_where(name, lib.Arg(0, lib.NE, _OWN_PID))
    return rules.compiled()


class _Filter:
    """A libseccomp filter that allows what no rule refuses."""

    def __init__(self, lib: ModuleType) -> None:
        self._lib = lib
        self._filter = lib.SyscallFilter(lib.ALLOW)
        self._filter.set_attr(lib.Attr.ACT_BADARCH, lib.KILL_PROCESS)

    def refuse(self, names: str, error: int = errno.EPERM) -> None:
        """Refuse every call of the list; 0 pretends that it succeeded."""
        for name in names.split():
            number = self._lib.resolve_syscall(self._lib.Arch.NATIVE, name)
            if number < 0:
                number = _NUMBERS.get(name, -1)
            # A call whose number is still negative does not exist on this architecture.
            if number >= 0:
                self.refuse_number(number, error)

    def refuse_number(self, number: int, error: int) -> None:
        """Refuse the call with this number."""
        self._filter.add_rule(self._lib.ERRNO(error), number)

    def refuse_where(self, name: str, *arguments: Any, error: int = errno.EPERM) -> None:
        """Refuse a call when all `arguments` match; 0 pretends that it succeeded."""
        number = self._lib.resolve_syscall(self._lib.Arch.NATIVE, name)
        if number >= 0:
            self._filter.add_rule(self._lib.ERRNO(error), number, *arguments)

    def socketpairs_only(self) -> None:
        """Allow pairs of connected streams, which event loops need and which lead nowhere."""
        lib = self._lib
        self.refuse_where("socketpair", lib.Arg(0, lib.NE, socket.AF_UNIX))
        for kind in range(16):
            if kind != socket.SOCK_STREAM:
                self.refuse_where("socketpair", lib.Arg(1, lib.MASKED_EQ, 0xF, kind))

    def compiled(self) -> bytes:
        """Return the filter as the instructions that the kernel takes."""
        with os.fdopen(os.memfd_create("filter"), "w+b") as file:
            self._filter.export_bpf(file)
            file.seek(0)
            return file.read()
