// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.harboree.access.TokenIssuer;
import org.harboree.config.Settings;
import org.harboree.error.HarborException;
import org.harboree.oci.RepositoryName;

/**
 * What a 401 of {@code /v2} tells the client: where to get a token, and for which scope it must ask (Docker token
 * authentication; RFC 6750 section 3). The realm comes from the configured external URL, never from a header.
 */
@ApplicationScoped
public class Challenge {
    private static final List<String> MARKERS = List.of("/manifests/", "/blobs/", "/tags/list", "/referrers/");

    private Settings settings;

    /** For the container's proxies. */
    protected Challenge() {
    }

    @Inject
    Challenge(Settings settings) {
        this.settings = settings;
    }

    /** The value of {@code WWW-Authenticate} for this request. */
    public String to(HttpServletRequest request) {
        StringBuilder challenge = new StringBuilder("Bearer realm=\"")
                .append(settings.externalUrl()).append("/service/token\",service=\"")
                .append(TokenIssuer.SERVICE).append('"');
        String scope = scope(request);
        if (!scope.isEmpty()) {
            challenge.append(",scope=\"").append(scope).append('"');
        }
        if (Credentials.bearer(request).isPresent()) {
            challenge.append(scope.isEmpty() ? ",error=\"invalid_token\"" : ",error=\"insufficient_scope\"");
        }
        return challenge.toString();
    }

    private static String scope(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (path.equals("/v2/_catalog")) {
            return "registry:catalog:*";
        }
        int end = MARKERS.stream().mapToInt(path::lastIndexOf).max().orElse(-1);
        int uploads = path.lastIndexOf("/blobs/uploads/");
        end = uploads > 0 ? Math.min(end, uploads) : end;
        if (end <= "/v2/".length() || !isName(path.substring("/v2/".length(), end))) {
            return "";
        }
        String scope = "repository:" + path.substring("/v2/".length(), end) + ':'
                + (uploads > 0 ? "pull,push" : actions(request.getMethod()));
        return QueryString.of(request).first("from")
                .filter(Challenge::isName)
                .map(from -> scope + " repository:" + from + ":pull")
                .orElse(scope);
    }

    private static String actions(String method) {
        return switch (method) {
            case "GET", "HEAD" -> "pull";
            case "DELETE" -> "delete";
            default -> "pull,push";
        };
    }

    private static boolean isName(String text) {
        try {
            RepositoryName.parse(text);
            return true;
        } catch (HarborException notAName) {
            return false;
        }
    }
}
