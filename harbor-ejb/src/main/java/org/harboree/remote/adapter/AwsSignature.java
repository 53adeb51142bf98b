// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.harboree.remote.RemoteCredential;

/** AWS Signature Version 4, for requests without a query. */
final class AwsSignature {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private final RemoteCredential credential;
    private final String region;
    private final String service;

    AwsSignature(RemoteCredential credential, String region, String service) {
        this.credential = credential;
        this.region = region;
        this.service = service;
    }

    /**
     * What to add to a request.
     *
     * @param headers that are signed besides {@code Host} and {@code X-Amz-Date}
     * @return all headers, the {@code Authorization} among them, without {@code Host}
     */
    Map<String, String> sign(String method, URI uri, Map<String, String> headers, byte[] body, Instant now) {
        String time = TIME.format(now);
        String day = time.substring(0, 8);
        Map<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
        signed.put("host", uri.getRawAuthority());
        signed.put("x-amz-date", time);
        StringBuilder canonical = new StringBuilder(method).append('\n')
                .append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()).append("\n\n");
        signed.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", signed.keySet());
        canonical.append('\n').append(names).append('\n').append(sha256(body));
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n"
                + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
        Map<String, String> all = new TreeMap<>(headers);
        all.put("X-Amz-Date", time);
        all.put("Authorization", ALGORITHM + " Credential=" + credential.accessKey() + "/" + scope
                + ", SignedHeaders=" + names + ", Signature=" + HexFormat.of().formatHex(mac(key(day), toSign)));
        return all;
    }

    private byte[] key(String day) {
        byte[] secret = ("AWS4" + credential.accessSecret()).getBytes(StandardCharsets.UTF_8);
        return mac(mac(mac(mac(secret, day), region), service), "aws4_request");
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
