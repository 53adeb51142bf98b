// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Harbor's {@code ProjectReq}. What it asks for that this server would not do is refused, not passed over: the answer
 * 201 must not promise a quota or a proxy cache that is not there.
 */
record ProjectBody(String projectName, @JsonProperty("public") Boolean isPublic, Map<String, String> metadata,
        Long storageLimit, Long registryId) {
    private static final int MAX_NAME = 255;
    private static final String PUBLIC = "public";

    /** Of proxy cache projects, which this is none of, or the server's own to write. */
    private static final Set<String> OF_NO_EFFECT = Set.of("proxy_speed_kb", "max_upstream_conn",
            "proxy_cache_local_on_not_found", "proxy_referrer_api", "proxy_cache_filter_pattern",
            "proxy_cache_filter_kind", "retention_id");

    /** @throws HarborException UNPROCESSABLE_ENTITY, BAD_REQUEST */
    ProjectBody requireAcceptable() {
        if (projectName != null && projectName.length() > MAX_NAME) {
            throw Parameters.invalid("project_name in body should be at most " + MAX_NAME + " chars long");
        }
        if (registryId != null && registryId != 0) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "proxy cache projects are not supported");
        }
        if (storageLimit != null && storageLimit > 0) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "a storage limit cannot be set: storage is not limited");
        }
        return this;
    }

    /** Empty where the name is missing, which the service refuses. */
    String name() {
        return Optional.ofNullable(projectName).orElse("");
    }

    /** The metadata, with the old field {@code public} where the new one is missing. */
    Map<String, String> effectiveMetadata() {
        Map<String, String> effective = new HashMap<>(metadata == null ? Map.of() : JsonBody.withoutNulls(metadata));
        effective.values().removeIf(String::isEmpty);
        effective.keySet().removeAll(OF_NO_EFFECT);
        if (isPublic != null) {
            effective.putIfAbsent(PUBLIC, isPublic.toString());
        }
        return effective;
    }
}
