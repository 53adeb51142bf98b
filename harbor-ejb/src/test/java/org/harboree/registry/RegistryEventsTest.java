// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.harboree.access.Caller;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Reference;
import org.harboree.outbox.OutboxConsumer;
import org.harboree.outbox.OutboxDispatcher;
import org.harboree.outbox.OutboxEvent;
import org.harboree.outbox.TestConsumers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryEventsTest extends RegistryFixture {
    private static final byte[] CONFIG = Registry.bytes("{\"os\":\"linux\",\"architecture\":\"amd64\"}");
    private static final byte[] LAYER = Registry.bytes("layer");
    private static final byte[] IMAGE = Registry.bytes(Registry.image(
            Digest.sha256(CONFIG), CONFIG.length, Digest.sha256(LAYER), LAYER.length, "1"));
    private static final String DIGEST = Digest.sha256(IMAGE).toString();

    private final List<String> topics = new ArrayList<>();
    private final List<RegistryEvent> heard = new ArrayList<>();
    private boolean wanting = true;
    private Caller caller;

    @BeforeEach
    void listen() {
        DATABASE.empty("outbox_event");
        TestConsumers.put(registry.beans, new OutboxConsumer() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public boolean wants(String topic) {
                return wanting;
            }

            @Override
            public boolean wants(String topic, String key) {
                return wanting && key.startsWith("library/");
            }

            @Override
            public void accept(OutboxEvent event) {
                assertThat(event.key()).isEqualTo("library/alpine");
                topics.add(event.topic());
                heard.add(RegistryEvent.parse(event));
            }
        });
        caller = registry.admin();
        BlobUploadService uploads = registry.beans.get(BlobUploadService.class);
        List.of(CONFIG, LAYER).forEach(blob -> uploads.push(admin, NAME, Digest.sha256(blob), Registry.body(blob)));
    }

    @Test
    void shouldTellOfPushes() {
        push("v1", IMAGE);
        push("v1", IMAGE);
        push(DIGEST, IMAGE, "a", "b");
        push(DIGEST, IMAGE);

        hear();
        assertThat(topics).hasSize(4).containsOnly(RegistryEvents.ARTIFACT_PUSHED);
        assertThat(heard.get(0)).isEqualTo(event("v1"));
        assertThat(heard).extracting(RegistryEvent::tags)
                .containsExactly(List.of("v1"), List.of("v1"), List.of("a", "b"), List.of());
    }

    @Test
    void shouldNotTellOfAPushThatWasRefused() {
        byte[] broken = Registry.bytes(Registry.image(Registry.digest(1), 1, Registry.digest(2), 2, "x"));
        assertThatThrownBy(() -> push("v1", broken)).isInstanceOf(HarborException.class);
        hear();
        assertThat(topics).isEmpty();
    }

    @Test
    void shouldTellOfTagsThatComeAndGo() {
        push("v1", IMAGE);
        TagService tags = registry.beans.get(TagService.class);
        tags.create(caller, "library", "alpine", "v1", "v2");
        tags.delete(caller, "library", "alpine", DIGEST, "v2");
        registry.beans.get(ManifestService.class).delete(admin, NAME, Reference.parse("v1"));

        hear();
        assertThat(topics).containsExactly(RegistryEvents.ARTIFACT_PUSHED, RegistryEvents.TAG_CREATED,
                RegistryEvents.TAG_DELETED, RegistryEvents.TAG_DELETED);
        assertThat(heard.subList(1, 4)).containsExactly(event("v2"), event("v2"), event("v1"));
    }

    @Test
    void shouldTellOfAnArtifactThatGoesWithItsTagsAndOfWhatServedIt() {
        byte[] index = Registry.bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"manifests\":["
                + Registry.descriptor(MediaTypes.OCI_MANIFEST, Digest.parse(DIGEST), IMAGE.length) + "]}");
        push(DIGEST, IMAGE);
        push("v1", index);
        push("v2", index);
        hear();
        registry.beans.get(ArtifactService.class).delete(caller, "library", "alpine", "v2");

        topics.clear();
        heard.clear();
        hear();
        assertThat(topics).containsExactly(RegistryEvents.ARTIFACT_DELETED, RegistryEvents.ARTIFACT_DELETED);
        assertThat(heard.get(0).digest()).isEqualTo(Digest.sha256(index).toString());
        assertThat(heard.get(0).tags()).containsExactly("v1", "v2");
        assertThat(heard.get(1)).isEqualTo(event());
    }

    @Test
    void shouldTellOfEachArtifactThatGoesWithItsRepository() {
        push("v1", IMAGE);
        push("v2", IMAGE);
        registry.beans.get(RepositoryService.class).delete(caller, "library", "alpine");

        hear();
        assertThat(topics).endsWith(RegistryEvents.ARTIFACT_DELETED).hasSize(3);
        assertThat(heard.get(2)).isEqualTo(event("v1", "v2"));
    }

    @Test
    void shouldWriteNothingWhereNobodyWantsToKnow() {
        wanting = false;
        push("v1", IMAGE);
        registry.beans.get(ManifestService.class).delete(admin, NAME, Reference.parse("v1"));
        registry.beans.get(RepositoryService.class).delete(caller, "library", "alpine");
        wanting = true;
        hear();
        assertThat(topics).isEmpty();
    }

    private void push(String reference, byte[] content, String... tags) {
        registry.beans.get(ManifestService.class).push(admin, NAME, Reference.parse(reference), null, () -> content,
                List.of(tags));
    }

    private void hear() {
        registry.beans.get(OutboxDispatcher.class).deliver();
    }

    private static RegistryEvent event(String... tags) {
        return new RegistryEvent(project(), "library/alpine", DIGEST, List.of(tags), "admin");
    }

    private static long project() {
        return ((Number) DATABASE.entityManager()
                .createNativeQuery("SELECT project_id FROM project WHERE name = 'library'").getSingleResult())
                .longValue();
    }
}
