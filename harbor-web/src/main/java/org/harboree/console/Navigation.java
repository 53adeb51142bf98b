// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;

/** After a change comes another page, by a redirect: reloading it, or going back, changes nothing again. */
@RequestScoped
public class Navigation {
    @Inject
    private Toasts toasts;

    @Inject
    private Text text;

    /** @param address below {@code /harbor/} */
    public void leaveFor(String address) {
        FacesContext context = FacesContext.getCurrentInstance();
        try {
            context.getExternalContext().redirect(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        context.responseComplete();
    }

    /** Leaves a line for the next page, which says what was done: the words of that key, with the value filled in. */
    public void leaveFor(String address, String key, Object value) {
        toasts.add(text.of(key, value));
        leaveFor(address);
    }
}
