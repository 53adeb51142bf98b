// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.harboree.error.ErrorCode;
import org.harboree.oci.Digest;
import org.harboree.oci.Reference;
import org.harboree.storage.BlobStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No lock is held while much is read of an image's config. */
class LargeConfigTest extends RegistryFixture {
    private static final byte[] CONFIG = Registry.bytes("{\"architecture\":\"amd64\",\"history\":[{\"comment\":\""
            + "x".repeat(200_000) + "\"}]}");
    private static final byte[] IMAGE = Registry.bytes(Registry.image(
            Digest.sha256(CONFIG), CONFIG.length, Digest.sha256(CONFIG), CONFIG.length, "large"));

    private final List<Boolean> readInTransaction = new ArrayList<>();

    @BeforeEach
    void watchReads() {
        BlobStorage storage = registry.beans.get(BlobStorage.class);
        registry.beans.with(BlobStorage.class, (BlobStorage) Proxy.newProxyInstance(
                BlobStorage.class.getClassLoader(), new Class<?>[] {BlobStorage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open")) {
                        readInTransaction.add(DATABASE.entityManager().getTransaction().isActive());
                    }
                    try {
                        return method.invoke(storage, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void push() {
        registry.beans.get(ManifestService.class)
                .push(admin, NAME, Reference.parse("latest"), null, () -> IMAGE, List.of());
    }

    @Test
    void shouldBeReadBeforeTheTransactionOfThePush() {
        registry.beans.get(BlobUploadService.class).push(admin, NAME, Digest.sha256(CONFIG), Registry.body(CONFIG));
        push();
        assertThat(readInTransaction).containsExactly(false);
        RepositoryRef repository = registry.beans.get(Repositories.class).find(NAME).orElseThrow();
        ArtifactDao artifacts = registry.beans.get(ArtifactDao.class);
        long id = artifacts.find(repository.id(), Digest.sha256(IMAGE)).orElseThrow();
        assertThat(artifacts.facts(id).extraAttributesJson()).contains("amd64");
    }

    @Test
    void shouldBeMissedWhereItIsNotThere() {
        assertRefused(ErrorCode.MANIFEST_BLOB_UNKNOWN, this::push);
        assertThat(readInTransaction).isEmpty();
    }
}
