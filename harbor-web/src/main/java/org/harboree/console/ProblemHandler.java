// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.PhaseId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.web.RequestId;

/**
 * The one place where an exception becomes something that a person can read: a message in the form that failed, an
 * error page in the frame, or the sign-in page with the way back. Nobody sees a stack trace.
 */
public class ProblemHandler extends ExceptionHandlerWrapper {
    ProblemHandler(ExceptionHandler wrapped) {
        super(wrapped);
    }

    @Override
    public void handle() {
        FacesContext context = FacesContext.getCurrentInstance();
        Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
        while (events.hasNext()) {
            Throwable thrown = cause(events.next().getContext().getException());
            events.remove();
            try {
                handle(context, thrown);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        getWrapped().handle();
    }

    private static void handle(FacesContext context, Throwable thrown) throws IOException {
        HttpServletRequest request = (HttpServletRequest) context.getExternalContext().getRequest();
        if (context.getResponseComplete()) {
            Problem.log(request, thrown);
        } else if (thrown instanceof ViewExpiredException) {
            loadAnew(context, request);
        } else if (thrown instanceof HarborException refusal && refusal.code() == ErrorCode.UNAUTHORIZED) {
            leave(context, ReturnAddress.signInAndBackTo(ReturnAddress.of(request)));
        } else if (context.isPostback() && context.getCurrentPhaseId() != PhaseId.RENDER_RESPONSE) {
            context.addMessage(null, bean(Problem.class).message(request, thrown));
            context.renderResponse();
        } else {
            showErrorPage(context, request, thrown);
        }
    }

    /** The page was open too long, or too many others since: nothing was done, and the person can go on. */
    private static void loadAnew(FacesContext context, HttpServletRequest request) throws IOException {
        String page = ReturnAddress.of(request);
        if (bean(Visitor.class).isSignedIn()) {
            bean(Toasts.class).add(bean(Text.class).of("error.expiredPage"));
            leave(context, page);
        } else {
            leave(context, ReturnAddress.signInAndBackTo(page));
        }
    }

    private static void leave(FacesContext context, String address) throws IOException {
        context.getExternalContext().redirect(address);
        context.responseComplete();
    }

    private static void showErrorPage(FacesContext context, HttpServletRequest request, Throwable thrown)
            throws IOException {
        ExternalContext external = context.getExternalContext();
        int status = thrown instanceof HarborException refusal ? refusal.code().status() : Problem.log(request, thrown);
        if (external.isResponseCommitted()) {
            return;
        }
        String id = (String) request.getAttribute(RequestId.HEADER);
        external.responseReset();
        external.setResponseHeader(RequestId.HEADER, id);
        external.responseSendError(status, null);
        context.responseComplete();
    }

    private static <T> T bean(Class<T> type) {
        return CDI.current().select(type).get();
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof HarborException)
                && !(cause instanceof ViewExpiredException)) {
            cause = cause.getCause();
        }
        return cause instanceof HarborException || cause instanceof ViewExpiredException ? cause : thrown;
    }
}
