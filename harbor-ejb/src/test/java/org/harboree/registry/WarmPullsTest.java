// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.harboree.access.TokenScope;
import org.harboree.access.TokenVerifier;
import org.harboree.access.TokenVerifier;
import org.harboree.database.TestDatabase;
import org.harboree.oci.Digest;
import org.harboree.oci.Reference;
import org.harboree.oci.RepositoryName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WarmPullsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private static final String REPOSITORY = "library/alpine";
    private static final RepositoryName NAME = RepositoryName.parse(REPOSITORY);
    private static final byte[] BLOB = Registry.bytes("{}");
    private static final Digest DIGEST = Digest.sha256(BLOB);

    @TempDir
    private Path folder;

    private Registry registry;
    private WarmPulls warm;
    private PullService pulls;
    private RegistryCaller admin;
    private String token;

    @BeforeEach
    void push() {
        DATABASE.empty(Registry.TABLES);
        registry = new Registry(DATABASE, folder);
        registry.project("library");
        warm = registry.beans.get(WarmPulls.class);
        pulls = registry.beans.get(PullService.class);
        admin = RegistryCaller.of(registry.admin());
        registry.beans.get(BlobUploadService.class).push(admin, NAME, DIGEST, Registry.body(BLOB));
        push("latest", "1");
        token = token("repository:" + REPOSITORY + ":pull");
    }

    private byte[] push(String tag, String note) {
        byte[] content = Registry.bytes(Registry.image(DIGEST, BLOB.length, DIGEST, BLOB.length, note));
        registry.beans.get(ManifestService.class)
                .push(admin, NAME, Reference.parse(tag), null, () -> content, List.of());
        return content;
    }

    private String token(String scope) {
        return registry.beans.get(RegistryTokenService.class)
                .issue(admin.caller(), TokenScope.parse(List.of(scope)),
                        registry.beans.get(TokenVerifier.class).now()).token();
    }

    /** A pull as JAX-RS makes it: everything that it needs is in memory after. */
    private byte[] pull(String reference) {
        RegistryCaller who = registry.beans.get(RegistryTokenService.class).callerOf(token).orElseThrow();
        return pulls.manifest(who, NAME, Reference.parse(reference)).content();
    }

    private Optional<byte[]> warm(String reference) {
        return warm.manifest(token, REPOSITORY, reference, false).map(StoredManifest::content);
    }

    @Test
    void shouldLeaveAColdPullToOthers() {
        assertThat(warm("latest")).isEmpty();
        assertThat(warm.blob(token, REPOSITORY, DIGEST.toString())).isEmpty();
    }

    @Test
    void shouldAnswerFromMemoryWhatWasPulledBefore() {
        byte[] content = pull("latest");
        DATABASE.execute("DELETE FROM tag");
        assertThat(warm("latest")).as("no query").contains(content);
        assertThat(warm(Digest.sha256(content).toString())).contains(content);
        assertThat(warm("other")).isEmpty();
        assertThat(warm(Registry.digest(9).toString())).isEmpty();
    }

    @Test
    void shouldAnswerASmallBlobWithAViewOfItsOwn() throws IOException {
        pull("latest");
        pulls.smallContent(pulls.blob(admin, NAME, DIGEST));
        for (int i = 0; i < 2; i++) {
            ByteBuffer content = warm.blob(token, REPOSITORY, DIGEST.toString()).orElseThrow();
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            assertThat(bytes).isEqualTo(BLOB);
        }
    }

    @Test
    void shouldNotAnswerWithATagThatHasMoved() {
        pull("latest");
        byte[] moved = push("latest", "2");
        assertThat(warm("latest")).isEmpty();
        assertThat(pull("latest")).isEqualTo(moved);
        assertThat(warm("latest")).contains(moved);
    }

    @Test
    void shouldNotAnswerWhatWasDeleted() {
        Digest digest = Digest.sha256(pull("latest"));
        registry.beans.get(ManifestService.class).delete(admin, NAME, Reference.parse("latest"));
        assertThat(warm("latest")).isEmpty();
        assertThat(warm(digest.toString())).isPresent();
        registry.beans.get(ManifestService.class).delete(admin, NAME, digest);
        assertThat(warm(digest.toString())).isEmpty();
    }

    @Test
    void shouldNotAnswerATokenWhoseUserIsToBeAskedForAgain() {
        pull("latest");
        registry.beans.get(TokenVerifier.class).forgetUser(admin.caller().userId());
        assertThat(warm("latest")).isEmpty();
    }

    @Test
    void shouldNotAnswerATokenForSomethingElse() {
        pull("latest");
        for (String scope : List.of("repository:library/other:pull", "repository:" + REPOSITORY + ":push,delete")) {
            String other = token(scope);
            registry.beans.get(RegistryTokenService.class).callerOf(other);
            assertThat(warm.manifest(other, REPOSITORY, "latest", false)).isEmpty();
        }
        assertThat(warm.manifest("junk", REPOSITORY, "latest", false)).isEmpty();
    }

    @Test
    void shouldCountAPullAndNotALook() {
        pull("latest");
        warm.manifest(token, REPOSITORY, "latest", true);
        warm.manifest(token, REPOSITORY, "latest", false);
        registry.beans.get(PullRecorder.class).flush();
        assertThat(DATABASE.entityManager().createNativeQuery("SELECT pull_count FROM repository").getSingleResult())
                .isEqualTo(1L);
    }
}
