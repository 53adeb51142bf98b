// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.harboree.access.ProjectRef;

/**
 * A project.
 *
 * <p>Life: created with its owner as first project administrator; made public or private; deleted once and only when
 * empty, by which its name becomes free while the row keeps its id.
 */
@Entity
@Table(name = "project")
public class Project {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "project_id")
    private Long id;

    @Column(name = "owner_id", nullable = false)
    private long ownerId;

    @Column(name = "name", nullable = false, length = 300)
    private String name;

    @Column(name = "is_public", nullable = false)
    private boolean isPublic;

    @Column(name = "deleted", nullable = false)
    private boolean deleted;

    @Column(name = "creation_time", insertable = false, updatable = false)
    private Instant creationTime;

    @Column(name = "update_time", insertable = false, updatable = false)
    private Instant updateTime;

    /** For Hibernate. */
    protected Project() {
    }

    Project(String name, long ownerId, boolean isPublic) {
        this.name = name;
        this.ownerId = ownerId;
        this.isPublic = isPublic;
    }

    long id() {
        return id;
    }

    long ownerId() {
        return ownerId;
    }

    String name() {
        return name;
    }

    boolean isPublic() {
        return isPublic;
    }

    ProjectRef ref() {
        return new ProjectRef(id, name, isPublic);
    }

    Instant creationTime() {
        return creationTime;
    }

    Instant updateTime() {
        return updateTime;
    }

    void setPublic(boolean isPublic) {
        this.isPublic = isPublic;
    }

    void delete() {
        name = name + "#" + id;
        deleted = true;
    }
}
