# SPDX-License-Identifier: Apache-2.0
"""Images that share layers, for copies between registries: written as files into the folder of a CNCF distribution."""
import gzip
import json
import os

from .client import MANIFEST
from .images import CONFIG, LAYER, MIB, descriptor, digest_of

LAYERS = 200
BASES, MIDDLES = 20, 60


class ImageSet:
    """`prefix/r000:t0` and so on: `repositories` times `tags` images of three to five layers out of `layers`. Two of
    the layers of an image are those of its repository, the first of which many repositories share. Sets of different
    numbers have no layer in common."""

    def __init__(self, number, prefix, repositories=100, tags=10, layers=LAYERS, size=5 * MIB):
        self.number, self.prefix, self.tags, self.size = number, prefix, tags, size
        self.names = [f'{prefix}/r{i:03d}' for i in range(repositories)]
        self.layers = layers
        self.bytes = layers * size
        self.images = repositories * tags

    @staticmethod
    def body(size):
        """A gzip stream of random bytes that are stored, not deflated: no client compresses it again."""
        return bytearray(gzip.compress(os.urandom(size), compresslevel=0, mtime=0))

    def layers_of(self, repository, tag):
        bases, middles = self.layers * BASES // LAYERS, self.layers * MIDDLES // LAYERS
        tops = self.layers - bases - middles
        return [repository % bases, bases + repository % middles,
                *(bases + middles + (3 * repository + tag + i) % tops for i in range(1 + (repository + tag) % 3))]

    def write(self, data, body):
        """Into the storage folder of a distribution that does not run, or has not been asked for these names yet."""
        root = data / 'docker/registry/v2'
        layers = []
        for i in range(self.layers):
            body[4:8] = (self.number * 10_000 + i + 1).to_bytes(4, 'little')  # MTIME of RFC 1952: other digests
            layers.append(descriptor(LAYER, _blob(root, bytes(body)), len(body)))
        self.bytes = sum(layer['size'] for layer in layers)
        for r, name in enumerate(self.names):
            repository = root / 'repositories' / name
            for t in range(self.tags):
                chosen = [layers[i] for i in self.layers_of(r, t)]
                config = json.dumps({'architecture': 'amd64', 'os': 'linux', 'bench': f'{name}:{t}', 'rootfs': {
                    'type': 'layers', 'diff_ids': [layer['digest'] for layer in chosen]}}).encode()
                manifest = json.dumps({
                    'schemaVersion': 2, 'mediaType': MANIFEST, 'layers': chosen,
                    'config': descriptor(CONFIG, _blob(root, config), len(config))}).encode()
                for digest in (digest_of(config), *(layer['digest'] for layer in chosen)):
                    _link(repository / '_layers' / digest.replace(':', '/'), digest)
                digest = _blob(root, manifest)
                _link(repository / '_manifests/revisions' / digest.replace(':', '/'), digest)
                tag = repository / f'_manifests/tags/t{t}'
                _link(tag / 'current', digest)
                _link(tag / 'index' / digest.replace(':', '/'), digest)


def warm(data):
    """Reads the blobs of a distribution's folder once, so that each copy finds them in the page cache."""
    for blob in (data / 'docker/registry/v2/blobs/sha256').glob('*/*/data'):
        blob.read_bytes()


def _blob(root, content):
    digest = digest_of(content)
    folder = root / 'blobs/sha256' / digest[7:9] / digest[7:]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'data').write_bytes(content)
    return digest


def _link(folder, digest):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'link').write_text(digest)
