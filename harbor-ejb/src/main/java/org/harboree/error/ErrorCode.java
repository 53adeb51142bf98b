// SPDX-License-Identifier: Apache-2.0
package org.harboree.error;

/**
 * Every error a client can be told: its wire code, HTTP status and default message.
 *
 * <p>The first block is the table of the OCI Distribution Spec 1.1 ("Error Codes") and is what {@code /v2} answers; the
 * second is Harbor's REST API. A wire code may stand in both with another status, so a constant is not its wire code.
 */
public enum ErrorCode {
    BLOB_UNKNOWN("BLOB_UNKNOWN", 404, "blob unknown to registry"),
    BLOB_UPLOAD_CONFLICT("BLOB_UPLOAD_INVALID", 409, "another request is writing to this upload"),
    BLOB_UPLOAD_INVALID("BLOB_UPLOAD_INVALID", 400, "blob upload invalid"),
    BLOB_UPLOAD_RANGE("BLOB_UPLOAD_INVALID", 416, "the chunk does not start where the upload ends"),
    BLOB_UPLOAD_UNKNOWN("BLOB_UPLOAD_UNKNOWN", 404, "blob upload unknown to registry"),
    CONTENT_ENCODING_UNSUPPORTED("UNSUPPORTED", 415, "content encodings are not accepted"),
    CONTENT_TYPE_UNSUPPORTED("UNSUPPORTED", 415, "the content type is not accepted here"),
    DENIED("DENIED", 403, "requested access to the resource is denied"),
    DIGEST_INVALID("DIGEST_INVALID", 400, "provided digest did not match uploaded content"),
    INSUFFICIENT_STORAGE("BLOB_UPLOAD_INVALID", 507, "the registry's storage is full"),
    MANIFEST_BLOB_UNKNOWN("MANIFEST_BLOB_UNKNOWN", 400, "manifest references a manifest or blob unknown to registry"),
    MANIFEST_INVALID("MANIFEST_INVALID", 400, "manifest invalid"),
    MANIFEST_TOO_LARGE("MANIFEST_INVALID", 413, "the manifest is larger than 4 MiB"),
    MANIFEST_UNKNOWN("MANIFEST_UNKNOWN", 404, "manifest unknown to registry"),
    MANIFEST_REFERENCED("DENIED", 412, "the deleting artifact is referenced by others"),
    METHOD_UNSUPPORTED("UNSUPPORTED", 405, "the method is not allowed here"),
    NAME_INVALID("NAME_INVALID", 400, "invalid repository name"),
    NAME_UNKNOWN("NAME_UNKNOWN", 404, "repository name not known to registry"),
    PAGINATION_INVALID("UNSUPPORTED", 400, "invalid number of results requested"),
    PATH_UNKNOWN("NAME_UNKNOWN", 404, "there is nothing at this path"),
    RANGE_UNSATISFIABLE("UNSUPPORTED", 416, "the range is outside of the blob"),
    SIZE_INVALID("SIZE_INVALID", 400, "provided length did not match content length"),
    STORAGE_UNAVAILABLE("UNKNOWN", 503, "the registry's storage cannot be used at the moment"),
    TAG_INVALID("MANIFEST_INVALID", 400, "invalid tag"),
    TAGS_TOO_MANY("UNSUPPORTED", 414, "too many tags in one request"),
    TOO_MANY_REQUESTS("TOOMANYREQUESTS", 429, "too many requests"),
    UNAUTHORIZED("UNAUTHORIZED", 401, "authentication required"),
    URI_TOO_LONG("UNSUPPORTED", 414, "the address is too long"),
    UNSUPPORTED("UNSUPPORTED", 400, "the operation is unsupported"),

    BAD_REQUEST("BAD_REQUEST", 400, "bad request"),
    CONFLICT("CONFLICT", 409, "the resource exists already"),
    FORBIDDEN("FORBIDDEN", 403, "forbidden"),
    METHOD_NOT_ALLOWED("METHOD_NOT_ALLOWED", 405, "method not allowed"),
    NOT_ACCEPTABLE("NOT_ACCEPTABLE", 406, "not acceptable"),
    NOT_FOUND("NOT_FOUND", 404, "not found"),
    PRECONDITION("PRECONDITION", 412, "precondition failed"),
    REQUEST_ENTITY_TOO_LARGE("REQUEST_ENTITY_TOO_LARGE", 413, "the request body is too large"),
    TOO_MANY_REQUEST("TOO_MANY_REQUEST", 429, "too many requests"),
    UNPROCESSABLE_ENTITY("UNPROCESSABLE_ENTITY", 422, "validation failure list"),
    VIOLATE_FOREIGN_KEY_CONSTRAINT("VIOLATE_FOREIGN_KEY_CONSTRAINT", 412, "the resource is referenced by others"),

    SERVICE_UNAVAILABLE("UNKNOWN", 503, "the service is unavailable at the moment"),
    UNKNOWN("UNKNOWN", 500, "internal server error");

    private final String wireCode;
    private final int status;
    private final String message;

    ErrorCode(String wireCode, int status, String message) {
        this.wireCode = wireCode;
        this.status = status;
        this.message = message;
    }

    /** What stands in the {@code code} field of the body. */
    public String wireCode() {
        return wireCode;
    }

    /** The same refusal in Harbor's REST API, which has a code of its own for some. */
    public ErrorCode inApi() {
        return this == TOO_MANY_REQUESTS ? TOO_MANY_REQUEST : this;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Default message, without a full stop. */
    public String message() {
        return message;
    }
}
