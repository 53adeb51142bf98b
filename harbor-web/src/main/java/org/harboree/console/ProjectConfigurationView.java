// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.harboree.listing.PageRequest;
import org.harboree.project.MetadataKey;
import org.harboree.project.ProjectMetadataService;
import org.harboree.project.ProjectService;
import org.harboree.project.ProjectSummary;
import org.harboree.registry.RepositoryDetails;
import org.harboree.registry.RepositoryService;

/** What holds for a whole project, as far as this product does something about it; and its end. */
@Named
@RequestScoped
public class ProjectConfigurationView {
    private static final String PAGE = "/harbor/project-configuration?name=";
    private static final int EXAMPLES = 5;

    @Inject
    private ProjectMetadataService metadata;

    @Inject
    private ProjectService projects;

    @Inject
    private RepositoryService repositories;

    @Inject
    private ProjectHead head;

    @Inject
    private Visitor visitor;

    @Inject
    private Navigation navigation;

    private boolean open;
    private boolean sparseIndexes;
    private ProjectSummary summary;

    /** Fills in the form. @throws org.harboree.error.HarborException as the service */
    public void load() {
        Map<String, String> values = metadata.list(visitor.caller(), head.key());
        open = isSet(values, MetadataKey.PUBLIC);
        sparseIndexes = isSet(values, MetadataKey.ALLOW_SPARSE_INDEX);
    }

    /** @throws org.harboree.error.HarborException as the service */
    public void save() {
        projects.update(visitor.caller(), head.key(), Map.of(
                MetadataKey.PUBLIC.key(), String.valueOf(open),
                MetadataKey.ALLOW_SPARSE_INDEX.key(), String.valueOf(sparseIndexes)));
        navigation.leaveFor(PAGE + head.getName(), "configuration.saved", head.getName());
    }

    /** What is in the project. */
    public ProjectSummary getSummary() {
        if (summary == null) {
            summary = projects.summary(visitor.caller(), head.key());
        }
        return summary;
    }

    /** Whether the project can be deleted; the service decides again. */
    public boolean isDeletable() {
        return projects.obstacleToDelete(visitor.caller(), head.key()).isEmpty();
    }

    public long getMemberCount() {
        return getSummary().members().orElse(Map.of()).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Some of what stands in the way of deleting the project. */
    public List<RepositoryDetails> getExamples() {
        return repositories.list(visitor.caller(), head.getName(), new PageRequest(1, EXAMPLES), "", "name").items();
    }

    /** How many repositories stand in the way besides {@link #getExamples}. */
    public long getMoreThanExamples() {
        return Math.max(0, getSummary().repositoryCount() - EXAMPLES);
    }

    /** @throws org.harboree.error.HarborException as the service */
    public void delete() {
        projects.delete(visitor.caller(), head.key());
        navigation.leaveFor(ReturnAddress.HOME, "configuration.deleted", head.getName());
    }

    private static boolean isSet(Map<String, String> values, MetadataKey key) {
        return Boolean.parseBoolean(values.get(key.key()));
    }

    public boolean isOpen() {
        return open;
    }

    public void setOpen(boolean open) {
        this.open = open;
    }

    public boolean isSparseIndexes() {
        return sparseIndexes;
    }

    public void setSparseIndexes(boolean sparseIndexes) {
        this.sparseIndexes = sparseIndexes;
    }
}
