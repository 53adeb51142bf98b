// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.access.ProjectRef;
import org.harboree.config.Settings;
import org.harboree.config.Settings.ProjectCreators;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.project.NewProject;
import org.harboree.project.ProjectDetails;
import org.harboree.project.ProjectFilter;
import org.harboree.project.ProjectService;
import org.harboree.statistics.StatisticsService;

/** The projects that the visitor may see: all of them, those that they are a member of, or the public ones. */
@Named
@RequestScoped
public class ProjectListView extends ListView<ProjectDetails> {
    private static final String ALL = "all";
    private static final String MINE = "mine";
    private static final String PUBLIC = "public";

    @Inject
    private ProjectService projects;

    @Inject
    private StatisticsService statistics;

    @Inject
    private Settings settings;

    @Inject
    private Visitor visitor;

    @Inject
    private Navigation navigation;

    private String scope = ALL;
    private Map<Long, Long> bytes;
    private String newName;
    private boolean newPublic;

    @Override
    protected Page<ProjectDetails> read(PageRequest request) {
        Sort sort = Sort.parse(getSort(), ProjectService.KEYS.keySet(), ProjectService.BY_NAME);
        ProjectFilter filter = new ProjectFilter(Optional.ofNullable(getFilter()), Optional.empty(),
                scope.equals(PUBLIC) ? Optional.of(true) : Optional.empty(), Query.none());
        return scope.equals(MINE)
                ? projects.listOwn(visitor.caller(), filter, sort, request)
                : projects.list(visitor.caller(), filter, sort, request);
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("scope", scope.equals(ALL) ? "" : scope);
    }

    /** Whether somebody could be a member of something. */
    public List<String> getScopes() {
        return visitor.isSignedIn() ? List.of(ALL, MINE, PUBLIC) : List.of();
    }

    public String scopeAddress(String other) {
        return address(Map.of("page", "", "scope", other.equals(ALL) ? "" : other));
    }

    /** What the project holds; null where the visitor may not know. */
    public Long bytes(ProjectDetails project) {
        if (bytes == null) {
            List<ProjectRef> shown = getRows().stream().map(ProjectDetails::ref).toList();
            bytes = statistics.bytesIn(visitor.caller(), shown);
        }
        return bytes.get(project.ref().id());
    }

    /** Whether to offer it; the service decides. */
    public boolean isCreatable() {
        return visitor.isAdmin()
                || visitor.isSignedIn() && settings.projectCreationRestriction() == ProjectCreators.EVERYONE;
    }

    /** Makes the project of the form and shows it. @throws org.harboree.error.HarborException as the service */
    public void create() {
        projects.create(visitor.caller(),
                new NewProject(newName == null ? "" : newName, Map.of("public", String.valueOf(newPublic))));
        navigation.leaveFor("/harbor/project-repositories?name=" + newName, "projects.created", newName);
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = MINE.equals(scope) || PUBLIC.equals(scope) ? scope : ALL;
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String newName) {
        this.newName = newName;
    }

    public boolean isNewPublic() {
        return newPublic;
    }

    public void setNewPublic(boolean newPublic) {
        this.newPublic = newPublic;
    }
}
