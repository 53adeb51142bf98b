// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** The table {@code task} for queries; it is written by statements only. */
@Entity
@Immutable
@Table(name = "task")
class TaskRow {
    @Id
    @Column(name = "task_id")
    private Long id;

    @Column(name = "execution_id", nullable = false)
    private long executionId;

    @Column(name = "kind", nullable = false)
    private String kind;

    @Column(name = "status", nullable = false)
    private String status;

    @Column(name = "status_message", nullable = false)
    private String statusMessage;

    @Column(name = "extra_attrs", nullable = false)
    private String attributes;

    @Column(name = "progress_done", nullable = false)
    private long done;

    @Column(name = "progress_total", nullable = false)
    private long total;

    @Column(name = "run_count", nullable = false)
    private int runCount;

    @Column(name = "stop_requested", nullable = false)
    private boolean stopRequested;

    @Column(name = "creation_time", nullable = false)
    private Instant creationTime;

    @Column(name = "update_time", nullable = false)
    private Instant updateTime;

    @Column(name = "start_time")
    private Instant startTime;

    @Column(name = "end_time")
    private Instant endTime;

    /** For Hibernate. */
    protected TaskRow() {
    }
}
