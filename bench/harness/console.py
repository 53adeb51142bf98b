# SPDX-License-Identifier: Apache-2.0
"""The command bench/console: see README.md."""
import argparse
import datetime
import gzip
import html
import json
import math
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

from . import catalogue, processes
from .browser import Browser
from .client import Client
from .facts import execute, machine, say
from .images import MIB
from .report import figure, table, verdict
from .servers import PASSWORD, TARGET, Ours, git_version

SAMPLE, LARGE = catalogue.SAMPLE, catalogue.LARGE + '/app'
USER_PASSWORD = 'Console-1234'
PAINTS = 3
CLICKS = 20
PAINT_LIMIT, TABLE_LIMIT, FILES_LIMIT, SESSION_LIMIT, CLICK_LIMIT = 1000, 300, 400, 2, 1000
THINK_SECONDS = 5
WARM_SECONDS = 40

PAGES = {
    'sign-in': 'sign-in', 'projects': 'project-list', 'project': f'project?name={catalogue.LARGE}',
    'repositories': f'project-repositories?name={catalogue.LARGE}',
    'members': f'project-members?name={catalogue.LARGE}',
    'configuration': f'project-configuration?name={catalogue.LARGE}', 'repository': f'repository?name={LARGE}',
    'repository, description': f'repository-info?name={SAMPLE}',
    'artifact': f'artifact?name={SAMPLE}&reference=1',
    'artifact, layers': f'artifact?name={SAMPLE}&reference=1&tab=layers',
    'compare': f'compare?a={SAMPLE}:1&b={SAMPLE}:2', 'search': 'search?q=bench-0042', 'users': 'user-list',
    'account': 'account', 'registries': 'registry-list', 'replication rules': 'replication-list',
    'replication rule': 'replication-rule?id={rule}', 'replication runs': 'replication-executions?rule={rule}',
    'replication run': 'replication-execution?id={run}', 'error': 'nothing-here'}
RUN_SECONDS = 60
TABLES = {
    'projects, page': lambda i: f'project-list?page={1 + 37 * i % 600}',
    'projects, sorted': lambda i: 'project-list?sort=' + ('-name', 'creation_time', '-creation_time', 'name')[i % 4],
    'projects, filtered': lambda i: f'project-list?filter={1000 + 379 * i % 9000}',
    'repositories, page': lambda i: f'project-repositories?name={catalogue.LARGE}&page=1&sort=-name',
    'artifacts, page': lambda i: f'repository?name={LARGE}&page={1 + 41 * i % 600}',
    'artifacts, sorted': lambda i: (f'repository?name={LARGE}&sort='
                                    + ('size', '-size', 'push_time', '-push_time')[i % 4]),
    'artifacts, filtered': lambda i: f'repository?name={LARGE}&filter=v{i % 10}',
    'users, page': lambda i: f'user-list?page={1 + i % 10}',
    'search': lambda i: f'search?q=bench-0{100 + 31 * i % 900}'}


class Visitor:
    """A user with cookies; files are taken to be in the browser's cache."""

    def __init__(self, url, seed=0):
        self.client, self.cookies, self.random = Client(url), {}, random.Random(seed)

    def send(self, method, address, body=None):
        headers = {'Cookie': '; '.join(f'{k}={v}' for k, v in self.cookies.items()), 'Accept': 'text/html',
                   'Accept-Encoding': 'gzip', 'Accept-Language': 'en', 'Origin': self.client.url}
        if body is not None:
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
        status, answered, content = self.client.send(method, address, body, headers)
        for cookie in answered.get_all('Set-Cookie') or []:
            name, _, value = cookie.partition(';')[0].partition('=')
            self.cookies[name] = value
        return status, answered, content

    def page(self, address):
        """Milliseconds for a page, which has to be there."""
        began = time.monotonic()
        status, _, body = self.send('GET', '/harbor/' + address)
        took = (time.monotonic() - began) * 1000
        if status != 200:
            raise RuntimeError(f'GET {address}: {status} {body[:200]!r}')
        return took

    def sign_in(self, name, password):
        """Sends the form as a browser without scripts does."""
        status, _, content = self.send('GET', '/harbor/sign-in')
        text = _text(content)
        form = re.search(r'<form[^>]*id="sign-in".*?</form>', text, re.S)[0]
        action = html.unescape(re.search(r'action="([^"]*)"', form)[1])
        fields = {html.unescape(re.search(r'name="([^"]*)"', field)[1]):
                  html.unescape((re.search(r'value="([^"]*)"', field) or ['', ''])[1])
                  for field in re.findall(r'<input[^>]*>', form) if 'name="' in field}
        fields.update({'sign-in:name': name, 'sign-in:password': password, 'sign-in:submit': ''})
        status, headers, content = self.send('POST', action, urllib.parse.urlencode(fields))
        if status not in (302, 303):
            raise RuntimeError(f'sign-in: {status} {re.sub("<[^>]*>", " ", _text(content))[-300:]!r}')


def _text(content):
    return (gzip.decompress(content) if content[:2] == b'\x1f\x8b' else content).decode()


class Bench:
    def __init__(self, chosen):
        self.chosen = chosen
        self.projects, self.artifacts = (200, 2000) if chosen.quick else (10_000, 100_000)
        self.users, self.seconds = (10, 10) if chosen.quick else (200, 60)
        self.began = datetime.datetime.now(datetime.timezone.utc)
        self.ours = Ours(chosen.port)
        self.rows, self.failed, self.browser, self.folder = [], [], None, TARGET / 'chromium'
        self.counts, self.pages = [0, 0, 0, 0], {}
        os.environ['HARBOR_ALLOW_LOOPBACK_TARGETS'] = 'true'  # it replicates to itself

    def say(self, what, unit, value, limit, note=''):
        met = value <= limit
        self.rows.append([what, unit, figure(value), f'≤ {limit:,}', verdict(met), note])
        say(f'{what:36} {value:10.2f} {unit:4} {"" if met else "MISSED"} {note}')

    def start(self):
        shutil.rmtree(self.ours.data, ignore_errors=True)
        self.ours.start()
        client = self.ours.client
        catalogue.create_large(client)
        catalogue.push_sample(client)
        catalogue.push_sample(client, tag='2')
        self.counts = catalogue.fill(catalogue.database(self.ours.data), self.projects, self.artifacts)
        say(f'projects, repositories, artifacts, tags: {self.counts}')
        for i in range(self.users):
            self.created('/users', {'username': f'bench{i}', 'email': f'bench{i}@example.org',
                                    'realname': f'Bench {i}', 'password': USER_PASSWORD})
        rule, run = self.replicate()
        self.pages = {title: address.format(rule=rule, run=run) for title, address in PAGES.items()}
        self.ours.stop()  # it remembers what was there before the rows came
        self.ours.start()
        say(f'{self.users} users are there')

    def created(self, path, body):
        """Makes something by the REST API; its address."""
        client = self.ours.client
        status, headers, answer = client.send('POST', '/api/v2.0' + path, json.dumps(body), {
            'Authorization': client.basic, 'Content-Type': 'application/json'})
        if status != 201:
            raise RuntimeError(f'POST {path}: {status} {answer[:200]!r}')
        return headers['Location']

    def replicate(self):
        """A rule that has run once, from this server to itself; the numbers of both."""
        def number(address):
            return int(address.rpartition('/')[2])

        registry = number(self.created('/registries', {
            'name': 'bench', 'type': 'harbor', 'url': self.ours.url,
            'credential': {'type': 'basic', 'access_key': 'admin', 'access_secret': PASSWORD}}))
        rule = number(self.created('/replication/policies', {
            'name': 'bench', 'enabled': True, 'dest_registry': {'id': registry}, 'dest_namespace': 'bench-copies',
            'filters': [{'type': 'name', 'value': SAMPLE}]}))
        run = number(self.created('/replication/executions', {'policy_id': rule}))
        client, deadline = self.ours.client, time.monotonic() + RUN_SECONDS
        while time.monotonic() < deadline:
            _, _, body = client.send('GET', f'/api/v2.0/replication/executions/{run}', None,
                                     {'Authorization': client.basic})
            state = json.loads(body)['status']
            if state == 'Succeed':
                return rule, run
            if state in ('Failed', 'Stopped'):
                break
            time.sleep(0.1)
        raise RuntimeError(f'run {run} of the rule: {body[:300]!r}')

    def warm(self):
        """For the compiler: each page some times."""
        self.admin = Visitor(self.ours.url)
        self.admin.sign_in('admin', PASSWORD)
        began = time.monotonic()
        for _ in range(3 if self.chosen.quick else 40):
            for address in [*self.pages.values(), *(make(_) for make in TABLES.values())]:
                if time.monotonic() - began < WARM_SECONDS:
                    self.admin.send('GET', '/harbor/' + address)

    def guarded(self, what, work):
        try:
            work()
        except (RuntimeError, OSError, KeyError, TypeError) as failure:
            self.failed.append(f'{what}: {failure}')
            say(f'{what} FAILED {failure}')

    def paints(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.browser = Browser(self.folder)
        self.browser.open(self.ours.url + '/harbor/project-list')
        self.browser.forget_files()
        first = self.browser.open(self.ours.url + '/harbor/project-list')
        again = self.browser.open(self.ours.url + '/harbor/project-list')
        self.say('scripts and styles, first load', 'KB', first['bytes'] / 1000, FILES_LIMIT,
                 f'{first["files"]} files, as they are sent, with headers')
        self.say('scripts and styles, second load', 'KB', again['bytes'] / 1000, 0, 'from the cache')
        for name, value in self.admin.cookies.items():
            self.browser.cookie(self.ours.url, name, value)
        for title, address in self.pages.items():
            self.guarded(title, lambda: self.paint(title, address))

    def paint(self, title, address):
        if title == 'sign-in':
            self.browser.call('Network.clearBrowserCookies')
        found = [self.browser.open(self.ours.url + '/harbor/' + address) for _ in range(PAINTS)]
        if title == 'sign-in':
            for name, value in self.admin.cookies.items():
                self.browser.cookie(self.ours.url, name, value)
        if title != 'error' and found[-1]['status'] != 200:
            say(f'{title}: there is no such page ({found[-1]["status"]})')
            return
        paint = statistics.median(one['paint'] for one in found)
        self.say(f'first contentful paint, {title}', 'ms', paint, PAINT_LIMIT,
                 f'{statistics.median(one["first"] for one in found):.0f} ms to the first byte')

    def tables(self):
        for title, address in TABLES.items():
            self.guarded(title, lambda: self.say(f'table, {title}', 'ms', p95(
                [self.admin.page(address(i)) for i in range(CLICKS)]), TABLE_LIMIT, f'p95 of {CLICKS}'))

    def path(self, visitor, clicks):
        """The main path: projects, one of them, its repository, an image, what is in it, a search."""
        number = visitor.random.randrange(1, self.projects) // 2 * 2 + 1
        project = f'bench-{min(number, self.projects - 1):05d}'
        public = f'bench-{2 * (visitor.random.randrange(2, self.projects) // 2):05d}'
        addresses = ['project-list', f'project-list?page={visitor.random.randrange(1, 50)}',
                     f'project-repositories?name={public}', f'repository?name={public}/app', f'search?q={project[:9]}',
                     'account']
        return addresses[clicks % len(addresses)]

    def load(self):
        """Users click each at its own time; what takes longer than the pause delays the next click of that user."""
        before = self.heap()
        visitors = [Visitor(self.ours.url, i) for i in range(self.users)]
        began = time.monotonic()
        for i, visitor in enumerate(visitors):
            visitor.sign_in(f'bench{i}', USER_PASSWORD)
        say(f'{self.users} signed in within {time.monotonic() - began:.0f} s')
        took, errors = [], []
        cpu = processes.cpu_seconds(self.ours.roots())
        end = time.monotonic() + self.seconds

        def clicking(visitor):
            time.sleep(visitor.random.random() * THINK_SECONDS)
            clicks = 0
            due = time.monotonic()
            while due < end:
                try:
                    took.append(visitor.page(self.path(visitor, clicks)))
                except (RuntimeError, OSError) as failure:
                    errors.append(str(failure))
                clicks += 1
                due = max(due + THINK_SECONDS, time.monotonic())
                time.sleep(max(0, due - time.monotonic()))

        threads = [threading.Thread(target=clicking, args=(visitor,)) for visitor in visitors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        cpu = processes.cpu_seconds(self.ours.roots()) - cpu
        if errors:
            raise RuntimeError(f'{len(errors)} of {len(took) + len(errors)} clicks failed: {errors[0]}')
        self.say(f'{self.users} users, a click each {THINK_SECONDS} s', 'ms', p95(took), CLICK_LIMIT,
                 f'p95 of {len(took)}; median {statistics.median(took):.0f} ms; '
                 f'{cpu * 1000 / len(took):.0f} ms of CPU a click')
        self.say('state of a session', 'MB', (self.heap() - before) / MIB / self.users, SESSION_LIMIT,
                 f'heap after a full collection, by {self.users} sessions')

    def heap(self):
        """Bytes of living objects."""
        for pid in processes.tree(self.ours.roots()):
            command = pathlib.Path(f'/proc/{pid}/cmdline').read_bytes()
            if b'jboss-modules' in command:
                out = subprocess.run(['jcmd', str(pid), 'GC.class_histogram'], capture_output=True, text=True).stdout
                return int(re.search(r'^Total +\d+ +(\d+)', out, re.M)[1])
        raise RuntimeError('the application server was not found')

    def run(self):
        self.start()
        self.warm()
        say('warm')
        for what, work in (('paints', self.paints), ('tables', self.tables), ('load', self.load)):
            if not self.chosen.only or what in self.chosen.only.split(','):
                self.guarded(what, work)

    def stop(self):
        if self.browser:
            self.browser.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.ours.stop()
        shutil.rmtree(self.ours.data, ignore_errors=True)

    def write(self):
        facts = {**machine(self.began), 'CPU': f'{os.cpu_count()} cores, shared by server, browser and load',
                 'Catalogue': '{:,} projects, {:,} repositories, {:,} artifacts, {:,} tags'.format(*self.counts),
                 'Harbor EE': f'revision {git_version()}, after a warm-up of {WARM_SECONDS} s'}
        lines = ['# Console', '', *(f'- {name}: {text}' for name, text in facts.items()), '',
                 f'Paints are the median of {PAINTS} with files in the browser\'s cache, tables the time of an answer.',
                 '', *table(['row', 'unit', 'Harbor EE', 'goal', '', 'how'], self.rows)]
        if self.failed:
            lines += ['', '## Failed', '', *(f'- {text}' for text in self.failed)]
        output = self.chosen.output or TARGET / 'console.md'
        output.write_text('\n'.join(lines) + '\n')
        say(f'written: {output}')


def p95(values):
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def main():
    parser = argparse.ArgumentParser(prog='bench/console', description=__doc__)
    parser.add_argument('--only', default='', help='paints,tables,load')
    parser.add_argument('--quick', action='store_true', help='small sizes: does it work? No figures')
    parser.add_argument('--port', type=int, default=18720)
    parser.add_argument('--output', type=pathlib.Path, help='of the table; target/console.md')
    TARGET.mkdir(exist_ok=True)
    return execute(Bench(parser.parse_args()))


sys.exit(main())
