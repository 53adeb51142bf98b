// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** The table {@code schedule} for queries; it is written by statements only. */
@Entity
@Immutable
@Table(name = "schedule")
class ScheduleRow {
    @Id
    @Column(name = "schedule_id")
    private Long id;

    @Column(name = "vendor_type", nullable = false)
    private String vendorType;

    @Column(name = "vendor_id", nullable = false)
    private long vendorId;

    @Column(name = "cron", nullable = false)
    private String cron;

    @Column(name = "enabled", nullable = false)
    private boolean enabled;

    @Column(name = "extra_attrs", nullable = false)
    private String attributes;

    @Column(name = "next_time", nullable = false)
    private Instant nextTime;

    @Column(name = "creation_time", nullable = false)
    private Instant creationTime;

    @Column(name = "update_time", nullable = false)
    private Instant updateTime;

    /** For Hibernate. */
    protected ScheduleRow() {
    }
}
