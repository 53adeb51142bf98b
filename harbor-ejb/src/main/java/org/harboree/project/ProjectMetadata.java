// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One value of a {@link MetadataKey} in a project; {@code public} is a column of the project instead. */
@Entity
@Table(name = "project_metadata")
public class ProjectMetadata {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "id")
    private Long id;

    @Column(name = "project_id", nullable = false)
    private long projectId;

    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "value", nullable = false)
    private String value;

    /** For Hibernate. */
    protected ProjectMetadata() {
    }

    ProjectMetadata(long projectId, String name, String value) {
        this.projectId = projectId;
        this.name = name;
        this.value = value;
    }

    long projectId() {
        return projectId;
    }

    String name() {
        return name;
    }

    String value() {
        return value;
    }

    void change(String newValue) {
        this.value = newValue;
    }
}
