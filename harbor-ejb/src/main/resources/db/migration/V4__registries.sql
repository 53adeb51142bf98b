-- SPDX-License-Identifier: Apache-2.0
-- Other registries. Each statement may run again after a crash. Times are the database's own, in UTC.

-- version grows with each change by an administrator; a check of an endpoint that was changed meanwhile says nothing.
CREATE TABLE IF NOT EXISTS registry (
  registry_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version BIGINT NOT NULL,
  name VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  url VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  credential_type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  access_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'empty: anonymous',
  access_secret BLOB NULL COMMENT 'sealed with the secret key',
  insecure BOOLEAN NOT NULL,
  ca_certificate MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'PEM',
  description VARCHAR(1024) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  health VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'healthy, unhealthy',
  check_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  creation_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  update_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  UNIQUE KEY uk_registry_name (name),
  KEY ix_registry_check_time (check_time)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
