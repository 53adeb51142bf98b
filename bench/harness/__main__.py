# SPDX-License-Identifier: Apache-2.0
"""The command: see README.md."""
import argparse
import collections
import datetime
import json
import pathlib
import shutil
import signal
import sys
import time
import traceback

from . import processes
from .client import UnexpectedAnswer
from .facts import machine, say
from .load import Failed, Unsupported
from .report import MEASURED_ONCE, Report
from .rows import ROWS, Lab, Sizes
from .servers import TARGET, discover

SETTLE_SECONDS = 15


def options():
    parser = argparse.ArgumentParser(prog='bench/run', description=__doc__)
    parser.add_argument('--only', default='', help='rows whose name begins with one of these, comma between')
    parser.add_argument('--skip', default='', help='rows that are left out, likewise')
    parser.add_argument('--servers', default='', help='ours,registry2,registry3,zot,harbor,nginx')
    parser.add_argument('--quick', action='store_true', help='small sizes, one short run: does it work? No figures')
    parser.add_argument('--runs', type=int)
    parser.add_argument('--seconds', type=float, help='of each run of requests')
    parser.add_argument('--port', type=int, default=18500, help='first of ten ports')
    parser.add_argument('--no-limit', action='store_true', help='all cores instead of 1.5')
    parser.add_argument('--output', type=pathlib.Path, help='of the table; target/results.md')
    parser.add_argument('--list', action='store_true', help='names of all rows')
    return parser.parse_args()


def names(text):
    return tuple(filter(None, text.split(',')))


class Bench:
    def __init__(self, chosen, sizes, servers, rows, limit):
        self.chosen, self.sizes, self.servers, self.rows, self.limit = chosen, sizes, servers, rows, limit
        self.measured = collections.defaultdict(lambda: collections.defaultdict(list))
        self.failed = collections.defaultdict(dict)
        self.unsupported = collections.defaultdict(dict)
        self.lab = Lab(sizes)
        self.began = datetime.datetime.now(datetime.timezone.utc)

    def wanted(self, row):
        return (not names(self.chosen.only) or row.startswith(names(self.chosen.only))) and not (
            names(self.chosen.skip) and row.startswith(names(self.chosen.skip)))

    def guarded(self, row, server, work):
        """Does the work unless the row has failed for this server already; notes why it fails."""
        if server.key in self.failed[row] or server.key in self.unsupported[row]:
            return None
        try:
            return work()
        except Unsupported as reason:
            self.unsupported[row][server.key] = str(reason)
            return None
        except (Failed, UnexpectedAnswer, OSError, RuntimeError) as failure:
            self.failed[row][server.key] = str(failure)[:300] or type(failure).__name__
            say(f'{row:24} {server.key:10} FAILED {failure}')
            return None

    def start(self, server):
        seconds = server.start()
        self.limit.add(server.roots() if not server.restartable() else [])
        return seconds

    def start_all(self):
        """First start of each server, then restarts for the time that a start takes, then idle memory."""
        for server in list(self.servers):
            shutil.rmtree(server.data, ignore_errors=True)
            if self.guarded('first-start', server, lambda: self.note('first-start', server, self.start(server))):
                self.restart(server)
            else:
                self.servers.remove(server)
        if self.wanted('rss-idle'):
            time.sleep(SETTLE_SECONDS)
            self.memory('rss-idle')

    def restart(self, server):
        for _ in range(self.sizes.runs if self.wanted('start') and server.restartable() else 0):
            server.stop()
            self.note('start', server, self.start(server))

    def memory(self, row):
        for server in self.servers:
            if server.roots():
                self.note(row, server, processes.rss_bytes(server.roots()) / 1e6)

    def note(self, row, server, value):
        if value is not None:
            self.measured[row][server.key].append({'value': value})
            say(f'{row:24} {server.key:10} {value:12,.2f}')
        return True

    def measure_all(self):
        for row in self.rows:
            ready = [server for server in self.servers if row.applies(server)
                     and self.guarded(row.id, server, lambda: self.prepare(row, server))]
            for run in range(self.sizes.runs):
                # Each server is first in turn, so that what happens meanwhile on the machine meets all.
                shift = run % max(1, len(ready))
                for server in ready[shift:] + ready[:shift]:
                    self.measure(row, server)
        if self.wanted('rss-loaded'):
            self.memory('rss-loaded')

    def prepare(self, row, server):
        for what in row.needs:
            began = time.monotonic()
            self.lab.seed(server, what)
            if time.monotonic() - began > 1:
                say(f'{"seeding " + what:24} {server.key:10} {time.monotonic() - began:12.1f} s')
        if row.warm:
            self.warm(row, server)
        return True

    def warm(self, row, server):
        """For the compiler of a JVM: at least so many requests, or two transfers, of the very kind; bounded."""
        wanted = self.sizes.warm_requests if not server.peer else 1
        done, times, began = 0, 0, time.monotonic()
        while done < wanted and times < 200 and time.monotonic() - began < self.sizes.warm_seconds:
            result = row.measure(self.lab, server, 1 if server.peer else self.sizes.seconds)
            times += 1
            done += result.get('requests', wanted / 2)

    def measure(self, row, server):
        result = self.guarded(row.id, server, lambda: row.measure(self.lab, server, self.sizes.seconds))
        if result:
            self.measured[row.id][server.key].append(result)
            cost = next((f'{result[key]:8.3f} {key}' for key in ('cpu_ms_per_request', 'cpu_s_per_gb', 'cpu_s')
                         if key in result), '')
            say(f'{row.id:24} {server.key:10} {result["value"]:12,.2f} {row.unit:8} {cost}')

    def facts(self):
        kind = 'QUICK RUN: small sizes, no figures to compare; ' if self.chosen.quick else ''
        return {
            **machine(self.began),
            'CPU': self.limit.text,
            'Runs': f'{kind}{self.sizes.runs} of {self.sizes.seconds:g} s each, servers in turn, after a warm-up of '
                    f'{self.sizes.warm_requests:,} requests a kind (at most {self.sizes.warm_seconds:g} s) for '
                    'Harbor EE',
            'Harbor EE': 'token authentication on, durable writes; revision '
                         + next((server.version for server in self.servers if not server.peer), '-')
                         + '. Peers: no authentication, their own defaults',
        }

    def write(self):
        TARGET.mkdir(exist_ok=True)
        report = Report(self.servers, self.measured, {k: v for k, v in self.failed.items() if v}, self.facts())
        raw = {'facts': self.facts(), 'servers': {server.key: server.version for server in self.servers},
               'measured': self.measured, 'failed': self.failed, 'unsupported': self.unsupported}
        (TARGET / f'{self.began:%Y%m%d-%H%M%S}.json').write_text(json.dumps(raw, indent=1))
        output = self.chosen.output or TARGET / 'results.md'
        output.write_text(report.markdown())
        say(f'written: {output}')


def main():
    chosen = options()
    if chosen.list:
        print('\n'.join([*MEASURED_ONCE, *(row.id for row in ROWS)]))
        return 0
    sizes = Sizes.quick() if chosen.quick else Sizes()
    sizes.runs, sizes.seconds = chosen.runs or sizes.runs, chosen.seconds or sizes.seconds
    TARGET.mkdir(exist_ok=True)
    servers, missing = discover(names(chosen.servers), chosen.port)
    if missing:
        say('not found, so not measured: ' + ', '.join(missing))
    limit = processes.CpuLimit()
    bench = Bench(chosen, sizes, servers, [], limit)
    bench.rows = [row for row in ROWS if bench.wanted(row.id)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if not chosen.no_limit:
            limit.enter()
        say('CPU: ' + limit.text)
        bench.start_all()
        bench.measure_all()
    except KeyboardInterrupt:
        say('interrupted')
    except Exception:  # what was measured is still written; the exit code tells
        traceback.print_exc()
        bench.failed['run']['all'] = 'ended early'
    finally:
        for server in servers:
            server.stop()
        limit.leave()
        bench.write()
        shutil.rmtree(TARGET / 'data', ignore_errors=True)
    return 1 if any(bench.failed.values()) else 0


sys.exit(main())
