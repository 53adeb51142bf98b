// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.web.RequestId;

/**
 * What went wrong, in the visitor's words: {@code reason.<reason>} of the bundle where the service gives one, else
 * {@code error.<code>} where there is one for its code, else {@code error.UNKNOWN}. Without a reason the service's own
 * words follow as the detail.
 */
@RequestScoped
public class Problem {
    @Inject
    private Text text;

    /** Puts the words of that key above the form. */
    void tell(String key) {
        FacesContext.getCurrentInstance().addMessage(null,
                new FacesMessage(FacesMessage.SEVERITY_ERROR, text.of(key), ""));
    }

    /** Puts the words of that key beside a field. @param field client id of its input */
    void tellAt(String field, String key) {
        FacesContext.getCurrentInstance().addMessage(field,
                new FacesMessage(FacesMessage.SEVERITY_ERROR, text.of(key), ""));
    }

    /** Puts why something was refused beside a field. @param field client id of its input */
    void tellAt(String field, HarborException refusal) {
        FacesContext.getCurrentInstance().addMessage(field,
                new FacesMessage(FacesMessage.SEVERITY_ERROR, summary(refusal), detail(refusal)));
    }

    FacesMessage message(HttpServletRequest request, Throwable thrown) {
        if (thrown instanceof HarborException refusal) {
            return new FacesMessage(FacesMessage.SEVERITY_ERROR, summary(refusal), detail(refusal));
        }
        log(request, thrown);
        return new FacesMessage(FacesMessage.SEVERITY_ERROR, text.of("error.UNKNOWN"),
                text.of("error.requestId", request.getAttribute(RequestId.HEADER)));
    }

    /** Keeps it for the operator, under the id that the visitor is shown. @return the status of the answer */
    static int log(HttpServletRequest request, Throwable thrown) {
        ConsoleLog.LOG.pageFailed(request.getMethod(), request.getRequestURI().replaceAll("\\p{Cntrl}", "?"), thrown);
        return ErrorCode.UNKNOWN.status();
    }

    private String summary(HarborException refusal) {
        if (refusal.reason().isPresent()) {
            return text.of("reason." + refusal.reason().get());
        }
        String key = "error." + refusal.code();
        if (refusal.retryAfterSeconds() != null) {
            return text.of("error.retryAfter", refusal.retryAfterSeconds());
        }
        return text.of(text.has(key) ? key : "error.UNKNOWN");
    }

    /** Only what says more than the code or the reason does. */
    private static String detail(HarborException refusal) {
        HarborException.Entry entry = refusal.entries().get(0);
        if (refusal.reason().isPresent()) {
            return entry.detail() instanceof String more ? more : "";
        }
        return entry.message().equals(refusal.code().message()) || refusal.retryAfterSeconds() != null ? ""
                : entry.message();
    }
}
