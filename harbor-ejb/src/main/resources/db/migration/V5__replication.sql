-- SPDX-License-Identifier: Apache-2.0
-- Rules by which artifacts are copied between registries. Each statement may run again after a crash.

-- The side that is this registry itself has no number. owner_id is in whose name a run writes here.
CREATE TABLE IF NOT EXISTS replication_policy (
  policy_id BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(256) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  description TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  owner_id BIGINT NOT NULL,
  src_registry_id BIGINT NULL,
  dest_registry_id BIGINT NULL,
  dest_namespace VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  dest_namespace_replace_count INT NOT NULL,
  filters MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  trigger_type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cron VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  replicate_deletion BOOLEAN NOT NULL,
  override_existing BOOLEAN NOT NULL,
  enabled BOOLEAN NOT NULL,
  speed INT NOT NULL,
  copy_by_chunk BOOLEAN NOT NULL,
  single_active BOOLEAN NOT NULL,
  creation_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  update_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (policy_id),
  UNIQUE KEY uk_replication_policy_name (name),
  KEY ix_replication_policy_source (src_registry_id),
  KEY ix_replication_policy_destination (dest_registry_id),
  KEY ix_replication_policy_trigger (trigger_type, enabled),
  CONSTRAINT fk_replication_policy_owner FOREIGN KEY (owner_id) REFERENCES harbor_user (user_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
