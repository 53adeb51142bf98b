// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.registry.ArtifactDetails;
import org.harboree.registry.ArtifactService;
import org.harboree.registry.DeletionPlan;
import org.harboree.registry.TagDetails;

/** The artifacts of a repository. */
@Named
@RequestScoped
public class RepositoryView extends ListView<ArtifactDetails> {
    private static final String ALL = "all";
    private static final String TAGGED = "tagged";
    private static final String UNTAGGED = "untagged";
    private static final String DIGEST = "sha256:";

    @Inject
    private ArtifactService artifacts;

    @Inject
    private RepositoryHead head;

    @Inject
    private Live live;

    @Inject
    private Visitor visitor;

    @Inject
    private Navigation navigation;

    @Inject
    private HttpServletRequest request;

    private final Map<Long, List<String>> platforms = new HashMap<>();
    private String show = ALL;
    private String version;
    private DeletionPlan plan;

    @Override
    protected Page<ArtifactDetails> read(PageRequest page) {
        return artifacts.list(visitor.caller(), head.getProject(), head.getRest(), page, query(), getSort(),
                new ArtifactService.Wanted(true, true));
    }

    @Override
    public void load() {
        version = live.version(head.getName());
        super.load();
    }

    /** Of what was read: what was pushed meanwhile has another one. */
    public String getVersion() {
        return version;
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("name", head.getName(), "show", show.equals(ALL) ? "" : show);
    }

    private String query() {
        boolean untagged = show.equals(UNTAGGED);
        String filter = getFilter();
        if (filter != null && !untagged && !filter.startsWith(DIGEST)) {
            return Query.contains("tags", filter);
        }
        String tags = untagged ? Query.equal("tags", "nil") : show.equals(TAGGED) ? Query.equal("tags", "*") : "";
        String digest = filter == null ? "" : Query.contains("digest", filter);
        return tags.isEmpty() || digest.isEmpty() ? tags + digest : tags + "," + digest;
    }

    public List<String> getShows() {
        return List.of(ALL, TAGGED, UNTAGGED);
    }

    public String showAddress(String other) {
        return address(Map.of("page", "", "show", other.equals(ALL) ? "" : other));
    }

    public List<String> tags(ArtifactDetails artifact) {
        return artifact.tags().stream().map(TagDetails::name).toList();
    }

    public List<String> platforms(ArtifactDetails artifact) {
        return platforms.computeIfAbsent(artifact.id(), id -> ImageFacts.platforms(artifact));
    }

    /** The first tag, or the digest of what has none: what one would pull it by. */
    public String reference(ArtifactDetails artifact) {
        return artifact.tags().isEmpty() ? artifact.digest() : artifact.tags().get(0).name();
    }

    /** Finds out what deleting the selected artifacts would do, for the dialog that asks. */
    public void planDeletion() {
        plan = artifacts.planDeletion(visitor.caller(), head.getProject(), head.getRest(), selected());
    }

    /** Deletes them. */
    public void delete() {
        List<String> some = selected();
        artifacts.deleteAll(visitor.caller(), head.getProject(), head.getRest(), some);
        navigation.leaveFor("/harbor/repository?name=" + head.getName(), "artifacts.deleted", some.size());
    }

    /** Null until it was asked for. */
    public DeletionPlan getPlan() {
        return plan;
    }

    private List<String> selected() {
        return Optional.ofNullable(request.getParameterValues("selected")).map(List::of).orElse(List.of());
    }

    public String getShow() {
        return show;
    }

    public void setShow(String show) {
        this.show = TAGGED.equals(show) || UNTAGGED.equals(show) ? show : ALL;
    }
}
