# SPDX-License-Identifier: Apache-2.0
"""A small registry client: one kept connection a thread, bearer tokens fetched once for a scope."""
import base64
import http.client
import json
import re
import threading
import time
import urllib.parse

TOKEN_SECONDS = 600
MANIFEST = 'application/vnd.oci.image.manifest.v1+json'


class UnexpectedAnswer(Exception):
    pass


class Client:
    """user None: the registry is open, and no token is asked for."""

    def __init__(self, url, user=None, password=None):
        self.url = url.rstrip('/')
        self.user, self.password = user, password
        self.address = urllib.parse.urlsplit(self.url)
        self.local = threading.local()
        self.tokens = {}
        self.service = None

    @property
    def basic(self):
        return 'Basic ' + base64.b64encode(f'{self.user}:{self.password}'.encode()).decode()

    def send(self, method, path, body=None, headers=None):
        """Status, headers and body. A connection that the server closed meanwhile is opened again, once."""
        for last in (False, True):
            connection = getattr(self.local, 'connection', None)
            if connection is None:
                connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=120)
                self.local.connection = connection
            try:
                connection.request(method, path, body=body, headers=headers or {})
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.HTTPException, OSError):
                connection.close()
                self.local.connection = None
                if last:
                    raise

    def token_path(self, scopes):
        """Where a token is fetched, as the challenge of /v2/ says."""
        if self.service is None:
            _, headers, _ = self.send('GET', '/v2/')
            challenge = dict(re.findall(r'(\w+)="([^"]*)"', headers.get('WWW-Authenticate', '')))
            if 'realm' not in challenge:
                raise UnexpectedAnswer(f'{self.url}/v2/ sends no Bearer challenge')
            self.service = urllib.parse.urlsplit(challenge['realm']).path, challenge.get('service', '')
        path, service = self.service
        return path + '?' + urllib.parse.urlencode([('service', service)] + [('scope', scope) for scope in scopes])

    def fresh_token(self, scopes):
        status, _, body = self.send('GET', self.token_path(scopes), headers={'Authorization': self.basic})
        if status != 200:
            raise UnexpectedAnswer(f'token: {status} {body[:200]!r}')
        return json.loads(body)['token']

    def token(self, *scopes):
        """A token for the scopes, or None on an open registry."""
        if self.user is None:
            return None
        token, fetched = self.tokens.get(scopes, (None, 0))
        if token is None or time.monotonic() - fetched > TOKEN_SECONDS:
            token = self.fresh_token(scopes)
            self.tokens[scopes] = token, time.monotonic()
        return token

    def call(self, method, path, expected, body=None, headers=None, scopes=()):
        """As send, with a token, and only the expected statuses."""
        headers = dict(headers or {})
        if token := self.token(*scopes):
            headers['Authorization'] = 'Bearer ' + token
        status, answer_headers, answer = self.send(method, path, body, headers)
        if status not in expected:
            raise UnexpectedAnswer(f'{method} {path}: {status} {answer[:200]!r}')
        return status, answer_headers, answer

    def upload(self, repository, digest, content, scopes):
        """POST, then PUT with the bytes; does nothing when the blob is there."""
        status, _, _ = self.call('HEAD', f'/v2/{repository}/blobs/{digest}', (200, 404), scopes=scopes)
        if status == 404:
            location = self.open_upload(repository, scopes)
            self.call('PUT', with_digest(location, digest), (201,), content,
                      {'Content-Type': 'application/octet-stream'}, scopes)

    def open_upload(self, repository, scopes):
        """Opens an upload; gives path and query of where it goes on."""
        _, headers, _ = self.call('POST', f'/v2/{repository}/blobs/uploads/', (202,), b'', scopes=scopes)
        return path_of(headers['Location'])

    def put_manifest(self, repository, reference, content, scopes):
        self.call('PUT', f'/v2/{repository}/manifests/{reference}', (201,), content, {'Content-Type': MANIFEST},
                  scopes)

    def mount(self, repository, digest, source, scopes):
        self.call('POST', f'/v2/{repository}/blobs/uploads/?mount={digest}&from={source}', (201,), b'', scopes=scopes)


def path_of(location):
    parts = urllib.parse.urlsplit(location)
    return parts.path + ('?' + parts.query if parts.query else '')


def with_digest(location, digest):
    return location + ('&' if '?' in location else '?') + 'digest=' + digest


def push(repository):
    return f'repository:{repository}:pull,push'


def pull(repository):
    return f'repository:{repository}:pull'
