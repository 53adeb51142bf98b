# SPDX-License-Identifier: Apache-2.0
"""What the head of each result says, and the lines of a run's progress."""
import datetime
import os
import pathlib
import platform


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
