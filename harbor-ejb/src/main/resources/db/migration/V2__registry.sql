-- SPDX-License-Identifier: Apache-2.0
-- What the registry holds: repositories, blobs, uploads, artifacts, tags; and the keys that sign its tokens.
-- Each statement may run again after a crash: DDL commits by itself.

CREATE TABLE IF NOT EXISTS repository (
  repository_id BIGINT NOT NULL AUTO_INCREMENT,
  project_id BIGINT NOT NULL,
  name VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  description TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  pull_count BIGINT NOT NULL DEFAULT 0,
  -- false until the first manifest: a repository with nothing but uploads is listed nowhere
  published BOOLEAN NOT NULL DEFAULT FALSE,
  creation_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (repository_id),
  UNIQUE KEY uk_repository_name (name),
  KEY ix_repository_project (project_id, name),
  KEY ix_repository_published (published, name),
  CONSTRAINT fk_repository_project FOREIGN KEY (project_id) REFERENCES project (project_id)
) ENGINE=InnoDB;

-- One row per content. LIVE rows have their file; the generation names it, so that a late delete never hits a re-push.
-- The lease is a promise to a client that the content will still be there; the collector respects it.
CREATE TABLE IF NOT EXISTS oci_blob (
  blob_id BIGINT NOT NULL AUTO_INCREMENT,
  digest VARCHAR(135) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  size BIGINT NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  generation VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lease_until DATETIME(6) NOT NULL,
  version BIGINT NOT NULL DEFAULT 0,
  creation_time DATETIME(6) NOT NULL,
  PRIMARY KEY (blob_id),
  UNIQUE KEY uk_oci_blob_digest (digest),
  KEY ix_oci_blob_state (state, lease_until)
) ENGINE=InnoDB;

-- "This blob is in this repository."
CREATE TABLE IF NOT EXISTS repository_blob (
  repository_id BIGINT NOT NULL,
  blob_id BIGINT NOT NULL,
  creation_time DATETIME(6) NOT NULL,
  PRIMARY KEY (repository_id, blob_id),
  KEY ix_repository_blob_blob (blob_id),
  CONSTRAINT fk_repository_blob_repository FOREIGN KEY (repository_id) REFERENCES repository (repository_id) ON DELETE CASCADE,
  CONSTRAINT fk_repository_blob_blob FOREIGN KEY (blob_id) REFERENCES oci_blob (blob_id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS upload (
  upload_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  repository_id BIGINT NOT NULL,
  owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  algorithm VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  upload_offset BIGINT NOT NULL DEFAULT 0,
  creation_time DATETIME(6) NOT NULL,
  touched_time DATETIME(6) NOT NULL,
  PRIMARY KEY (upload_id),
  KEY ix_upload_owner (repository_id, owner),
  KEY ix_upload_touched (touched_time),
  CONSTRAINT fk_upload_repository FOREIGN KEY (repository_id) REFERENCES repository (repository_id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS artifact (
  artifact_id BIGINT NOT NULL AUTO_INCREMENT,
  repository_id BIGINT NOT NULL,
  digest VARCHAR(135) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  media_type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  artifact_type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  config_digest VARCHAR(135) CHARACTER SET ascii COLLATE ascii_bin NULL,
  size BIGINT NOT NULL,
  manifest_size BIGINT NOT NULL,
  subject_digest VARCHAR(135) CHARACTER SET ascii COLLATE ascii_bin NULL,
  annotations MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  extra_attrs MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  push_time DATETIME(6) NOT NULL,
  pull_time DATETIME(6) NULL,
  PRIMARY KEY (artifact_id),
  UNIQUE KEY uk_artifact_digest (repository_id, digest),
  KEY ix_artifact_subject (repository_id, subject_digest),
  KEY ix_artifact_push_time (repository_id, push_time),
  CONSTRAINT fk_artifact_repository FOREIGN KEY (repository_id) REFERENCES repository (repository_id)
) ENGINE=InnoDB;

-- The manifest as the client sent it, byte for byte; apart from its row so that lists never read it.
CREATE TABLE IF NOT EXISTS artifact_content (
  artifact_id BIGINT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (artifact_id),
  CONSTRAINT fk_artifact_content_artifact FOREIGN KEY (artifact_id) REFERENCES artifact (artifact_id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS artifact_blob (
  artifact_id BIGINT NOT NULL,
  blob_id BIGINT NOT NULL,
  PRIMARY KEY (artifact_id, blob_id),
  KEY ix_artifact_blob_blob (blob_id),
  CONSTRAINT fk_artifact_blob_artifact FOREIGN KEY (artifact_id) REFERENCES artifact (artifact_id) ON DELETE CASCADE,
  CONSTRAINT fk_artifact_blob_blob FOREIGN KEY (blob_id) REFERENCES oci_blob (blob_id)
) ENGINE=InnoDB;

-- Blobs that an artifact names and its repository does not hold: only where a project allows sparse content. When such
-- a blob comes it becomes a reference like any other, so that the collector never takes it from under the artifact.
CREATE TABLE IF NOT EXISTS artifact_missing_blob (
  artifact_id BIGINT NOT NULL,
  digest VARCHAR(135) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (digest, artifact_id),
  KEY ix_artifact_missing_blob_artifact (artifact_id),
  CONSTRAINT fk_artifact_missing_blob_artifact FOREIGN KEY (artifact_id) REFERENCES artifact (artifact_id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- The entries of an index. child_id is null for a child that a sparse index does not hold.
CREATE TABLE IF NOT EXISTS artifact_child (
  parent_id BIGINT NOT NULL,
  position INT NOT NULL,
  child_id BIGINT NULL,
  child_digest VARCHAR(135) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (parent_id, position),
  KEY ix_artifact_child_child (child_id),
  KEY ix_artifact_child_digest (child_digest, child_id),
  CONSTRAINT fk_artifact_child_parent FOREIGN KEY (parent_id) REFERENCES artifact (artifact_id) ON DELETE CASCADE,
  CONSTRAINT fk_artifact_child_child FOREIGN KEY (child_id) REFERENCES artifact (artifact_id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS tag (
  tag_id BIGINT NOT NULL AUTO_INCREMENT,
  repository_id BIGINT NOT NULL,
  artifact_id BIGINT NOT NULL,
  name VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  push_time DATETIME(6) NOT NULL,
  pull_time DATETIME(6) NULL,
  PRIMARY KEY (tag_id),
  UNIQUE KEY uk_tag_name (repository_id, name),
  KEY ix_tag_artifact (artifact_id),
  CONSTRAINT fk_tag_repository FOREIGN KEY (repository_id) REFERENCES repository (repository_id),
  CONSTRAINT fk_tag_artifact FOREIGN KEY (artifact_id) REFERENCES artifact (artifact_id)
) ENGINE=InnoDB;

-- Token signing keys. The newest of the configured algorithm signs; all that have not retired verify.
CREATE TABLE IF NOT EXISTS signing_key (
  kid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  algorithm VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  certificate TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  private_key TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  creation_time DATETIME(6) NOT NULL,
  retire_time DATETIME(6) NULL,
  PRIMARY KEY (kid)
) ENGINE=InnoDB;
