-- SPDX-License-Identifier: Apache-2.0
-- The servers that share this database, and which of them writes to an upload.
-- Each statement may run again after a crash: DDL commits by itself.

-- One row for each start of a server. It counts until its lease ends, or until its process is known to be gone.
CREATE TABLE IF NOT EXISTS node_lease (
  node_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- the kernel's boot and the PID namespace, where there are such: who is in the same can look whether the process lives
  place VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  pid BIGINT NOT NULL,
  -- milliseconds since 1970, by the node's clock
  pid_start BIGINT NOT NULL,
  lease_until DATETIME(6) NOT NULL,
  PRIMARY KEY (node_id),
  KEY ix_node_lease_until (lease_until)
) ENGINE=InnoDB;

-- Only while several nodes live. No foreign key: it may be looked for before the upload is, and outlive it.
CREATE TABLE IF NOT EXISTS upload_writer (
  upload_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  node_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (upload_id)
) ENGINE=InnoDB;
