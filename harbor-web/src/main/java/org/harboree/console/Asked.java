// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The dialog that an address opens, about one row of the page: {@code ?do=delete&of=5}; {@code #{asked}} in pages. So
 * the server says in the dialog what it is about. They are read from the request itself: whether the dialog is there is
 * decided before a page's parameters are read (see {@link KeptAddress}).
 */
@Named
@RequestScoped
public class Asked {
    static final String ACT = "do";
    static final String ROW = "of";

    @Inject
    private HttpServletRequest request;

    /** What is to be done, empty if nothing. */
    public String getAct() {
        return parameter(ACT);
    }

    /** What it is to be done to, as the page names its rows. */
    public String getRow() {
        return parameter(ROW);
    }

    /** The row as a number; empty if it is none. */
    Optional<Long> id() {
        return getRow().matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(getRow())) : Optional.empty();
    }

    /**
     * What the service answers for a row, if that is still there: somebody else may have deleted it since the page was
     * made.
     *
     * @throws HarborException as the service, but NOT_FOUND
     */
    static <T> Optional<T> ifThere(Supplier<T> service) {
        try {
            return Optional.of(service.get());
        } catch (HarborException refusal) {
            if (refusal.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private String parameter(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }
}
