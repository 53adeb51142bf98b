// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.ssl.SSLContextBuilder;
import org.harboree.remote.RemoteEndpoint;

/** Which TLS certificates of a registry are believed. */
public final class TlsTrust {
    private TlsTrust() {
    }

    /**
     * Reads the certificates of a PEM text.
     *
     * @throws CertificateException if it holds none, or something else
     */
    public static Collection<? extends Certificate> certificates(String pem) throws CertificateException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no certificate in it");
        }
        return certificates;
    }

    /** @throws CertificateException if the endpoint's authorities cannot be read */
    static SSLConnectionSocketFactory of(RemoteEndpoint endpoint) throws CertificateException {
        try {
            SSLContextBuilder context = SSLContextBuilder.create();
            if (endpoint.insecure()) {
                context.loadTrustMaterial((chain, authType) -> true);
                return new SSLConnectionSocketFactory(context.build(), NoopHostnameVerifier.INSTANCE);
            }
            if (endpoint.caCertificate().isPresent()) {
                context.loadTrustMaterial(storeOf(certificates(endpoint.caCertificate().get())), null);
            }
            return new SSLConnectionSocketFactory(context.build());
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    private static KeyStore storeOf(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        return store;
    }
}
