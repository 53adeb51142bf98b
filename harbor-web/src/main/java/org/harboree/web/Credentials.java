// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.identity.Authentication;

/** Reads {@code Authorization}: the one resolver from credentials to a {@link Caller}. */
@ApplicationScoped
public class Credentials {
    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";

    @Inject
    private Authentication authentication;

    /** A bearer token as it was sent, unchecked. */
    public static Optional<String> bearer(HttpServletRequest request) {
        return after(BEARER, request);
    }

    /** Whether the request carries the header at all, good or bad. */
    public static boolean arePresent(HttpServletRequest request) {
        return request.getHeader("Authorization") != null;
    }

    /**
     * The caller whose name and password were sent (RFC 7617); empty if none were, or wrong ones.
     *
     * @throws org.harboree.error.HarborException TOO_MANY_REQUESTS after too many wrong ones
     */
    public Optional<Caller> basic(HttpServletRequest request) {
        return after(BASIC, request).flatMap(Credentials::decode).flatMap(pair -> {
            int colon = pair.indexOf(':');
            return colon <= 0 || pair.indexOf('\0') >= 0
                    ? Optional.empty()
                    : authentication.authenticate(
                            pair.substring(0, colon), pair.substring(colon + 1), request.getRemoteAddr());
        });
    }

    private static Optional<String> after(String scheme, HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(scheme.length()).strip());
    }

    private static Optional<String> decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
