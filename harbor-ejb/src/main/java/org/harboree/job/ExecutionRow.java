// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** The table {@code execution} for queries; it is written by statements only. */
@Entity
@Immutable
@Table(name = "execution")
class ExecutionRow {
    @Id
    @Column(name = "execution_id")
    private Long id;

    @Column(name = "vendor_type", nullable = false)
    private String vendorType;

    @Column(name = "vendor_id", nullable = false)
    private long vendorId;

    @Column(name = "status", nullable = false)
    private String status;

    @Column(name = "status_message", nullable = false)
    private String statusMessage;

    @Column(name = "trigger_type", nullable = false)
    private String trigger;

    @Column(name = "extra_attrs", nullable = false)
    private String attributes;

    @Column(name = "start_time", nullable = false)
    private Instant startTime;

    @Column(name = "update_time", nullable = false)
    private Instant updateTime;

    @Column(name = "end_time")
    private Instant endTime;

    /** For Hibernate. */
    protected ExecutionRow() {
    }
}
