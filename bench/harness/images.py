# SPDX-License-Identifier: Apache-2.0
"""Blobs, manifests and OCI image layouts of random bytes. A layout is made fresh for each push by the date in its
layers' gzip headers: other digests, same bytes otherwise, so that no server has seen the layers before."""
import gzip
import hashlib
import json
import os
import shutil
import tarfile

from .client import MANIFEST

LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'
CONFIG = 'application/vnd.oci.image.config.v1+json'
MIB = 1 << 20


def digest_of(content):
    return 'sha256:' + hashlib.sha256(content).hexdigest()


def digest_of_file(path):
    with open(path, 'rb') as file:
        return 'sha256:' + hashlib.file_digest(file, 'sha256').hexdigest()


def descriptor(media_type, digest, size):
    return {'mediaType': media_type, 'digest': digest, 'size': size}


class Sample:
    """The small image that all rows of requests share: a config, ten layers of 1 KiB, and a manifest of 2.2 KB."""

    def __init__(self):
        self.config = json.dumps({'architecture': 'amd64', 'os': 'linux', 'rootfs': {'type': 'layers', 'diff_ids': []}},
                                 separators=(',', ':')).encode()
        self.layers = [hashlib.sha256(b'%d' % i).digest() * 32 for i in range(10)]
        self.blob_100k = hashlib.shake_256(b'100 KiB').digest(100 * 1024)
        self.manifest = self.make(self.layers, indent=1, padding=2200)

    def make(self, layers, indent=None, padding=0):
        content = {'schemaVersion': 2, 'mediaType': MANIFEST, 'config': self.config_descriptor(),
                   'layers': [descriptor(LAYER, digest_of(layer), len(layer)) for layer in layers]}
        text = json.dumps(content, indent=indent)
        if len(text) < padding:
            content['annotations'] = {'bench': ''}
            content['annotations']['bench'] = 'x' * (padding - len(json.dumps(content, indent=indent)))
            text = json.dumps(content, indent=indent)
        return text.encode()

    def config_descriptor(self):
        return descriptor(CONFIG, digest_of(self.config), len(self.config))

    def layer_descriptor(self):
        return descriptor(LAYER, digest_of(self.layers[0]), len(self.layers[0]))

    def annotated(self, text):
        """A manifest of one layer that differs from all others by the text."""
        return json.dumps({'schemaVersion': 2, 'mediaType': MANIFEST, 'config': self.config_descriptor(),
                           'layers': [self.layer_descriptor()], 'annotations': {'bench': text}}).encode()


class BigBlob:
    """A file of random bytes; `fresh` changes its first bytes and gives the new digest."""

    def __init__(self, folder, size):
        self.size = size
        self.path = folder / f'blob-{size}'
        if not self.path.exists() or self.path.stat().st_size != size:
            with open(self.path, 'wb') as file:
                for left in range(size, 0, -MIB):
                    file.write(os.urandom(min(MIB, left)))

    def fresh(self):
        with open(self.path, 'r+b') as file:
            file.write(os.urandom(16))
        return digest_of_file(self.path)


class _Hashing:
    """A file to write to that hashes what passes."""

    def __init__(self, file=None):
        self.file, self.hash, self.size = file, hashlib.sha256(), 0

    def write(self, data):
        self.hash.update(data)
        self.size += len(data)
        if self.file:
            self.file.write(data)
        return len(data)

    def flush(self):
        if self.file:
            self.file.flush()


class _Random:
    def __init__(self, size):
        self.left = size

    def read(self, size=-1):
        size = min(self.left, MIB, size if size >= 0 else self.left)
        self.left -= size
        return os.urandom(size)


class Layout:
    """An OCI layout with layers that are stored, not deflated: clients need not compress again."""

    def __init__(self, folder, layers, size):
        self.folder, self.blobs = folder, folder / 'blobs/sha256'
        self.bytes = layers * size
        if not (folder / 'index.json').exists():
            shutil.rmtree(folder, ignore_errors=True)
            self.blobs.mkdir(parents=True)
            (folder / 'oci-layout').write_text('{"imageLayoutVersion":"1.0.0"}')
            self._publish([self._layer(i, size) for i in range(layers)])
        self.fresh()

    def _layer(self, number, size):
        temporary = self.folder / 'layer'
        with open(temporary, 'wb') as file:
            packed = _Hashing(file)
            with gzip.GzipFile(filename='', mode='wb', compresslevel=0, fileobj=packed, mtime=0) as stored:
                plain = _Hashing(stored)
                with tarfile.open(fileobj=plain, mode='w|', bufsize=MIB) as tar:
                    entry = tarfile.TarInfo(f'data/{number}.bin')
                    entry.size = size
                    tar.addfile(entry, _Random(size))
        os.rename(temporary, self.blobs / packed.hash.hexdigest())
        return descriptor(LAYER, 'sha256:' + packed.hash.hexdigest(), packed.size), plain.hash.hexdigest()

    def _put(self, media_type, content):
        data = json.dumps(content).encode()
        (self.blobs / digest_of(data)[7:]).write_bytes(data)
        return descriptor(media_type, digest_of(data), len(data))

    def _publish(self, layers):
        config = self._put(CONFIG, {
            'architecture': 'amd64', 'os': 'linux', 'config': {}, 'bench': os.urandom(8).hex(),
            'rootfs': {'type': 'layers', 'diff_ids': ['sha256:' + diff for _, diff in layers]}})
        manifest = self._put(MANIFEST, {'schemaVersion': 2, 'mediaType': MANIFEST, 'config': config,
                                        'layers': [layer for layer, _ in layers]})
        manifest['annotations'] = {'org.opencontainers.image.ref.name': '1'}
        (self.folder / 'index.json').write_text(json.dumps({'schemaVersion': 2, 'manifests': [manifest]}))

    def _read(self, digest):
        return json.loads((self.blobs / digest[7:]).read_bytes())

    def fresh(self):
        """New digests for all layers, the config and the manifest."""
        old = json.loads((self.folder / 'index.json').read_text())['manifests'][0]
        manifest = self._read(old['digest'])
        diffs = self._read(manifest['config']['digest'])['rootfs']['diff_ids']
        layers = []
        for layer, diff in zip(manifest['layers'], diffs):
            path = self.blobs / layer['digest'][7:]
            with open(path, 'r+b') as file:
                file.seek(4)  # MTIME of RFC 1952, which no checksum covers
                file.write(os.urandom(4))
            digest = digest_of_file(path)
            os.rename(path, self.blobs / digest[7:])
            layers.append((descriptor(LAYER, digest, layer['size']), diff[7:]))
        for stale in (old['digest'], manifest['config']['digest']):
            (self.blobs / stale[7:]).unlink()
        self._publish(layers)
