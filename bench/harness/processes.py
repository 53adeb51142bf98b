# SPDX-License-Identifier: Apache-2.0
"""CPU, memory and limits of process trees, read from /proc; the shared limit of 1.5 cores."""
import os
import pathlib
import shutil
import signal
import time

TICKS = os.sysconf('SC_CLK_TCK')
PAGE = os.sysconf('SC_PAGE_SIZE')
QUOTA_MICROS, PERIOD_MICROS = 15000, 10000


def _stat(pid):
    """Fields of /proc/<pid>/stat after the name, or None when the process is gone."""
    try:
        return pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def tree(roots):
    """The given pids and all their living descendants."""
    children = {}
    for entry in os.listdir('/proc'):
        if entry.isdigit() and (fields := _stat(entry)):
            children.setdefault(int(fields[1]), []).append(int(entry))
    found, pending = [], [pid for pid in roots if _stat(pid)]
    while pending:
        pid = pending.pop()
        found.append(pid)
        pending += children.get(pid, [])
    return found


def cpu_seconds(roots):
    """User and system time of the trees so far, reaped children included."""
    stats = [_stat(pid) for pid in tree(roots)]
    return sum(sum(int(n) for n in fields[11:15]) for fields in stats if fields) / TICKS


def rss_bytes(roots):
    """Resident memory of the trees; pages that processes share count for each."""
    stats = [_stat(pid) for pid in tree(roots)]
    return sum(int(fields[21]) for fields in stats if fields) * PAGE


def stop(process, seconds=60):
    """SIGTERM, then SIGKILL to what of the tree is left after the given time."""
    if process.poll() is not None:
        return
    pids = tree([process.pid])
    process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    if process.poll() is None:
        for pid in pids:
            if _stat(pid):
                os.kill(pid, signal.SIGKILL)
    process.wait()


class CpuLimit:
    """A CPU cgroup (v1 or v2) of 1.5 cores that this process, and so all it starts, is in. Without the right to make
    one, everything runs unlimited, and `text` says so."""

    def __init__(self):
        self.folder = None
        cores = os.cpu_count()
        self.text = f'none (no cpu cgroup could be made); {cores} cores shared by server and client'

    def enter(self):
        for root, set_up in (('/sys/fs/cgroup/cpu', self._v1), ('/sys/fs/cgroup', self._v2)):
            folder = pathlib.Path(root, f'harbor-bench-{os.getpid()}')
            try:
                folder.mkdir()
                set_up(folder)
                (folder / 'cgroup.procs').write_text(str(os.getpid()))
                self.folder = folder
                self.text = (f'server and client together limited to {QUOTA_MICROS / PERIOD_MICROS} cores by a cpu '
                             f'cgroup ({QUOTA_MICROS // 1000} ms each {PERIOD_MICROS // 1000} ms)')
                return
            except OSError:
                if folder.exists():
                    folder.rmdir()

    @staticmethod
    def _v1(folder):
        (folder / 'cpu.cfs_period_us').write_text(str(PERIOD_MICROS))
        (folder / 'cpu.cfs_quota_us').write_text(str(QUOTA_MICROS))

    @staticmethod
    def _v2(folder):
        (folder / 'cpu.max').write_text(f'{QUOTA_MICROS} {PERIOD_MICROS}')

    def add(self, roots):
        """Brings processes in that we did not start."""
        if self.folder:
            for pid in tree(roots):
                (self.folder / 'cgroup.procs').write_text(str(pid))

    def leave(self):
        if self.folder:
            for pid in (self.folder / 'cgroup.procs').read_text().split():
                try:
                    (self.folder.parent / 'cgroup.procs').write_text(pid)
                except ProcessLookupError:
                    continue
            self.folder.rmdir()
            self.folder = None


def tool(name, variable=None):
    """Path of a program: from the environment variable, else from PATH, else None."""
    given = os.environ.get(variable) if variable else None
    return given or shutil.which(name) or shutil.which(name, path='/usr/sbin:/sbin')
