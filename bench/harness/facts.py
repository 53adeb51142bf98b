# SPDX-License-Identifier: Apache-2.0
"""What the head of each result says, the lines of a run's progress, and how a run ends."""
import datetime
import os
import pathlib
import platform
import signal
import sys
import traceback


def machine(began):
    """When the run was, and on what."""
    took = (datetime.datetime.now(datetime.timezone.utc) - began).seconds // 60
    return {
        'When': f'{began:%Y-%m-%d %H:%M} UTC, {took} minutes',
        'Machine': f'{cpu_model()}, {os.cpu_count()} cores, Linux {platform.release()}; data folders on disk',
    }


def cpu_model():
    lines = pathlib.Path('/proc/cpuinfo').read_text().splitlines()
    return next((line.partition(':')[2].strip() for line in lines if line.startswith('model name')), 'unknown CPU')


def say(text):
    print(f'{datetime.datetime.now():%H:%M:%S} {text}', flush=True)


def execute(bench):
    """Runs it, stops what it has started, however it ends, and writes what was measured. The exit code: 1 if anything
    failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        bench.run()
    except (Exception, SystemExit):
        traceback.print_exc()
        bench.failed.append('the run ended early')
    finally:
        bench.stop()
    bench.write()
    return 1 if bench.failed else 0
