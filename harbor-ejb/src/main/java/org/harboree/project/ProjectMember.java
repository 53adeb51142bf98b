// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.harboree.access.Role;

/** A user's role in a project: at most one for each user. */
@Entity
@Table(name = "project_member")
public class ProjectMember {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "id")
    private Long id;

    @Column(name = "project_id", nullable = false)
    private long projectId;

    @Column(name = "user_id", nullable = false)
    private long userId;

    @Column(name = "role", nullable = false)
    private int roleId;

    /** For Hibernate. */
    protected ProjectMember() {
    }

    ProjectMember(long projectId, long userId, Role role) {
        this.projectId = projectId;
        this.userId = userId;
        this.roleId = role.id();
    }

    long id() {
        return id;
    }

    void change(Role role) {
        this.roleId = role.id();
    }
}
