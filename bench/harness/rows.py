# SPDX-License-Identifier: Apache-2.0
"""The table of rows: what each measures, on which servers, and its goal."""
import dataclasses
import itertools
import json
import shutil
import statistics

from . import load, seed
from .client import MANIFEST, path_of, pull, push, with_digest
from .images import MIB, BigBlob, Layout, Sample, digest_of
from .servers import TARGET

BASE, TAGGED, BIG = seed.BASE, 'library/tagged', 'library/big'


@dataclasses.dataclass
class Sizes:
    seconds: float = 3
    runs: int = 3
    warm_requests: int = 20000
    warm_seconds: float = 60
    tags: int = 10000
    repositories: int = 1000
    many_repositories: int = 100000
    big: int = 1024 * MIB
    image: int = 20 * MIB

    @classmethod
    def quick(cls):
        return cls(seconds=1, runs=1, warm_requests=1000, warm_seconds=2, tags=500, repositories=120,
                   many_repositories=200, big=64 * MIB, image=2 * MIB)


@dataclasses.dataclass(frozen=True)
class Goal:
    """`factor` times the best peer's value, at least or (for times) at most; or a fixed limit; or a factor of another
    row of ours."""
    factor: float = None
    limit: float = None
    same_as: str = None

    def text(self, higher):
        parts = []
        if self.factor:
            parts.append(f'≥ {self.factor:g}×' if higher else f'≤ {self.factor:g}×')
        if self.limit:
            parts.append(f'≤ {self.limit:g}')
        if self.same_as:
            parts.append('within 10 % of the small repository')
        return ', '.join(parts)

    def met(self, higher, own, best, other):
        """True, False, or None when something that it needs was not measured."""
        checks = []
        if self.factor:
            checks.append(None if best is None else
                          own >= self.factor * best if higher else own <= self.factor * best)
        if self.limit:
            checks.append(own <= self.limit)
        if self.same_as:
            checks.append(None if other is None else own >= 0.9 * other)
        return False if False in checks else None if None in checks else True


@dataclasses.dataclass(frozen=True)
class Row:
    """`measure(lab, server, run)` gives a dict with "value"; `warm` does the same before the first run."""
    id: str
    title: str
    unit: str
    higher: bool
    measure: object
    goal: Goal = Goal()
    on: str = 'registries'
    needs: tuple = ('sample',)
    warm: bool = True

    def applies(self, server):
        return {'all': True, 'registries': not server.static, 'ours': not server.peer,
                'token': server.client.user is not None}[self.on]


class Lab:
    """What rows share: sizes, seeded content, and which server has which of it."""

    def __init__(self, sizes):
        self.sizes, self.sample = sizes, Sample()
        self.seeded, self.layouts, self.pushed = set(), {}, {}
        self.counter = itertools.count()
        self.blob = None

    def unique(self):
        return f'n{next(self.counter)}'

    def big_blob(self):
        if self.blob is None:
            self.blob = BigBlob(TARGET, self.sizes.big)
            self.big_digest = self.blob.fresh()
        return self.blob

    def layout(self, layers, size, number=0):
        key = layers, size, number
        if key not in self.layouts:
            folder = TARGET / 'images' / f'{layers}x{size}-{number}'
            self.layouts[key] = Layout(folder, layers, size)
        return self.layouts[key]

    def seed(self, server, what):
        if (server.key, what) not in self.seeded:
            getattr(self, ('files_' if server.static else 'seed_') + what, lambda _: None)(server)
            self.seeded.add((server.key, what))

    def seed_sample(self, server):
        seed.sample_image(server.client, self.sample)

    def seed_tags(self, server):
        if hasattr(server, 'write_tags'):
            seed.sample_image(server.client, self.sample, TAGGED, 'sample')
            server.write_tags(TAGGED, seed.tagged(self.sample, self.sizes.tags))
        else:
            seed.tags(server.client, self.sample, TAGGED, self.sizes.tags)

    def seed_repositories(self, server):
        seed.repositories(server.client, self.sample, 'library/r', self.sizes.repositories)

    def seed_many(self, server):
        seed.repositories(server.client, self.sample, 'library/z', self.sizes.many_repositories)

    def seed_big(self, server):
        blob = self.big_blob()
        location = server.client.open_upload(BIG, (push(BIG),))
        status, _, _ = load.send_file(server, 'PUT', with_digest(location, self.big_digest), blob.path,
                                      server.client.token(push(BIG)))
        if status != 201:
            raise load.Failed(f'seeding {BIG}: {status}')

    def files_sample(self, server):
        manifest = server.data / 'files/v2' / BASE / 'manifests'
        blobs = server.data / 'files/v2' / BASE / 'blobs'
        manifest.mkdir(parents=True)
        blobs.mkdir(parents=True)
        for name in ('1', digest_of(self.sample.manifest)):
            (manifest / name).write_bytes(self.sample.manifest)
        for blob in (self.sample.layers[0], self.sample.blob_100k):
            (blobs / digest_of(blob)).write_bytes(blob)

    def files_big(self, server):
        blobs = server.data / 'files/v2' / BIG / 'blobs'
        blobs.mkdir(parents=True)
        shutil.copyfile(self.big_blob().path, blobs / self.big_digest)


def _check(server, path, token, expected):
    headers = {'Accept': MANIFEST, **({'Authorization': 'Bearer ' + token} if token else {})}
    status, _, body = server.client.send('GET', path, headers=headers)
    if status != 200 or body != expected:
        raise load.Failed(f'GET {path}: {status}, {"other bytes" if status == 200 else body[:200]}')


def get(kind, repository, content, reference=None, head=False):
    """GET or HEAD of a manifest or a blob over 32 connections; the bytes are compared once before."""
    def measure(lab, server, seconds):
        body = content(lab.sample)
        path = f'/v2/{repository}/{kind}/{reference or digest_of(body)}'
        token = server.client.token(pull(repository))
        _check(server, path, token, body)
        accept = MANIFEST if kind == 'manifests' else None
        return (load.ab_head if head else load.wrk)(server, path, seconds, token=token, accept=accept)
    return measure


def get_list(path, entries, key, scope):
    """A list over one connection; the value is the median time in ms. Peers may ignore n: only too few is wrong."""
    def measure(lab, server, seconds):
        token = server.client.token(scope)
        headers = {'Authorization': 'Bearer ' + token} if token else {}
        status, _, body = server.client.send('GET', path(lab), headers=headers)
        count = len(json.loads(body).get(key) or []) if status == 200 else 0
        if count < entries(lab):
            raise load.Failed(f'{path(lab)}: {status}, {count} entries instead of {entries(lab)}')
        result = load.wrk(server, path(lab), seconds, threads=1, connections=1, token=token)
        return {**result, 'value': result['p50_ms'], 'rate': result['value'], 'entries': count}
    return measure


def big_get(lab, server, _):
    return load.download(server, f'/v2/{BIG}/blobs/{lab.big_digest}', lab.sizes.big, server.client.token(pull(BIG)))


def big_upload(how):
    """A blob that the server has not seen, in each of the ways that the specification knows."""
    def measure(lab, server, _):
        blob, repository = BigBlob(TARGET, lab.sizes.big), 'library/upload'
        digest, token = blob.fresh(), server.client.token(push(repository))
        return load.upload(server, lab.sizes.big, lambda: how(server, repository, digest, blob.path, token))
    return measure


def _sent(server, method, path, blob, token, expected):
    status, location, seconds = load.send_file(server, method, path, blob, token)
    if status != expected:
        raise load.Failed(f'{method} {path.partition("?")[0]}: {status}')
    return location, seconds


def post_then_put(server, repository, digest, blob, token):
    if server.static:
        return _sent(server, 'PUT', f'/v2/{repository}/blobs/{digest}', blob, None, 201)[1]
    location = server.client.open_upload(repository, (push(repository),))
    return _sent(server, 'PUT', with_digest(location, digest), blob, token, 201)[1]


def single_post(server, repository, digest, blob, token):
    status, _, seconds = load.send_file(server, 'POST', f'/v2/{repository}/blobs/uploads/?digest={digest}', blob, token)
    if status == 202:
        raise load.Unsupported('answers 202: the digest in a POST is ignored, as the specification allows')
    if status != 201:
        raise load.Failed(f'POST: {status}')
    return seconds


def patch_then_put(server, repository, digest, blob, token):
    location = server.client.open_upload(repository, (push(repository),))
    location, seconds = _sent(server, 'PATCH', location, blob, token, 202)
    with load.Cpu(server) as closing:
        server.client.call('PUT', with_digest(path_of(location), digest), (201,), b'', scopes=(push(repository),))
    return seconds + closing.elapsed


def manifest_put(connections, tagged=False):
    """Each request a manifest of its own under a new tag; in the large repository existing tags are moved."""
    def measure(lab, server, seconds):
        sample, name = lab.sample, lab.unique()
        repository = TAGGED if tagged else 'library/put' + name
        scopes = (push(repository), pull(BASE))
        if not tagged:
            for blob in (sample.config, sample.layers[0]):
                server.client.mount(repository, digest_of(blob), BASE, scopes)
        return load.wrk(server, '/v2/', seconds, threads=connections, connections=connections, script='manifest-put',
                        arguments=[repository, json.dumps(sample.config_descriptor()),
                                   json.dumps(sample.layer_descriptor()), name,
                                   lab.sizes.tags if tagged else 'new', server.client.token(*scopes) or '-'])
    return measure


def new_repository(connections):
    """Two mounts and a manifest for each new repository. Tokens are fetched before, one for each repository."""
    guesses = {}

    def measure(lab, server, seconds):
        sample, name = lab.sample, lab.unique()
        names = [f'library/new{name}/r{i}' for i in range(int(guesses.get(server.key, 1500) * seconds) + 100)]
        lines = dict.fromkeys(names, '-')

        def fetch(repository):
            lines[repository] = server.client.fresh_token((push(repository), pull(BASE)))
        if server.client.user:
            seed.in_parallel(fetch, names)
        file = TARGET / f'names-{server.key}'
        file.write_text(''.join(f'{repository} {token}\n' for repository, token in lines.items()))
        result = load.wrk(server, '/v2/', seconds, threads=connections, connections=connections,
                          script='new-repository',
                          arguments=[file, connections, BASE, json.dumps(sample.config_descriptor()),
                                     json.dumps(sample.layer_descriptor()), digest_of(sample.config),
                                     digest_of(sample.layers[0])])
        guesses[server.key] = result['value'] / 3 * 1.7 + 20
        return {**result, 'value': result['value'] / 3}
    return measure


def token_issue(lab, server, seconds):
    client = server.client
    client.fresh_token((pull(BASE),))
    path = client.token_path((pull(BASE),))
    return load.wrk(server, path, seconds, script='basic', arguments=[client.basic])


def skopeo_push(layers, size, copies=1):
    def measure(lab, server, _):
        layouts = [lab.layout(layers, size(lab), number) for number in range(copies)]
        pushed = []
        for layout in layouts:
            layout.fresh()
            pushed.append(f'docker://127.0.0.1:{server.port}/library/image{lab.unique()}:1')
        result = load.skopeo(server, [(f'oci:{layout.folder}:1', name) for layout, name in zip(layouts, pushed)])
        lab.pushed[server.key, layers, size(lab), copies] = pushed
        return result
    return measure


def skopeo_pull(layers, size, copies=1):
    def measure(lab, server, _):
        key = server.key, layers, size(lab), copies
        if key not in lab.pushed:
            skopeo_push(layers, size, copies)(lab, server, 0)
        folder = TARGET / 'pulled'
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            return load.skopeo(server, [(name, f'dir:{folder / str(i)}') for i, name in enumerate(lab.pushed[key])])
        finally:
            shutil.rmtree(folder)
    return measure


def _small(lab):
    return lab.sizes.image * 7 // 20


def _medium(lab):
    return lab.sizes.image


def _large(lab):
    return lab.sizes.big


def _skopeo_rows():
    for what, make in (('push', skopeo_push), ('pull', skopeo_pull)):
        for id_, title, arguments in (('7m', '7 MB', (1, _small)), ('200m', '10 × 20 MB', (10, _medium)),
                                      ('1g', '1 GB', (1, _large)), ('4x200m', '10 × 20 MB, four at once',
                                                                    (10, _medium, 4))):
            yield Row(f'skopeo-{what}-{id_}', f'skopeo {what} {title}', 's', False, make(*arguments), warm=False)


MANIFEST_2K = (lambda sample: sample.manifest)
BLOB_1K = (lambda sample: sample.layers[0])
BLOB_100K = (lambda sample: sample.blob_100k)
CATALOG = 'registry:catalog:*'
TWICE = Goal(2)

ROWS = [
    Row('manifest-get-tag', 'Manifest GET by tag', 'req/s', True, get('manifests', BASE, MANIFEST_2K, '1'), TWICE,
        'all'),
    Row('manifest-get-digest', 'Manifest GET by digest', 'req/s', True, get('manifests', BASE, MANIFEST_2K), TWICE,
        'all'),
    Row('manifest-head-tag', 'Manifest HEAD by tag', 'req/s', True,
        get('manifests', BASE, MANIFEST_2K, '1', head=True), TWICE, 'all'),
    Row('manifest-head-digest', 'Manifest HEAD by digest', 'req/s', True,
        get('manifests', BASE, MANIFEST_2K, head=True), TWICE, 'all'),
    Row('manifest10k-get-tag', 'Manifest GET by tag, 10,000 tags', 'req/s', True,
        get('manifests', TAGGED, MANIFEST_2K, 'sample'), Goal(2, same_as='manifest-get-tag'), needs=('sample', 'tags')),
    Row('manifest10k-get-digest', 'Manifest GET by digest, 10,000 tags', 'req/s', True,
        get('manifests', TAGGED, MANIFEST_2K), Goal(2, same_as='manifest-get-digest'), needs=('sample', 'tags')),
    Row('manifest10k-head-tag', 'Manifest HEAD by tag, 10,000 tags', 'req/s', True,
        get('manifests', TAGGED, MANIFEST_2K, 'sample', head=True), Goal(2, same_as='manifest-head-tag'),
        needs=('sample', 'tags')),
    Row('blob-1k', 'Blob GET 1 KiB', 'req/s', True, get('blobs', BASE, BLOB_1K), Goal(3), 'all'),
    Row('blob-100k', 'Blob GET 100 KiB', 'req/s', True, get('blobs', BASE, BLOB_100K), Goal(2.5), 'all'),
    Row('blob-1g-get', 'Blob GET 1 GiB', 'MB/s', True, big_get, Goal(1.4), 'all', ('big',)),
    Row('blob-1g-put', 'Blob 1 GiB, POST then PUT', 'MB/s', True, big_upload(post_then_put), Goal(1), 'all'),
    Row('blob-1g-post', 'Blob 1 GiB, single POST', 'MB/s', True, big_upload(single_post), Goal(1)),
    Row('blob-1g-patch', 'Blob 1 GiB, PATCH then PUT', 'MB/s', True, big_upload(patch_then_put), Goal(1)),
    Row('tags-10k', 'Tags list, 10,000 tags', 'ms', False,
        get_list(lambda lab: f'/v2/{TAGGED}/tags/list', lambda lab: 1, 'tags', pull(TAGGED)), Goal(1 / 2),
        needs=('sample', 'tags')),
    Row('tags-n100', 'Tags list, n=100 of 10,000', 'ms', False,
        get_list(lambda lab: f'/v2/{TAGGED}/tags/list?n=100', lambda lab: 100, 'tags', pull(TAGGED)), Goal(1 / 5),
        needs=('sample', 'tags')),
    Row('catalog-1000', 'Catalog, n=1000', 'ms', False,
        get_list(lambda lab: '/v2/_catalog?n=1000', lambda lab: min(1000, lab.sizes.repositories), 'repositories',
                 CATALOG), Goal(1 / 4), needs=('sample', 'repositories')),
    Row('catalog-100', 'Catalog, first 100 of 1,000', 'ms', False,
        get_list(lambda lab: '/v2/_catalog?n=100', lambda lab: 100, 'repositories', CATALOG), Goal(1 / 2),
        needs=('sample', 'repositories')),
    # eight connections first: a JVM's compiler is through sooner with them
    Row('manifest-put-8', 'Manifest PUT, 8 connections', 'req/s', True, manifest_put(8), Goal(3)),
    Row('manifest-put-1', 'Manifest PUT, 1 connection', 'req/s', True, manifest_put(1), Goal(1.3)),
    Row('manifest10k-put', 'Manifest PUT, 1 connection, 10,000 tags', 'req/s', True, manifest_put(1, tagged=True),
        needs=('sample', 'tags')),
    Row('new-repository-8', 'New repository, 8 connections', 'repos/s', True, new_repository(8), Goal(3)),
    Row('new-repository-1', 'New repository, 1 connection', 'repos/s', True, new_repository(1), Goal(1)),
    *_skopeo_rows(),
    Row('token', 'Token issue', 'req/s', True, token_issue, on='token'),
    Row('catalog-100k', 'Catalog, first 100 of 100,000', 'ms', False,
        get_list(lambda lab: '/v2/_catalog?n=100', lambda lab: 100, 'repositories', CATALOG), on='ours',
        needs=('sample', 'many')),
]


def median(results, key='value'):
    values = [result[key] for result in results if key in result]
    return statistics.median(values) if values else None
