// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Sends a form to the whole address of its page. What the address says (which project, which dialog) is then known from
 * the first phase on, in which it is decided which forms there are; the page's parameters are read only later.
 */
public class KeptAddress extends ViewHandlerWrapper {

    /** Called by Faces. */
    public KeptAddress(ViewHandler wrapped) {
        super(wrapped);
    }

    @Override
    public String getActionURL(FacesContext context, String viewId) {
        String address = super.getActionURL(context, viewId);
        String query = ((HttpServletRequest) context.getExternalContext().getRequest()).getQueryString();
        boolean same = context.getViewRoot() != null && viewId.equals(context.getViewRoot().getViewId());
        return query == null || !same ? address : address + "?" + query;
    }
}
