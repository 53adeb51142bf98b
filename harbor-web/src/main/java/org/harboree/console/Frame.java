// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.harboree.config.Settings;

/** What stands around every page; {@code #{frame}} in pages. */
@Named
@RequestScoped
public class Frame {
    @Inject
    private HttpServletRequest request;

    @Inject
    private Settings settings;

    @Inject
    private Toasts toasts;

    @Inject
    private Visitor visitor;

    private List<String> messages;

    /** The groups of the menu in which the visitor sees something. */
    public List<MenuEntry.Group> getGroups() {
        return Arrays.stream(MenuEntry.Group.values()).filter(group -> !entries(group).isEmpty()).toList();
    }

    public List<MenuEntry> entries(MenuEntry.Group group) {
        return MenuEntry.of(group, visitor);
    }

    /** Whether the page that is shown stands below that entry. */
    public boolean isCurrent(MenuEntry entry) {
        return entry.leadsTo(getPageName());
    }

    /** The sign-in page that leads back to this one. */
    public String getSignInAddress() {
        return ReturnAddress.signInAndBackTo(ReturnAddress.of(request));
    }

    /** Host and port, as an image reference begins. */
    public String getRegistry() {
        return settings.externalUrl().getAuthority();
    }

    /** What was done before this page was asked for; each is told once. */
    public List<String> getToasts() {
        if (messages == null) {
            messages = toasts.take();
        }
        return messages;
    }

    /** As it stands in the address. */
    public String getPageName() {
        String viewId = FacesContext.getCurrentInstance().getViewRoot().getViewId();
        return viewId.substring(viewId.lastIndexOf('/') + 1).replace(".xhtml", "");
    }
}
