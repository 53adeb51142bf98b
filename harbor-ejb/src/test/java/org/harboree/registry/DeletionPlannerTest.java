// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.harboree.database.TestDatabase;
import org.harboree.oci.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletionPlannerTest {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private final DeletionPlanner planner = registry.beans.get(DeletionPlanner.class);
    private RepositoryRef repository;
    private BlobRef config;
    private BlobRef layer;

    @BeforeEach
    void empty() {
        DATABASE.empty(Registry.TABLES);
        repository = registry.repository("library/app");
        config = registry.blob(Registry.digest(1), 100);
        layer = registry.blob(Registry.digest(2), 2000);
    }

    @Test
    void shouldCountTagsAndBytesAndWhatNothingElseUses() {
        Manifest one = image("one", config, layer);
        Manifest other = image("other", registry.blob(Registry.digest(3), 30), layer);
        tag(one, "1", "latest");
        tag(other, "2");

        long manifest = one.content().length;
        assertThat(plan(one)).isEqualTo(new DeletionPlan(List.of(one.digest().toString()), 0, 1, 2,
                2100 + manifest, 100 + manifest));
        long both = manifest + other.content().length;
        assertThat(plan(one, other)).isEqualTo(new DeletionPlan(
                List.of(one.digest().toString(), other.digest().toString()), 0, 2, 3, 2130 + both, 2130 + both));
    }

    @Test
    void shouldTakeAlongWhatOnlyServed() {
        Manifest child = image("child", config, layer);
        Manifest tagged = image("tagged", config, layer);
        Manifest shared = image("shared", config, layer);
        Manifest index = index(child, tagged, shared);
        index(shared);
        tag(tagged, "kept");
        Manifest signature = referrer(child, "signature of the child");
        referrer(signature, "signature of the signature");

        assertThat(plan(index).artifacts()).isEqualTo(4);
        assertThat(plan(index).tags()).isZero();
        assertThat(plan(index).digests()).containsExactly(index.digest().toString());
    }

    @Test
    void shouldNotPromiseWhatAnIndexNeeds() {
        Manifest child = image("child", config, layer);
        Manifest index = index(child);
        Manifest outer = index(index);

        assertThat(plan(child)).isEqualTo(new DeletionPlan(List.of(), 1, 0, 0, 0, 0));
        assertThat(plan(child, index).needed()).isEqualTo(2);
        assertThat(plan(child, index, outer).needed()).isZero();
        assertThat(plan(child, index, outer).artifacts()).isEqualTo(3);
    }

    @Test
    void shouldCountAWholeRepository() {
        Manifest one = image("one", config, layer);
        tag(one, "1");
        RepositoryRef elsewhere = registry.repository("other/app");
        long copy = registry.artifact(elsewhere, image("copy", elsewhere, config));
        registry.use(copy, config);

        long manifest = one.content().length;
        assertThat(registry.work.call(() -> planner.planRepository(repository.id()))).isEqualTo(
                new DeletionPlan(List.of(), 0, 1, 1, 2100 + manifest, 2000 + manifest));
    }

    private DeletionPlan plan(Manifest... asked) {
        ArtifactListDao artifacts = registry.beans.get(ArtifactListDao.class);
        return registry.work.call(() -> planner.plan(Stream.of(asked)
                .map(one -> artifacts.find(repository.id(), one.digest().toString()).orElseThrow()).toList()));
    }

    private Manifest image(String note, BlobRef itsConfig, BlobRef itsLayer) {
        Manifest manifest = Registry.parse(Registry.image(itsConfig.digest(), itsConfig.size(), itsLayer.digest(),
                itsLayer.size(), note));
        long id = registry.artifact(repository, manifest);
        registry.use(id, itsConfig, itsLayer);
        return manifest;
    }

    private static Manifest image(String note, RepositoryRef place, BlobRef itsConfig) {
        return Registry.parse(Registry.image(itsConfig.digest(), itsConfig.size(), itsConfig.digest(),
                itsConfig.size(), note + place.id()));
    }

    private Manifest index(Manifest... children) {
        String entries = String.join(",", Stream.of(children)
                .map(child -> Registry.descriptor(MANIFEST, child.digest(), child.content().length)).toList());
        Manifest manifest = Registry.parse("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":["
                + entries + "]}");
        long id = registry.artifact(repository, manifest);
        registry.work.run(() -> {
            ArtifactDao artifacts = registry.beans.get(ArtifactDao.class);
            artifacts.insertChildren(id, manifest.children(), artifacts.lockChildren(repository.id(),
                    Stream.of(children).map(Manifest::digest).toList()));
        });
        return manifest;
    }

    private Manifest referrer(Manifest subject, String note) {
        String image = Registry.image(config.digest(), 100, layer.digest(), 2000, note);
        Manifest manifest = Registry.parse(image.substring(0, image.length() - 1) + ",\"subject\":"
                + Registry.descriptor(MANIFEST, subject.digest(), subject.content().length) + "}");
        registry.artifact(repository, manifest);
        return manifest;
    }

    private void tag(Manifest manifest, String... names) {
        registry.work.run(() -> {
            long id = registry.beans.get(ArtifactDao.class).find(repository.id(), manifest.digest())
                    .orElseThrow();
            for (String name : names) {
                registry.beans.get(TagDao.class).put(repository.id(), name, id);
            }
        });
    }
}
