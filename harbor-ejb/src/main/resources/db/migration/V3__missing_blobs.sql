-- SPDX-License-Identifier: Apache-2.0
-- Blobs that an artifact names and its repository does not hold: only where a project allows sparse content. When such
-- a blob comes it becomes a reference like any other, so that the collector never takes it from under the artifact.

CREATE TABLE IF NOT EXISTS artifact_missing_blob (
  artifact_id BIGINT NOT NULL,
  digest VARCHAR(135) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (digest, artifact_id),
  CONSTRAINT fk_artifact_missing_blob_artifact FOREIGN KEY (artifact_id) REFERENCES artifact (artifact_id) ON DELETE CASCADE
) ENGINE=InnoDB;
