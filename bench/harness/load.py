# SPDX-License-Identifier: Apache-2.0
"""Runs wrk, ab, curl and skopeo against a server and gives what was measured, with the server's CPU time."""
import json
import os
import re
import subprocess
import time

from . import processes
from .servers import BENCH, TARGET


class Failed(Exception):
    """The measurement is worthless; the message says why."""


class Unsupported(Exception):
    """The server does not offer what the row measures."""


def run(command, seconds, stdin=subprocess.DEVNULL):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, cwd=BENCH,
                              stdin=stdin)
    except subprocess.TimeoutExpired:
        raise Failed(f'{command[0]} took more than {seconds} s') from None
    if done.returncode:
        raise Failed(f'{command[0]}: {done.stderr.strip()[-300:] or done.stdout.strip()[-300:]}')
    return done.stdout


class Cpu:
    """CPU seconds of a server's process trees in a `with` block; None where its pids are not known."""

    def __init__(self, server):
        self.roots, self.used = server.roots(), None

    def __enter__(self):
        self.before, self.began = processes.cpu_seconds(self.roots), time.monotonic()
        return self

    def __exit__(self, *_):
        self.elapsed = time.monotonic() - self.began
        if self.roots:
            self.used = processes.cpu_seconds(self.roots) - self.before


def _request_result(requests, seconds, cpu, **more):
    result = {'value': requests / seconds, 'requests': requests, 'seconds': seconds, **more}
    if cpu.used is not None and requests:
        result['cpu_ms_per_request'] = cpu.used * 1000 / requests
    return result


def wrk(server, path, seconds, threads=2, connections=32, token=None, accept=None, script='report', arguments=()):
    """Requests per second, with 50th and 99th percentile in ms."""
    command = ['wrk', f'-t{threads}', f'-c{connections}', f'-d{max(1, round(seconds))}s', '--timeout', '20s',
               '-s', f'lua/{script}.lua']
    if token:
        command += ['-H', 'Authorization: Bearer ' + token]
    if accept:
        command += ['-H', 'Accept: ' + accept]
    with Cpu(server) as cpu:
        out = run(command + [server.url + path, '--', *map(str, arguments)], seconds + 60)
    found = re.search(r'^JSON (.*)$', out, re.M)
    if not found:
        raise Failed('wrk: ' + out[-300:])
    told = json.loads(found[1])
    if told['status'] or told['failed'] or not told['requests']:
        raise Failed(f'{told["requests"]} answers, {told["status"]} of them not 2xx, {told["failed"]} failures')
    return _request_result(told['requests'], told['micros'] / 1e6, cpu,
                           p50_ms=told['p50'] / 1000, p99_ms=told['p99'] / 1000)


def ab_head(server, path, seconds, token=None, accept=None):
    """HEAD requests per second over 32 kept connections (wrk hangs on HEAD)."""
    command = ['ab', '-q', '-k', '-i', '-c', '32', '-t', str(max(1, round(seconds))), '-n', '50000000', '-s', '20']
    if token:
        command += ['-H', 'Authorization: Bearer ' + token]
    if accept:
        command += ['-H', 'Accept: ' + accept]
    with Cpu(server) as cpu:
        out = run(command + [server.url + path], seconds + 60)
    requests = re.search(r'^Complete requests: +(\d+)', out, re.M)
    elapsed = re.search(r'^Time taken for tests: +([\d.]+)', out, re.M)
    wrong = re.search(r'^Non-2xx.*', out, re.M)
    if wrong or not requests or not elapsed:
        raise Failed('ab: ' + (wrong[0] if wrong else out[-300:]))
    # ab counts the connections that a server closes after some requests as failures of "length"; those are answers.
    broken = re.search(r'Connect: (\d+), Receive: (\d+)', out)
    if broken and (int(broken[1]) or int(broken[2])):
        raise Failed('ab: ' + broken[0])
    return _request_result(int(requests[1]), float(elapsed[1]), cpu)


def _transfer_result(size, seconds, cpu):
    result = {'value': size / 1e6 / seconds, 'seconds': seconds}
    if cpu.used is not None:
        result['cpu_s_per_gb'] = cpu.used * 1e9 / size
    return result


def download(server, path, size, token=None):
    """MB/s of one GET by curl."""
    command = ['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code} %{size_download} %{time_total}', '-m', '120']
    if token:
        command += ['-H', 'Authorization: Bearer ' + token]
    with Cpu(server) as cpu:
        status, received, seconds = run(command + [server.url + path], 130).split()
    if status != '200' or int(received) != size:
        raise Failed(f'GET: {status}, {received} bytes')
    return _transfer_result(size, float(seconds), cpu)


def send_file(server, method, path, file, token=None):
    """Sends a file by curl; status, Location and seconds. Through standard input, because curl would append the
    file's name to a path that ends with a slash; so the length has to be told."""
    command = ['curl', '-sS', '-X', method, '-T', '-', '-H', 'Expect:', '-H', 'Transfer-Encoding:',
               '-H', f'Content-Length: {os.path.getsize(file)}', '-H', 'Content-Type: application/octet-stream',
               '-o', '/dev/null', '-D', '-', '-m', '180', '-w', 'END %{http_code} %{time_total}']
    if token:
        command += ['-H', 'Authorization: Bearer ' + token]
    with open(file, 'rb') as content:
        out = run(command + [server.url + path], 190, content)
    status, seconds = re.search(r'END (\d+) ([\d.]+)', out).groups()
    location = re.search(r'^location: *(\S+)', out, re.M | re.I)
    return int(status), location[1] if location else None, float(seconds)


def upload(server, size, work):
    """MB/s of an upload; `work` does it and gives its seconds."""
    os.sync()
    with Cpu(server) as cpu:
        seconds = work()
    return _transfer_result(size, seconds, cpu)


def skopeo(server, copies):
    """Seconds for skopeo copies that run at the same time; each a pair of source and destination."""
    auth = TARGET / 'auth.json'
    auth.write_text('{"auths":{}}')
    os.sync()
    with Cpu(server) as cpu:
        clients = [subprocess.Popen(_skopeo_command(server, source, destination), stdin=subprocess.DEVNULL,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                    env={**os.environ, 'REGISTRY_AUTH_FILE': str(auth)})
                   for source, destination in copies]
        errors = []
        for client in clients:
            try:
                _, error = client.communicate(timeout=180)
                if client.returncode:
                    errors.append(error.strip()[-300:])
            except subprocess.TimeoutExpired:
                client.kill()
                errors.append('more than 180 s')
    if errors:
        raise Failed('skopeo: ' + errors[0])
    result = {'value': cpu.elapsed, 'seconds': cpu.elapsed}
    if cpu.used is not None:
        result['cpu_s'] = cpu.used
    return result


def _skopeo_command(server, source, destination):
    command = ['skopeo', '--insecure-policy', 'copy', '-q']
    for side, name in (('src', source), ('dest', destination)):
        if name.startswith('docker://'):
            command.append(f'--{side}-tls-verify=false')
            if server.client.user:
                command += [f'--{side}-creds', f'{server.client.user}:{server.client.password}']
    return command + [source, destination]
