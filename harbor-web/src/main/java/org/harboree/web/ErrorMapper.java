// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.registry.OutOfOrderChunk;
import org.harboree.storage.BodyTooLargeException;
import org.harboree.storage.StorageFullException;

/** The one place where an exception becomes an answer. What is not meant for clients is logged and answered blank. */
@Provider
public class ErrorMapper implements ExceptionMapper<Throwable> {
    @Context
    private HttpServletRequest request;

    @Inject
    private Challenge challenge;

    @Override
    public Response toResponse(Throwable thrown) {
        HarborException exception = understand(thrown);
        if (request.getRequestURI().startsWith("/api/")) {
            exception.inApi();
        }
        Response.ResponseBuilder answer = Response.status(exception.code().status())
                .type("application/json; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Errors.body(exception));
        if (exception.retryAfterSeconds() != null) {
            answer.header(HttpHeaders.RETRY_AFTER, exception.retryAfterSeconds());
        }
        if (exception.code() == ErrorCode.UNAUTHORIZED && isRegistry()) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge.to(request));
        }
        if (isRegistry()) {
            answer.header("Docker-Distribution-Api-Version", "registry/2.0");
        }
        if (thrown instanceof NotAllowedException notAllowed) {
            answer.header(HttpHeaders.ALLOW, notAllowed.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        if (exception instanceof OutOfOrderChunk chunk) {
            answer.header("Range", "0-" + Math.max(0, chunk.offset() - 1));
        }
        return answer.build();
    }

    private HarborException understand(Throwable thrown) {
        if (thrown instanceof HarborException harbor) {
            return harbor;
        }
        if (thrown instanceof EJBException && thrown.getCause() instanceof HarborException harbor) {
            return harbor;
        }
        if (thrown instanceof WebApplicationException web) {
            return of(web);
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientGoneException) {
                return new HarborException(ErrorCode.SIZE_INVALID, "the request body ended early");
            }
            if (cause instanceof BodyTooLargeException) {
                return new HarborException(ErrorCode.SIZE_INVALID, "more bytes came than were announced");
            }
            if (cause instanceof StorageFullException) {
                WebLog.LOG.storageFull(cause);
                return new HarborException(ErrorCode.INSUFFICIENT_STORAGE);
            }
            if (cause instanceof IOException) {
                WebLog.LOG.storageFailed(cause);
                return new HarborException(ErrorCode.STORAGE_UNAVAILABLE);
            }
        }
        WebLog.LOG.requestFailed(request.getMethod(), request.getRequestURI().replaceAll("\\p{Cntrl}", "?"), thrown);
        return new HarborException(ErrorCode.UNKNOWN);
    }

    private HarborException of(WebApplicationException web) {
        boolean registry = isRegistry();
        if (web instanceof NotFoundException) {
            return new HarborException(registry ? ErrorCode.PATH_UNKNOWN : ErrorCode.NOT_FOUND);
        }
        if (web instanceof NotAllowedException) {
            return new HarborException(registry ? ErrorCode.METHOD_UNSUPPORTED : ErrorCode.METHOD_NOT_ALLOWED);
        }
        if (web instanceof NotSupportedException) {
            return new HarborException(ErrorCode.CONTENT_TYPE_UNSUPPORTED);
        }
        if (web instanceof NotAcceptableException) {
            return new HarborException(ErrorCode.NOT_ACCEPTABLE);
        }
        if (web.getResponse().getStatus() >= 500) {
            WebLog.LOG.requestFailed(request.getMethod(), request.getRequestURI(), web);
            return new HarborException(ErrorCode.UNKNOWN);
        }
        return new HarborException(ErrorCode.BAD_REQUEST);
    }

    private boolean isRegistry() {
        return request.getRequestURI().startsWith("/v2");
    }
}
