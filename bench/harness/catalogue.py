# SPDX-License-Identifier: Apache-2.0
"""A catalogue of any size, as rows straight in the database of a Harbor EE: a push of each artifact would take an hour.
One image is pushed, and its rows are what all artifacts are made of: their digests are made up, so they can be listed
and looked at, not pulled. Also a program: python3 -m harness.catalogue DATA URL PASSWORD PROJECTS ARTIFACTS, for a
server that its launcher runs with that data folder; restart it afterwards, for it remembers what was there."""
import json
import pathlib
import subprocess
import sys

from .client import Client, push
from .images import CONFIG, LAYER, MIB, descriptor, digest_of
from .servers import ROOT

LARGE = 'bench-large'
SAMPLE = f'{LARGE}/sample'
BATCH = 500
# The large repository has this part of the artifacts, for pages of its table.
LARGE_PART = 10


def database(data):
    """A function that runs SQL in the database that the launcher has started, and gives what it prints."""
    mariadb = ROOT / 'harbor-launcher/target/mariadb/bin/mariadb'
    password = (data / 'secrets/database-password').read_text().strip()

    def run(sql):
        # its port is another one after each start, and the account is for 127.0.0.1 only
        pid = (data / 'run/database.pid').read_text().strip()
        options = pathlib.Path(f'/proc/{pid}/cmdline').read_text().split('\0')
        port = next(option for option in options if option.startswith('--port='))
        command = [str(mariadb), '--no-defaults', '--skip-ssl', '-uharbor', '--host=127.0.0.1', '--protocol=tcp', port,
                   '--default-character-set=utf8mb4', '-N', 'harbor']
        done = subprocess.run(command, input=sql, text=True, capture_output=True, timeout=400,
                              env={'MYSQL_PWD': password})
        if done.returncode:
            raise RuntimeError('mariadb: ' + done.stderr[-300:])
        return done.stdout

    return run


def push_sample(client, repository=SAMPLE, tag='1'):
    """An image with a build history of twelve layers, as the console shows them."""
    scopes = (push(repository),)
    layers = [bytes([i]) * (i + 1) * (MIB // 16) for i in range(12)]
    config = json.dumps({
        'architecture': 'amd64', 'os': 'linux', 'created': '2026-01-01T00:00:00Z',
        'config': {'Env': ['PATH=/usr/bin', 'TAG=' + tag], 'Cmd': ['/bin/true'], 'Labels': {'tag': tag}},
        'rootfs': {'type': 'layers', 'diff_ids': [digest_of(layer) for layer in layers]},
        'history': [{'created': '2026-01-01T00:00:00Z', 'created_by': f'RUN step {i}'} for i in range(12)]}).encode()
    for blob in (config, *layers):
        client.upload(repository, digest_of(blob), blob, scopes)
    client.put_manifest(repository, tag, json.dumps({
        'schemaVersion': 2, 'mediaType': 'application/vnd.oci.image.manifest.v1+json',
        'config': descriptor(CONFIG, digest_of(config), len(config)),
        'layers': [descriptor(LAYER, digest_of(layer), len(layer)) for layer in layers]}).encode(), scopes)


def fill(sql, projects, artifacts):
    """Projects bench-00001 and so on with one repository of as many artifacts each, and one large repository."""
    large = artifacts // LARGE_PART
    each = (artifacts - large) // projects
    names = [f'bench-{i:05d}' for i in range(1, projects)]
    for first in range(0, len(names), BATCH):
        values = ','.join(f"(1,'{name}',{i % 2})" for i, name in enumerate(names[first:first + BATCH]))
        sql(f'INSERT INTO project (owner_id, name, is_public) VALUES {values}')
    sql(f"""INSERT INTO repository (project_id, name, published, creation_time, update_time)
            SELECT project_id, CONCAT(name, '/app'), TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM project
            WHERE name LIKE 'bench-%'""")
    sql(f"""CREATE TEMPORARY TABLE sample_artifact AS SELECT a.* FROM artifact a JOIN repository r USING (repository_id)
            WHERE r.name = '{SAMPLE}' LIMIT 1;
            CREATE TEMPORARY TABLE number (n INT PRIMARY KEY);
            SET SESSION max_recursive_iterations = {large + 10};
            INSERT INTO number WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {large})
            SELECT n FROM s;
            INSERT INTO artifact (repository_id, digest, type, media_type, artifact_type, config_digest, size,
                manifest_size, annotations, extra_attrs, push_time)
            SELECT r.repository_id, CONCAT('sha256:', SHA2(CONCAT(r.name, n.n), 256)), s.type, s.media_type,
                s.artifact_type, s.config_digest, s.size, s.manifest_size, s.annotations, s.extra_attrs,
                UTC_TIMESTAMP(6) - INTERVAL n.n MINUTE
            FROM repository r JOIN number n ON n.n <= IF(r.name = '{LARGE}/app', {large}, {each})
            JOIN sample_artifact s WHERE r.name LIKE 'bench-%/app';
            INSERT INTO artifact_content SELECT a.artifact_id, c.content FROM artifact a
                JOIN repository r USING (repository_id) JOIN sample_artifact s
                JOIN artifact_content c ON c.artifact_id = s.artifact_id WHERE r.name LIKE 'bench-%/app';
            INSERT INTO artifact_blob SELECT a.artifact_id, b.blob_id FROM artifact a
                JOIN repository r USING (repository_id) JOIN sample_artifact s
                JOIN artifact_blob b ON b.artifact_id = s.artifact_id WHERE r.name LIKE 'bench-%/app';
            INSERT INTO repository_blob SELECT r.repository_id, b.blob_id, UTC_TIMESTAMP(6) FROM repository r
                JOIN sample_artifact s JOIN artifact_blob b ON b.artifact_id = s.artifact_id
                WHERE r.name LIKE 'bench-%/app';
            INSERT INTO tag (repository_id, artifact_id, name, push_time)
            SELECT a.repository_id, a.artifact_id, CONCAT('v', a.artifact_id), a.push_time FROM artifact a
                JOIN repository r USING (repository_id) WHERE r.name LIKE 'bench-%/app';
            ANALYZE TABLE project, repository, artifact, artifact_blob, repository_blob, tag""")
    return [int(sql(f'SELECT COUNT(*) FROM {table}')) for table in ('project', 'repository', 'artifact', 'tag')]


def main(data, url, password, projects, artifacts):
    client = Client(url, 'admin', password)
    create_large(client)
    push_sample(client)
    print('projects, repositories, artifacts, tags:', fill(database(pathlib.Path(data)), int(projects), int(artifacts)))


def create_large(client):
    status, _, body = client.send('POST', '/api/v2.0/projects', json.dumps({'project_name': LARGE}), {
        'Authorization': client.basic, 'Content-Type': 'application/json'})
    if status not in (201, 409):
        raise RuntimeError(f'POST /projects: {status} {body[:200]!r}')


if __name__ == '__main__':
    main(*sys.argv[1:])
