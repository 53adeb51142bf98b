# SPDX-License-Identifier: Apache-2.0
"""Fills a server through its HTTP API: repositories and tags in any number, over several connections. Also a program:
python3 -m harness.seed URL USER PASSWORD PREFIX REPOSITORIES TAGS (user "-": no authentication)."""
import concurrent.futures
import sys

from .client import Client, pull, push
from .images import Sample, digest_of

CONNECTIONS = 8
# A token of many scopes is fetched once for as many repositories; it still fits into usual limits of header sizes.
REPOSITORIES_PER_TOKEN = 20
BASE = 'library/base'


def in_parallel(work, items):
    with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
        for _ in pool.map(work, items):
            pass


def sample_image(client, sample, repository=BASE, tag='1'):
    """Config, layers, manifest of 2.2 KB, and the blob of 100 KiB."""
    scopes = (push(repository),)
    for blob in (sample.config, *sample.layers, sample.blob_100k):
        client.upload(repository, digest_of(blob), blob, scopes)
    client.put_manifest(repository, tag, sample.manifest, scopes)


def tagged(sample, count):
    """Names t00000 and so on, each with a manifest of its own."""
    return [(f't{i:05d}', sample.annotated(f't{i:05d}')) for i in range(count)]


def tags(client, sample, repository, count):
    sample_image(client, sample, repository, 'sample')
    scopes = (push(repository),)
    in_parallel(lambda one: client.put_manifest(repository, *one, scopes), tagged(sample, count))


def repositories(client, sample, prefix, count):
    """Repositories of one tag; config and layer are mounted from the base repository."""
    content = sample.make(sample.layers[:1])

    def batch(first):
        names = [f'{prefix}{i:06d}' for i in range(first, min(first + REPOSITORIES_PER_TOKEN, count))]
        scopes = (pull(BASE), *(push(name) for name in names))
        for name in names:
            client.mount(name, digest_of(sample.config), BASE, scopes)
            client.mount(name, digest_of(sample.layers[0]), BASE, scopes)
            client.put_manifest(name, '1', content, scopes)
        client.tokens.pop(scopes, None)

    in_parallel(batch, range(0, count, REPOSITORIES_PER_TOKEN))


def main(url, user, password, prefix, repository_count, tag_count):
    client = Client(url) if user == '-' else Client(url, user, password)
    sample = Sample()
    sample_image(client, sample)
    repositories(client, sample, prefix, int(repository_count))
    if int(tag_count):
        tags(client, sample, prefix + 'tags', int(tag_count))


if __name__ == '__main__':
    main(*sys.argv[1:])
