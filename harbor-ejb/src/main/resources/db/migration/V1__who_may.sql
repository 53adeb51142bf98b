-- SPDX-License-Identifier: Apache-2.0
-- Users, projects, members, settings. Valid on MySQL 8.0 and MariaDB 10.11/11.4; every statement may run twice.
-- Times are UTC: the server refuses to start on a session whose time zone is another one.

-- A deleted user keeps the row: username, its key and the e-mail address get the suffix #id, so that they are free again.
CREATE TABLE IF NOT EXISTS harbor_user (
  user_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  username VARCHAR(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  username_key VARCHAR(540) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'folded: no case, no accents',
  email VARCHAR(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  email_key VARCHAR(540) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'folded',
  password VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'scheme, parameters, salt and hash',
  realname VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  comment VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  sysadmin_flag BOOLEAN NOT NULL DEFAULT FALSE,
  deleted BOOLEAN NOT NULL DEFAULT FALSE,
  creation_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  update_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  UNIQUE KEY uk_harbor_user_username (username_key),
  UNIQUE KEY uk_harbor_user_email (email_key)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A deleted project keeps the row under the name name#id.
CREATE TABLE IF NOT EXISTS project (
  project_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  owner_id BIGINT NOT NULL,
  name VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_public BOOLEAN NOT NULL DEFAULT FALSE,
  deleted BOOLEAN NOT NULL DEFAULT FALSE,
  creation_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  update_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  UNIQUE KEY uk_project_name (name),
  KEY ix_project_owner (owner_id),
  CONSTRAINT fk_project_owner FOREIGN KEY (owner_id) REFERENCES harbor_user (user_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Every metadata key but "public", which is the column above.
CREATE TABLE IF NOT EXISTS project_metadata (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  project_id BIGINT NOT NULL,
  name VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  UNIQUE KEY uk_project_metadata (project_id, name),
  CONSTRAINT fk_project_metadata_project FOREIGN KEY (project_id) REFERENCES project (project_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS project_member (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  project_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  role INT NOT NULL COMMENT '1 projectAdmin, 2 developer, 3 guest, 4 maintainer, 5 limitedGuest',
  creation_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  update_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  UNIQUE KEY uk_project_member (project_id, user_id),
  KEY ix_project_member_user (user_id),
  CONSTRAINT fk_project_member_project FOREIGN KEY (project_id) REFERENCES project (project_id),
  CONSTRAINT fk_project_member_user FOREIGN KEY (user_id) REFERENCES harbor_user (user_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The settings that were changed from their default; the environment goes first.
CREATE TABLE IF NOT EXISTS properties (
  k VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  v VARCHAR(4096) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Wrong passwords by account and source; the key is a hash, so that names of no account are not kept in the clear.
CREATE TABLE IF NOT EXISTS login_failure (
  id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  failures INT NOT NULL,
  last_failure DATETIME(6) NOT NULL,
  KEY ix_login_failure_last (last_failure)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
