// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Tuple;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.harboree.config.SecretBox;
import org.harboree.config.Settings;
import org.harboree.transaction.UnitOfWork;
import org.wildfly.security.x500.cert.X509CertificateBuilder;

/**
 * The keys of the token service. The newest key of the configured algorithm signs, unless its retirement is set: a
 * token must not outlive the key that verifies it. Every key that has not retired verifies, so that a rotation, or a
 * change of algorithm, fails no request.
 *
 * <p>Keys live in the database, their private part encrypted. A node that meets an unknown key id reads them again, so
 * a key made by another node is known at once; it does so at most once a second, so that junk cannot make it query.
 * It also reads them again after five minutes, so that it learns of a rotation and lets go of what has retired.
 */
@ApplicationScoped
public class SigningKeys {
    /** A retired key still verifies for this long: more than any token lives. */
    private static final int RETIREMENT_HOURS = 24;
    private static final int CERTIFICATE_YEARS = 10;
    private static final long RELOAD_NANOS = 1_000_000_000L;
    private static final long FRESH_NANOS = 300_000_000_000L;

    @Inject
    private SigningKeyDao dao;

    @Inject
    private UnitOfWork work;

    @Inject
    private Settings settings;

    @Inject
    private SecretBox secrets;

    private volatile List<Held> keys = List.of();
    private volatile long loadedAt;

    /** A key of the database; {@code retiring} if it may verify for a while, but sign no more. */
    private record Held(SigningKey key, boolean retiring) {
    }

    /** The key that signs now; made if there is none of the configured algorithm. */
    public SigningKey current() {
        refresh();
        return newest().or(() -> {
            load();
            return newest();
        }).orElseGet(this::first);
    }

    /** Requests that come together at the very first start make one key, not one each. */
    private synchronized SigningKey first() {
        return newest().orElseGet(this::rotate);
    }

    private Optional<SigningKey> newest() {
        String algorithm = settings.tokenAlgorithm();
        return keys.stream().filter(held -> !held.retiring()).map(Held::key)
                .filter(key -> key.algorithm().equals(algorithm)).findFirst();
    }

    /** All keys by which a token may be signed at this moment, newest first. */
    public List<SigningKey> valid() {
        current();
        return keys.stream().map(Held::key).toList();
    }

    /** The key of that id, unless it is unknown or has retired. */
    public Optional<SigningKey> byId(String kid) {
        refresh();
        Optional<SigningKey> known = find(kid);
        if (known.isEmpty() && System.nanoTime() - loadedAt > RELOAD_NANOS) {
            load();
            return find(kid);
        }
        return known;
    }

    private void refresh() {
        if (!keys.isEmpty() && System.nanoTime() - loadedAt > FRESH_NANOS) {
            load();
        }
    }

    private Optional<SigningKey> find(String kid) {
        return keys.stream().map(Held::key).filter(key -> key.kid().equals(kid)).findFirst();
    }

    /**
     * Makes a new key and signs with it from now on; the others retire after {@value #RETIREMENT_HOURS} hours. A young
     * key of another algorithm does not: while nodes are started again one by one with another setting, each would
     * otherwise retire the key of the other.
     */
    public synchronized SigningKey rotate() {
        String algorithm = settings.tokenAlgorithm();
        try {
            KeyPair pair = generate(algorithm);
            String kid = SigningKey.libtrustId(pair.getPublic());
            String certificate = pem(selfSigned(pair, algorithm));
            String privateKey = Base64.getEncoder().encodeToString(secrets.encrypt(pair.getPrivate().getEncoded()));
            work.run(() -> {
                dao.insert(kid, algorithm, certificate, privateKey);
                dao.retireOthers(kid, algorithm, RETIREMENT_HOURS);
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no signing key of algorithm " + algorithm + " can be made", e);
        }
        load();
        return newest().orElseThrow();
    }

    private synchronized void load() {
        keys = work.call(dao::valid).stream().map(this::read).toList();
        loadedAt = System.nanoTime();
    }

    private Held read(Tuple row) {
        try {
            String algorithm = (String) row.get(1);
            byte[] der = secrets.decrypt(Base64.getDecoder().decode((String) row.get(3)));
            PrivateKey key = KeyFactory.getInstance(algorithm.startsWith("ES") ? "EC" : "RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(der));
            byte[] pem = ((String) row.get(2)).getBytes(StandardCharsets.US_ASCII);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            boolean retiring = ((Number) row.get(4)).intValue() != 0;
            return new Held(new SigningKey((String) row.get(0), algorithm, certificate, key), retiring);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing key " + row.get(0) + " cannot be read", e);
        }
    }

    private static KeyPair generate(String algorithm) throws GeneralSecurityException {
        if (algorithm.equals("RS256")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(3072);
            return generator.generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static X509Certificate selfSigned(KeyPair pair, String algorithm) throws GeneralSecurityException {
        X500Principal name = new X500Principal("CN=Harbor EE token service");
        return new X509CertificateBuilder()
                .setIssuerDn(name)
                .setSubjectDn(name)
                .setPublicKey(pair.getPublic())
                .setSigningKey(pair.getPrivate())
                .setSignatureAlgorithmName(algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSA")
                .setNotValidBefore(ZonedDateTime.now().minusDays(1))
                .setNotValidAfter(ZonedDateTime.now().plusYears(CERTIFICATE_YEARS))
                .build();
    }

    /** The certificate as PEM text. */
    public static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
