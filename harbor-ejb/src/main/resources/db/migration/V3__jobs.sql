-- SPDX-License-Identifier: Apache-2.0
-- Work that outlives a request: executions, their tasks and logs, schedules, the nodes that work; and the outbox.
-- Each statement may run again after a crash: DDL commits by itself. All times are the database's own, in UTC.

-- A run of something: a replication rule, a purge. Its status follows from its tasks and is kept for lists.
-- (schedule_id, due_time): one due time of a schedule makes one execution, whoever notices it, however often.
CREATE TABLE IF NOT EXISTS execution (
  execution_id BIGINT NOT NULL AUTO_INCREMENT,
  vendor_type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  vendor_id BIGINT NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status_message TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  trigger_type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  extra_attrs MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  schedule_id BIGINT NULL,
  due_time DATETIME(6) NULL,
  start_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  end_time DATETIME(6) NULL,
  PRIMARY KEY (execution_id),
  UNIQUE KEY uk_execution_due (schedule_id, due_time),
  KEY ix_execution_vendor (vendor_type, vendor_id, execution_id),
  KEY ix_execution_status (vendor_type, status)
) ENGINE=InnoDB;

-- One piece of work. While it runs it has an owner, a lease that the owner extends, and a fencing number that grows with
-- each owner: a write that names an older number finds no row. checkpoint is written in the transaction of the work.
CREATE TABLE IF NOT EXISTS task (
  task_id BIGINT NOT NULL AUTO_INCREMENT,
  execution_id BIGINT NOT NULL,
  kind VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status_message TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  extra_attrs MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  checkpoint MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  progress_done BIGINT NOT NULL DEFAULT 0,
  progress_total BIGINT NOT NULL DEFAULT 0,
  run_count INT NOT NULL DEFAULT 0,
  -- attempts that ended in an error, and owners that vanished since the last checkpoint
  failures INT NOT NULL DEFAULT 0,
  losses INT NOT NULL DEFAULT 0,
  due_time DATETIME(6) NOT NULL,
  stop_requested BOOLEAN NOT NULL DEFAULT FALSE,
  owner VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  fence BIGINT NOT NULL DEFAULT 0,
  lease_until DATETIME(6) NULL,
  -- the last of the batch runtime's executions for it
  batch_execution_id BIGINT NULL,
  creation_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  start_time DATETIME(6) NULL,
  end_time DATETIME(6) NULL,
  PRIMARY KEY (task_id),
  KEY ix_task_execution (execution_id, status),
  KEY ix_task_waiting (kind, status, due_time),
  KEY ix_task_lease (status, lease_until),
  CONSTRAINT fk_task_execution FOREIGN KEY (execution_id) REFERENCES execution (execution_id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- What a task said, some lines in each row.
CREATE TABLE IF NOT EXISTS task_log (
  task_log_id BIGINT NOT NULL AUTO_INCREMENT,
  task_id BIGINT NOT NULL,
  content MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (task_log_id),
  KEY ix_task_log_task (task_id, task_log_id),
  CONSTRAINT fk_task_log_task FOREIGN KEY (task_id) REFERENCES task (task_id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS schedule (
  schedule_id BIGINT NOT NULL AUTO_INCREMENT,
  vendor_type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  vendor_id BIGINT NOT NULL,
  cron VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  enabled BOOLEAN NOT NULL DEFAULT TRUE,
  extra_attrs MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  next_time DATETIME(6) NOT NULL,
  creation_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (schedule_id),
  UNIQUE KEY uk_schedule_vendor (vendor_type, vendor_id),
  KEY ix_schedule_next (enabled, next_time)
) ENGINE=InnoDB;

-- A kind whose tasks no node takes at the moment. SCHEDULER stands for all schedules.
CREATE TABLE IF NOT EXISTS paused_queue (
  kind VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  paused_time DATETIME(6) NOT NULL,
  PRIMARY KEY (kind)
) ENGINE=InnoDB;

-- The servers that work now, one row for each start of one. A row without a heartbeat is a server that is no more.
CREATE TABLE IF NOT EXISTS job_node (
  node_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  host VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  pid BIGINT NOT NULL,
  concurrency INT NOT NULL,
  start_time DATETIME(6) NOT NULL,
  heartbeat_time DATETIME(6) NOT NULL,
  PRIMARY KEY (node_id)
) ENGINE=InnoDB;

-- What happened, for one consumer that has not heard of it yet. Written in the transaction in which it happened.
CREATE TABLE IF NOT EXISTS outbox_event (
  event_id BIGINT NOT NULL AUTO_INCREMENT,
  consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lane INT NOT NULL,
  topic VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordering_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  payload MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  creation_time DATETIME(6) NOT NULL,
  -- WAITING, or DEAD with its reason
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts INT NOT NULL DEFAULT 0,
  due_time DATETIME(6) NOT NULL,
  reason TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (event_id),
  KEY ix_outbox_event_lane (state, lane, event_id),
  KEY ix_outbox_event_retry (state, lane, attempts)
) ENGINE=InnoDB;

-- All events of one ordering key are in one lane; who delivers from a lane holds its row, so order is kept.
CREATE TABLE IF NOT EXISTS outbox_lane (
  lane INT NOT NULL,
  PRIMARY KEY (lane)
) ENGINE=InnoDB;

INSERT IGNORE INTO outbox_lane (lane) VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13),
  (14), (15);

-- The batch runtime's own tables as JBeret 3.1 makes them. It makes them itself where it starts first.
CREATE TABLE IF NOT EXISTS JOB_INSTANCE (
  JOBINSTANCEID BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
  VERSION INTEGER,
  JOBNAME VARCHAR(512),
  APPLICATIONNAME VARCHAR(512)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS JOB_EXECUTION (
  JOBEXECUTIONID BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
  JOBINSTANCEID BIGINT NOT NULL,
  VERSION INTEGER,
  CREATETIME DATETIME,
  STARTTIME DATETIME,
  ENDTIME DATETIME,
  LASTUPDATEDTIME DATETIME,
  BATCHSTATUS VARCHAR(30),
  EXITSTATUS VARCHAR(512),
  JOBPARAMETERS VARCHAR(3000),
  RESTARTPOSITION VARCHAR(255),
  CONSTRAINT FK_JOB_EXECUTION_JOB_INSTANCE FOREIGN KEY (JOBINSTANCEID) REFERENCES JOB_INSTANCE (JOBINSTANCEID)
    ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS STEP_EXECUTION (
  STEPEXECUTIONID BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
  JOBEXECUTIONID BIGINT NOT NULL,
  VERSION INTEGER,
  STEPNAME VARCHAR(255),
  STARTTIME DATETIME,
  ENDTIME DATETIME,
  BATCHSTATUS VARCHAR(30),
  EXITSTATUS VARCHAR(512),
  EXECUTIONEXCEPTION VARCHAR(2048),
  PERSISTENTUSERDATA BLOB,
  READCOUNT INTEGER,
  WRITECOUNT INTEGER,
  COMMITCOUNT INTEGER,
  ROLLBACKCOUNT INTEGER,
  READSKIPCOUNT INTEGER,
  PROCESSSKIPCOUNT INTEGER,
  FILTERCOUNT INTEGER,
  WRITESKIPCOUNT INTEGER,
  READERCHECKPOINTINFO BLOB,
  WRITERCHECKPOINTINFO BLOB,
  CONSTRAINT FK_STEP_EXE_JOB_EXE FOREIGN KEY (JOBEXECUTIONID) REFERENCES JOB_EXECUTION (JOBEXECUTIONID)
    ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS PARTITION_EXECUTION (
  PARTITIONEXECUTIONID INTEGER NOT NULL,
  STEPEXECUTIONID BIGINT NOT NULL,
  VERSION INTEGER,
  BATCHSTATUS VARCHAR(30),
  EXITSTATUS VARCHAR(512),
  EXECUTIONEXCEPTION VARCHAR(2048),
  PERSISTENTUSERDATA BLOB,
  READERCHECKPOINTINFO BLOB,
  WRITERCHECKPOINTINFO BLOB,
  PRIMARY KEY (PARTITIONEXECUTIONID, STEPEXECUTIONID),
  CONSTRAINT FK_PARTITION_EXE_STEP_EXE FOREIGN KEY (STEPEXECUTIONID) REFERENCES STEP_EXECUTION (STEPEXECUTIONID)
    ON DELETE CASCADE
) ENGINE=InnoDB;
