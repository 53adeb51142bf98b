-- SPDX-License-Identifier: Apache-2.0
-- How often each artifact was pulled. Each statement may run again after a crash: DDL commits by itself.

-- Apart from the artifact's row, and there from the first pull on: pushes and lists of referrers never read it.
CREATE TABLE IF NOT EXISTS artifact_pull (
  artifact_id BIGINT NOT NULL,
  pull_count BIGINT NOT NULL,
  PRIMARY KEY (artifact_id),
  CONSTRAINT fk_artifact_pull_artifact FOREIGN KEY (artifact_id) REFERENCES artifact (artifact_id) ON DELETE CASCADE
) ENGINE=InnoDB;
