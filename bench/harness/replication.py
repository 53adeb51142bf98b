# SPDX-License-Identifier: Apache-2.0
"""The command bench/replication: see README.md."""
import argparse
import base64
import datetime
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import threading
import time

from . import load, processes
from .client import MANIFEST, pull, push
from .facts import execute, machine, say
from .images import MIB, Sample, digest_of
from .imageset import ImageSet, warm
from .report import figure, table, verdict
from .servers import PASSWORD, ROOT, TARGET, Distribution, Ours, distribution_v3, git_version

TOOL_SECONDS = 500
# As many at once as a node runs replication tasks.
AT_ONCE = 6
TERMINAL = ('Succeed', 'Failed', 'Stopped')
EVENT_RUNS = 20
WARM_RUNS = 40
TOOLS = ROOT / 'target/tools/bin'


class Side:
    """A registry as a tool names it."""

    def __init__(self, server):
        self.server = server
        self.host = f'127.0.0.1:{server.port}'
        self.user = server.client.user

    def auths(self):
        text = base64.b64encode(f'{self.user}:{PASSWORD}'.encode()).decode()
        return {self.host: {'auth': text}} if self.user else {}


class Copy:
    """What is copied from where to where; names stay as they are."""

    def __init__(self, source, target, images):
        self.source, self.target, self.images = source, target, images


class Skopeo:
    key, title = 'skopeo', 'skopeo sync'

    def available(self):
        return shutil.which('skopeo')

    def version(self):
        return subprocess.run(['skopeo', '--version'], capture_output=True, text=True).stdout.split()[-1]

    def run(self, copy):
        listed = TARGET / 'skopeo-sync.yml'
        lines = [f'"{copy.source.host}":', '  tls-verify: false', '  images:']
        listed.write_text('\n'.join(lines + [f'    {name}: []' for name in copy.images.names]) + '\n')
        auth = TARGET / 'auth.json'
        auth.write_text(json.dumps({'auths': {**copy.source.auths(), **copy.target.auths()}}))
        _run(['skopeo', '--insecure-policy', 'sync', '--src', 'yaml', '--dest', 'docker', '--dest-tls-verify=false',
              str(listed), f'{copy.target.host}/{copy.images.prefix}'], {'REGISTRY_AUTH_FILE': str(auth)})


class EachRepository:
    """A Go program that copies one repository with all its tags; several run at the same time."""

    def available(self):
        return self.program() is not None

    def program(self):
        built = TOOLS / self.key
        return str(built) if built.exists() else shutil.which(self.key)

    def version(self):
        out = subprocess.run(['go', 'version', '-m', self.program()], capture_output=True, text=True).stdout
        return next((line.split()[2] for line in out.splitlines() if line.split()[:1] == ['mod']), '')

    def run(self, copy):
        environment = self.environment(copy)
        commands = ''.join(f'{copy.source.host}/{name} {copy.target.host}/{name}\n' for name in copy.images.names)
        _run(['xargs', '-P', str(AT_ONCE), '-n', '2', self.program(), *self.arguments], environment, commands)


class Crane(EachRepository):
    key, title, arguments = 'crane', 'crane copy --all-tags', ('copy', '--insecure', '--all-tags')

    def environment(self, copy):
        folder = TARGET / 'crane'
        folder.mkdir(exist_ok=True)
        (folder / 'config.json').write_text(json.dumps({'auths': {**copy.source.auths(), **copy.target.auths()}}))
        return {'DOCKER_CONFIG': str(folder)}


class Regctl(EachRepository):
    key, title, arguments = 'regctl', 'regctl repo copy', ('repo', 'copy')

    def environment(self, copy):
        config = TARGET / 'regctl.json'
        hosts = {}
        for side in (copy.source, copy.target):
            hosts[side.host] = {'tls': 'disabled', **({'user': side.user, 'pass': PASSWORD} if side.user else {})}
        config.write_text(json.dumps({'hosts': hosts}))
        return {'REGCTL_CONFIG': str(config)}


class Replication:
    """A policy of Harbor EE, started by hand."""
    key, title = 'ours', 'Harbor EE'

    def __init__(self, ours):
        self.ours, self.policies, self.registries = ours, {}, {}

    def available(self):
        return True

    def version(self):
        return git_version()

    def api(self, method, path, body=None):
        headers = {'Authorization': self.ours.client.basic, 'Content-Type': 'application/json'}
        status, answered, content = self.ours.client.send(method, '/api/v2.0' + path,
                                                          json.dumps(body) if body is not None else None, headers)
        if status not in (200, 201):
            raise load.Failed(f'{method} {path}: {status} {content[:200]!r}')
        return answered, json.loads(content) if content else None

    def created(self, path, body):
        return int(self.api('POST', path, body)[0]['Location'].rpartition('/')[2])

    def registry(self, side):
        if side.host not in self.registries:
            self.registries[side.host] = self.created('/registries', {
                'name': f'r{side.server.port}', 'type': 'docker-registry', 'url': 'http://' + side.host})
        return {'id': self.registries[side.host]}

    def policy(self, copy, **more):
        key = copy.source.host, copy.target.host, copy.images.prefix
        if key not in self.policies:
            sides = {'src_registry': self.registry(copy.source)} if copy.target.user else {
                'dest_registry': self.registry(copy.target)}
            self.policies[key] = self.created('/replication/policies', {
                'name': f'p{len(self.policies)}', **sides, 'enabled': True, 'override': True,
                'filters': [{'type': 'name', 'value': copy.images.prefix + '/**'}], **more})
        return self.policies[key]

    def run(self, copy):
        execution = self.created('/replication/executions', {'policy_id': self.policy(copy)})
        path = f'/replication/executions/{execution}'
        deadline = time.monotonic() + TOOL_SECONDS
        while (state := self.api('GET', path)[1])['status'] not in TERMINAL:
            if time.monotonic() > deadline:
                raise load.Failed(f'execution {execution} took more than {TOOL_SECONDS} s: {state}')
            time.sleep(0.05)
        if state['status'] != 'Succeed':
            tasks = self.api('GET', path + '/tasks?page_size=1&status=Failed')[1]
            log = self.ours.client.send('GET', f'/api/v2.0{path}/tasks/{tasks[0]["id"]}/log', None, {
                'Authorization': self.ours.client.basic})[2] if tasks else b''
            raise load.Failed(f'execution {execution}: {state}; {log[-600:]!r}')


def _run(command, environment, text=None):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TOOL_SECONDS, input=text,
                              env={**os.environ, **environment})
    except subprocess.TimeoutExpired:
        raise load.Failed(f'{command[0]} took more than {TOOL_SECONDS} s') from None
    if done.returncode:
        raise load.Failed(f'{command[0]}: {done.stderr.strip()[-300:]}')


class Watch:
    """Seconds, CPU seconds of all that this program started (registries and tools), and the server's most memory."""

    def __init__(self, server):
        self.server, self.rss, self.ended = server, 0, threading.Event()

    def __enter__(self):
        self.thread = threading.Thread(target=self._sample)
        self.thread.start()
        self.cpu, self.began = processes.cpu_seconds([os.getpid()]), time.monotonic()
        return self

    def _sample(self):
        while True:
            self.rss = max(self.rss, processes.rss_bytes(self.server.roots()))
            if self.ended.wait(0.5):
                return

    def __exit__(self, *_):
        self.seconds = time.monotonic() - self.began
        self.cpu = processes.cpu_seconds([os.getpid()]) - self.cpu
        self.ended.set()
        self.thread.join()


class Bench:
    def __init__(self, chosen):
        self.chosen = chosen
        quick = chosen.quick
        self.sizes = dict(repositories=12, tags=3, layers=20, size=MIB) if quick else {}
        self.warm_sizes = dict(repositories=20, tags=5 if not quick else 1, layers=20, size=MIB // 4)
        self.seconds = 5 if quick else 60
        self.began = datetime.datetime.now(datetime.timezone.utc)
        self.results, self.failed = {}, []
        self.body = ImageSet.body(self.sizes.get('size', 5 * MIB))
        self.warm_body = ImageSet.body(MIB // 4)
        self.servers = []
        os.environ['HARBOR_ALLOW_LOOPBACK_TARGETS'] = 'true'
        self.ours = Ours(chosen.port)
        self.source = self.distribution('source')
        self.replication = Replication(self.ours)
        self.tools = [self.replication, *(tool for tool in (Skopeo(), Regctl(), Crane()) if tool.available()
                                          and (not chosen.tools or tool.key in chosen.tools.split(',')))]

    def distribution(self, key):
        port = self.chosen.port + 1 + len([server for server in self.servers if server is not self.ours])
        server = Distribution(port, key, 'distribution', distribution_v3())
        self.servers.append(server)
        return server

    def wanted(self, phase):
        return not self.chosen.only or phase in self.chosen.only.split(',')

    def start(self):
        for server in (self.ours, self.source):
            shutil.rmtree(server.data, ignore_errors=True)
        self.sets = {}
        keys = ['warm', 'ours', *([tool.key for tool in self.tools[1:]] if self.wanted('pull') else []),
                *(['replicated', 'copied'] if self.wanted('beside') else [])]
        for number, key in enumerate(keys):
            sizes, body = (self.warm_sizes, self.warm_body) if key == 'warm' else (self.sizes, self.body)
            self.sets[key] = ImageSet(number, 'bench-' + key, **sizes)
            self.sets[key].write(self.source.data, body)
        warm(self.source.data)
        os.sync()
        self.source.start()
        self.ours.start()
        self.servers.insert(0, self.ours)
        for key in self.sets:
            self.replication.api('POST', '/projects', {'project_name': 'bench-' + key})
        say(f'{len(self.sets)} sets are in place')

    def measured(self, row, tool, copy):
        try:
            os.sync()
            with Watch(self.ours) as watch:
                tool.run(copy)
            result = {'seconds': watch.seconds, 'cpu': watch.cpu, 'rss': watch.rss / 1e6,
                      'images': copy.images.images, 'bytes': copy.images.bytes}
            self.results.setdefault(row, {})[tool.key] = result
            say(f'{row:14} {tool.key:8} {watch.seconds:8.2f} s {copy.images.images / watch.seconds:8.1f} images/s '
                f'{copy.images.bytes / 1e6 / watch.seconds:8.1f} MB/s {watch.cpu:7.1f} CPU-s')
        except (load.Failed, OSError) as failure:
            self.failed.append(f'{row}, {tool.key}: {failure}')
            say(f'{row:14} {tool.key:8} FAILED {failure}')

    def twice(self, row, tool, copy):
        self.measured(row, tool, copy)
        self.measured(row + '-again', tool, copy)

    def checked(self, copy):
        """The last image of the set is on the other side, byte for byte."""
        name, tag = copy.images.names[-1], f't{copy.images.tags - 1}'
        found = []
        for side in (copy.source, copy.target):
            scopes = (pull(name),)
            found.append(side.server.client.call('GET', f'/v2/{name}/manifests/{tag}', (200,), None,
                                                 {'Accept': MANIFEST}, scopes)[2])
        if found[0] != found[1]:
            raise load.Failed(f'{name}:{tag} is another one on the other side')

    def warm_up(self, target):
        """The JVM's compiler sees the very work, both ways: once with images to copy, then with nothing to do."""
        here = Copy(Side(self.source), Side(self.ours), self.sets['warm'])
        there = Copy(Side(self.ours), Side(target), self.sets['warm'])
        for _ in range(WARM_RUNS):
            self.replication.run(here)
            self.replication.run(there)

    def pulls(self):
        for tool in self.tools:
            copy = Copy(Side(self.source), Side(self.ours), self.sets[tool.key])
            self.twice('pull', tool, copy)
            self.checked(copy)

    def pushes(self):
        """All of the same set, each into an empty registry of its own, one after the other."""
        images = self.sets['ours']
        for tool in self.tools:
            target = self.distribution('target-' + tool.key)
            shutil.rmtree(target.data, ignore_errors=True)
            target.start()
            copy = Copy(Side(self.ours), Side(target), images)
            self.twice('push', tool, copy)
            self.checked(copy)
            target.stop()
            shutil.rmtree(target.data, ignore_errors=True)

    def events(self, target):
        """From the answer to a push until the tag is there on the other side."""
        images = ImageSet(99, 'library/event', 0, 0, 0)
        self.replication.policy(Copy(Side(self.ours), Side(target), images), trigger={'type': 'event_based'})
        sample, name = Sample(), 'library/event/app'
        client, scopes, seconds = self.ours.client, (push('library/event/app'),), []
        time.sleep(1.5)  # another node would learn of the policy within a second
        for blob in (sample.config, sample.layers[0]):
            client.upload(name, digest_of(blob), blob, scopes)
        for i in range(EVENT_RUNS):
            client.put_manifest(name, f'e{i}', sample.annotated(f'e{i}'), scopes)
            began = time.monotonic()
            while target.client.send('HEAD', f'/v2/{name}/manifests/e{i}', headers={'Accept': MANIFEST})[0] != 200:
                if time.monotonic() - began > 60:
                    raise load.Failed('an event was not replicated within a minute')
                time.sleep(0.005)
            seconds.append(time.monotonic() - began)
        self.results['event'] = {'median': statistics.median(seconds), 'most': max(seconds)}
        say(f'event          median {statistics.median(seconds):.3f} s, most {max(seconds):.3f} s')

    def foreground(self, background):
        """Rates of pulls by wrk and of pushes by two connections for a fixed time, beside the work."""
        sample, client = Sample(), self.ours.client
        name = 'library/beside'
        scopes = (push(name),)
        for blob in (sample.config, *sample.layers, sample.blob_100k):
            client.upload(name, digest_of(blob), blob, scopes)
        ended, pushed, errors = threading.Event(), [0, 0], []

        def pushing(number):
            try:
                while not ended.is_set():
                    unique = os.urandom(8).hex()
                    blob = unique.encode() * 6400
                    client.upload(name, digest_of(blob), blob, scopes)
                    client.put_manifest(name, f'p{unique}', sample.annotated(unique), scopes)
                    pushed[number] += 1
            except Exception as failure:  # told by the main thread
                errors.append(failure)

        def beside():
            try:
                background()
            except Exception as failure:
                errors.append(failure)

        threads = [threading.Thread(target=pushing, args=(i,)) for i in range(2)]
        worker = threading.Thread(target=beside)
        for thread in (*threads, worker):
            thread.start()
        began = time.monotonic()
        try:
            pulls = load.wrk(self.ours, f'/v2/{name}/blobs/{digest_of(sample.blob_100k)}', self.seconds, 1, 4,
                             client.token(*scopes))
        finally:
            ended.set()
            elapsed = time.monotonic() - began
            finished = not worker.is_alive()
            for thread in (*threads, worker):
                thread.join()
        if errors:
            raise load.Failed(f'beside: {errors[0]}')
        if not finished:
            raise load.Failed(f'the copy beside took more than {self.seconds} s')
        return {'pulls': pulls['value'], 'p99': pulls['p99_ms'], 'pushes': sum(pushed) / elapsed}

    def beside(self):
        crane = next((tool for tool in self.tools if tool.key == 'crane'), self.tools[-1])
        here = {key: Copy(Side(self.source), Side(self.ours), self.sets[key]) for key in ('replicated', 'copied')}
        work = {'alone': lambda: None, 'replicated': lambda: self.replication.run(here['replicated']),
                'copied': lambda: crane.run(here['copied'])}
        self.foreground(lambda: None) if not self.chosen.quick else None  # for the compiler
        for key, background in work.items():
            try:
                result = self.foreground(background)
                self.results.setdefault('beside', {})[key] = result
                say(f'beside         {key:10} {result["pulls"]:10.0f} pulls/s {result["pushes"]:8.1f} pushes/s')
            except load.Failed as failure:
                self.failed.append(f'beside, {key}: {failure}')
                say(f'beside         {key:10} FAILED {failure}')

    def run(self):
        self.start()
        target = self.distribution('target')
        shutil.rmtree(target.data, ignore_errors=True)
        target.start()
        self.warm_up(target)
        say('warm')
        for phase, work in (('event', lambda: self.events(target)), ('pull', self.pulls), ('push', self.pushes),
                            ('beside', self.beside)):
            if self.wanted(phase):
                if phase == 'push' and not self.wanted('pull'):
                    self.replication.run(Copy(Side(self.source), Side(self.ours), self.sets['ours']))
                try:
                    work()
                except load.Failed as failure:
                    self.failed.append(f'{phase}: {failure}')
                    say(f'{phase} FAILED {failure}')

    def stop(self):
        for server in self.servers:
            server.stop()
            shutil.rmtree(server.data, ignore_errors=True)

    def markdown(self):
        images = self.sets['ours']
        facts = {**machine(self.began), 'CPU': f'{os.cpu_count()} cores, shared by registries and tools',
                 'Images': f'{images.images:,} in {len(images.names)} repositories, {images.layers} distinct layers of '
                           f'{images.size / MIB:g} MiB, {images.bytes / 1e9:.2f} GB in all; MB/s are of these bytes',
                 'Registries': 'distribution '
                               f'{self.source.version} is the source of pulls and the destination of pushes, with its '
                               'defaults; the other side is Harbor EE with tokens and durable writes, revision '
                               + git_version(),
                 'Tools': ', '.join(f'{tool.title} {tool.version()}' for tool in self.tools[1:])
                          + f'; {AT_ONCE} of crane and regctl at once'}
        lines = ['# Replication', '', *(f'- {name}: {text}' for name, text in facts.items()), '']
        lines += table(['row', 'unit', *(tool.title for tool in self.tools), 'ratio', 'goal', ''], self.rows())
        if 'event' in self.results:
            event = self.results['event']
            lines += ['', '## Events', '', f'From the answer to a push until the tag is on the other side, {EVENT_RUNS} '
                      'times:', '']
            lines += table(['row', 'unit', 'Harbor EE', 'goal', ''], [
                ['median', 's', f'{event["median"]:.2f}', '≤ 2', verdict(event['median'] <= 2)],
                ['longest', 's', f'{event["most"]:.2f}', '≤ 2', verdict(event['most'] <= 2)]])
        if 'beside' in self.results:
            lines += ['', '## Beside a copy', '', f'Pulls of 100 KiB by wrk over four connections and pushes of 100 '
                      f'KiB by two, for {self.seconds} s: alone, while a replication brings a set of images, and while '
                      'crane brings as many bytes by pushing them.', '']
            lines += table(['row', 'unit', 'alone', 'beside a replication', 'beside crane', 'lost to crane\'s', 'goal',
                            ''], self.beside_rows())
        if self.failed:
            lines += ['', '## Failed', '', *(f'- {text}' for text in self.failed)]
        return '\n'.join(lines) + '\n'

    def rows(self):
        kinds = (('images/s', lambda r: r['images'] / r['seconds'], max, True),
                 ('MB/s', lambda r: r['bytes'] / 1e6 / r['seconds'], max, True),
                 ('s', lambda r: r['seconds'], min, False),
                 ('CPU-s per GB', lambda r: r['cpu'] * 1e9 / r['bytes'], min, None),
                 ('MB', lambda r: r['rss'], min, None))
        titles = {'pull': 'pull, first run', 'pull-again': 'pull, unchanged run', 'push': 'push, first run',
                  'push-again': 'push, unchanged run'}
        for row, title in titles.items():
            of = self.results.get(row, {})
            if not of:
                continue
            again = row.endswith('again')
            for unit, value, best, higher in kinds:
                if unit in (('MB/s', 'CPU-s per GB', 'MB') if again else ('s',)):
                    continue
                values = [value(of[tool.key]) if tool.key in of else None for tool in self.tools]
                peers = [v for v in values[1:] if v is not None]
                ratio, goal, met = '-', '-', '-'
                if unit == 'MB':
                    values = values[:1] + [None] * len(values[1:])
                elif peers and values[0] is not None:
                    ratio = f'{values[0] / best(peers):.2f}×'
                    if higher and not again:
                        goal, met = '≥ 1×', verdict(values[0] >= best(peers))
                    elif unit == 's' and 'skopeo' in of:
                        factor = of['skopeo']['seconds'] / values[0]
                        goal, met = '≤ 1/10 of skopeo\'s', f'{verdict(factor >= 10)}, {factor:.1f}×'
                names = {'CPU-s per GB': ', CPU of all', 'MB': ', most memory of Harbor EE'}
                yield [title + names.get(unit, ''), unit, *map(figure, values), ratio, goal, met]

    def beside_rows(self):
        of = self.results['beside']
        for key, unit in (('pulls', '1/s'), ('pushes', '1/s')):
            values = [of.get(kind, {}).get(key) for kind in ('alone', 'replicated', 'copied')]
            if values[1] and values[2]:
                lost = 1 - values[1] / values[2]
                yield [key, unit, *map(figure, values), f'{lost * 100:.1f} %', '≤ 10 %', verdict(lost <= 0.1)]

    def write(self):
        (TARGET / f'replication-{self.began:%Y%m%d-%H%M%S}.json').write_text(
            json.dumps({'results': self.results, 'failed': self.failed}, indent=1))
        output = self.chosen.output or TARGET / 'replication.md'
        output.write_text(self.markdown())
        say(f'written: {output}')


def main():
    parser = argparse.ArgumentParser(prog='bench/replication', description=__doc__)
    parser.add_argument('--only', default='', help='event,pull,push,beside')
    parser.add_argument('--tools', default='', help='skopeo,regctl,crane')
    parser.add_argument('--quick', action='store_true', help='small sizes: does it work? No figures')
    parser.add_argument('--port', type=int, default=18700, help='first of ten ports')
    parser.add_argument('--output', type=pathlib.Path, help='of the tables; target/replication.md')
    TARGET.mkdir(exist_ok=True)
    return execute(Bench(parser.parse_args()))


sys.exit(main())
