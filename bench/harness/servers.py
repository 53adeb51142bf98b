# SPDX-License-Identifier: Apache-2.0
"""The servers that are measured: how each is started, reached and stopped."""
import glob
import hashlib
import http.client
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time

from . import processes
from .client import MANIFEST, Client

BENCH = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
TARGET = BENCH / 'target'
READY_SECONDS = 200
PASSWORD = 'Bench12345'


class Server:
    """A server on a loopback port with a data folder on disk. `static`: only files, neither tags nor uploads."""
    key = title = version = None
    static = False
    peer = True

    def __init__(self, port):
        self.port = port
        self.url = f'http://127.0.0.1:{port}'
        self.data = TARGET / 'data' / self.key
        self.process = None
        self.client = Client(self.url)

    def command(self):
        raise NotImplementedError

    def environment(self):
        # docker-registry takes each REGISTRY_ variable for configuration.
        return {k: v for k, v in os.environ.items() if not k.startswith(('REGISTRY_', 'HARBOR_'))}

    def start(self):
        """Starts and waits until /v2/ answers; gives the seconds that took."""
        self.data.mkdir(parents=True, exist_ok=True)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(('127.0.0.1', self.port))
        command = self.command()
        with open(TARGET / f'{self.key}.log', 'ab') as log:
            began = time.monotonic()
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env=self.environment(), start_new_session=True)
        while time.monotonic() - began < READY_SECONDS:
            if self.process.poll() is not None:
                raise RuntimeError(f'{self.title} ended at its start; see {TARGET / self.key}.log')
            if self.ready():
                return time.monotonic() - began
            time.sleep(0.02)
        raise RuntimeError(f'{self.title} was not ready after {READY_SECONDS} s; see {TARGET / self.key}.log')

    def ready(self):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=5)
        try:
            connection.request('GET', '/' if self.static else '/v2/')
            return connection.getresponse().status in (200, 401, 403, 404 if self.static else 401)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self):
        if self.process:
            processes.stop(self.process)
            self.process = None

    def restartable(self):
        return True

    def roots(self):
        """Pids whose trees are the server; empty when it is not known."""
        return [self.process.pid] if self.process else []

    def from_template(self, name):
        config = TARGET / f'{self.key}-{name}'
        config.write_text((BENCH / 'peers' / name).read_text()
                          .replace('@DATA@', str(self.data)).replace('@PORT@', str(self.port)))
        return str(config)


class Distribution(Server):
    def __init__(self, port, key, title, program):
        self.key, self.title, self.program = key, title, program
        super().__init__(port)
        out = subprocess.run([program, '--version'], capture_output=True, text=True, timeout=20).stdout.split()
        self.version = out[-1] if out else '?'

    def command(self):
        return [self.program, 'serve', self.from_template('docker-registry.yml')]


class Zot(Server):
    key, title = 'zot', 'zot'

    def __init__(self, port, program):
        super().__init__(port)
        self.program = program
        self.version = os.environ.get('ZOT_VERSION', '')

    def command(self):
        return [self.program, 'serve', self.from_template('zot.json')]

    def write_tags(self, repository, tagged):
        """Adds tags of the repository as zot keeps them, an OCI layout that it reads at each request. Over HTTP it would
        write the whole index again for each of them: a quarter of an hour for 10,000."""
        folder = self.data / repository
        index = json.loads((folder / 'index.json').read_text())
        for tag, content in tagged:
            hex_digest = hashlib.sha256(content).hexdigest()
            (folder / 'blobs/sha256' / hex_digest).write_bytes(content)
            index['manifests'].append({'mediaType': MANIFEST, 'digest': 'sha256:' + hex_digest, 'size': len(content),
                                       'annotations': {'org.opencontainers.image.ref.name': tag}})
        (folder / 'index.new').write_text(json.dumps(index))
        (folder / 'index.new').rename(folder / 'index.json')


class Nginx(Server):
    key, title, static = 'nginx', 'nginx, static files', True

    def __init__(self, port, program):
        super().__init__(port)
        self.program = program
        out = subprocess.run([program, '-v'], capture_output=True, text=True, timeout=20).stderr
        self.version = out.strip().rpartition('/')[2]

    def command(self):
        (self.data / 'files').mkdir(exist_ok=True)
        # The workers of a master that root starts are nobody's; they only have to read and to take uploads.
        user = 'user root;' if os.geteuid() == 0 else ''
        return [self.program, '-p', str(self.data), '-c', self.from_template('nginx.conf'), '-g', user]


class Ours(Server):
    """Harbor EE through its launcher, as `mvn -Prun` runs it: token authentication, durable writes."""
    key, title, peer = 'ours', 'Harbor EE', False

    def __init__(self, port):
        super().__init__(port)
        self.client = Client(self.url, 'admin', PASSWORD)
        self.version = git_version()

    def command(self):
        wildfly, launcher = ROOT / 'harbor-ear/target/wildfly', ROOT / 'harbor-launcher/target'
        driver = glob.glob(str(wildfly / 'modules/com/mysql/main/*.jar'))
        if not driver or not (launcher / 'classes').is_dir():
            raise RuntimeError('Harbor EE is not built; first: mvn -q package -DskipTests')
        return ['java', '-Xmx64m', '-cp', ':'.join([str(launcher / 'classes'), *driver]),
                f'-Dharbor.wildfly.home={wildfly}', f'-Dharbor.mariadb.home={launcher / "mariadb"}',
                'org.harboree.launcher.Launcher']

    def stop(self):
        super().stop()
        # The data go at the end of the run; what the server said about a failure stays.
        if (self.data / 'logs').is_dir():
            shutil.copytree(self.data / 'logs', TARGET / 'ours-logs', dirs_exist_ok=True)

    def environment(self):
        ours = {k: v for k, v in os.environ.items() if k.startswith('HARBOR_') and not k.startswith('HARBOR_PEER')}
        return {**super().environment(), **ours, 'HARBOR_DATA': str(self.data), 'HARBOR_HTTP_PORT': str(self.port),
                'HARBOR_EXTERNAL_URL': self.url, 'HARBOR_ADMIN_PASSWORD': PASSWORD}


class Running(Server):
    """A server that someone else runs and stops (OURS_URL, HARBOR_PEER_URL). CPU and memory are counted, and the limit
    holds, only when its pids are given (OURS_PIDS, HARBOR_PEER_PIDS: roots of trees, with spaces between)."""

    def __init__(self, key, title, peer, prefix):
        self.key, self.title, self.peer = key, title, peer
        super().__init__(0)
        self.url = os.environ[prefix + '_URL'].rstrip('/')
        self.client = Client(self.url, os.environ.get(prefix + '_USER', 'admin'),
                             os.environ.get(prefix + '_PASSWORD', 'Harbor12345'))
        self.port = self.client.address.port
        self.pids = [int(pid) for pid in os.environ.get(prefix + '_PIDS', '').split()]
        self.version = os.environ.get(prefix + '_VERSION', '')

    def start(self):
        if not self.ready():
            raise RuntimeError(f'{self.title} does not answer at {self.url}')
        return None

    def restartable(self):
        return False

    def stop(self):
        pass

    def roots(self):
        return self.pids


def git_version():
    out = subprocess.run(['git', '-C', str(ROOT), 'rev-parse', '--short', 'HEAD'], capture_output=True, text=True)
    return out.stdout.strip() or '?'


def discover(only, port):
    """All servers that can be run here, in the order of the columns; says which are missing."""
    found, missing = [], []

    def offer(key, program, make):
        if only and key not in only:
            return
        if program:
            found.append(make(program))
        else:
            missing.append(key)

    offer('ours', True, lambda _: Running('ours', 'Harbor EE', False, 'OURS') if os.environ.get('OURS_URL')
          else Ours(port))
    offer('registry2', processes.tool('docker-registry'),
          lambda p: Distribution(port + 1, 'registry2', 'docker-registry', p))
    offer('registry3', distribution_v3(), lambda p: Distribution(port + 2, 'registry3', 'distribution', p))
    offer('zot', processes.tool('zot', 'ZOT'), lambda p: Zot(port + 3, p))
    if os.environ.get('HARBOR_PEER_URL'):
        offer('harbor', True, lambda _: Running('harbor', 'Harbor', True, 'HARBOR_PEER'))
    offer('nginx', processes.tool('nginx'), lambda p: Nginx(port + 4, p))
    return found, missing


def distribution_v3():
    """REGISTRY3, or a program named registry on PATH or where `go install` puts it."""
    return processes.tool('registry', 'REGISTRY3') or shutil.which('registry', path=os.path.expanduser('~/go/bin'))
