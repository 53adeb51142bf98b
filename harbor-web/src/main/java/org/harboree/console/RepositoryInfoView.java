// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.harboree.registry.RepositoryService;

/** What people wrote about a repository, and the form to write it. */
@Named
@RequestScoped
public class RepositoryInfoView {
    @Inject
    private RepositoryService repositories;

    @Inject
    private RepositoryHead head;

    @Inject
    private Visitor visitor;

    @Inject
    private Navigation navigation;

    private String draft;
    private boolean previewed;

    /** What was written, as HTML. */
    public String getHtml() {
        return Markdown.html(head.getRepository().description());
    }

    /** What the form holds, as HTML. */
    public String getPreview() {
        return Markdown.html(getDraft());
    }

    /** Shows what the form holds as it would look. */
    public void preview() {
        previewed = true;
    }

    /** Keeps what the form holds. @throws org.harboree.error.HarborException as the service */
    public void save() {
        repositories.describe(visitor.caller(), head.getProject(), head.getRest(), draft == null ? "" : draft);
        navigation.leaveFor("/harbor/repository-info?name=" + head.getName(), "info.saved", head.getName());
    }

    public boolean isPreviewed() {
        return previewed;
    }

    public String getDraft() {
        return draft == null ? head.getRepository().description() : draft;
    }

    public void setDraft(String draft) {
        this.draft = draft == null ? "" : draft;
    }
}
