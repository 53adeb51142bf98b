// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.harboree.project.Rooms.key;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProjectMetadataServiceTest {
    private static final String SPARSE = "allow_sparse_index";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Rooms rooms = new Rooms(DATABASE, Map.of());
    private final ProjectMetadataService metadata = rooms.metadata;
    private Caller alice;
    private ProjectRef project;

    @BeforeEach
    void makeProject() {
        DATABASE.empty(Rooms.TABLES);
        rooms.accounts.admin();
        alice = rooms.accounts.user("alice");
        project = rooms.project(alice, "demo", true);
    }

    @Test
    void shouldAddChangeAndDeleteAKey() {
        metadata.add(alice, key(project), Map.of(SPARSE, "1"));
        assertThat(metadata.get(alice, key(project), SPARSE)).isEqualTo(Map.of(SPARSE, "true"));
        assertThat(rooms.projects.allowsSparseIndex(project.id())).isTrue();

        metadata.update(alice, key(project), SPARSE, Map.of(SPARSE, "False"));
        assertThat(metadata.list(alice, key(project))).isEqualTo(Map.of("public", "true", SPARSE, "false"));
        assertThat(rooms.projects.allowsSparseIndex(project.id())).isFalse();

        metadata.delete(alice, key(project), SPARSE);
        assertThat(metadata.list(alice, key(project))).isEqualTo(Map.of("public", "true"));
    }

    @Test
    void shouldMakeTheProjectPrivateByChangeOrDeletionOfPublic() {
        metadata.update(alice, key(project), "public", Map.of("public", "false"));
        assertThat(rooms.projects.find("demo")).map(ProjectRef::isPublic).contains(false);

        metadata.update(alice, key(project), "public", Map.of("public", "true"));
        metadata.delete(alice, key(project), "public");

        assertThat(rooms.projects.find("demo")).map(ProjectRef::isPublic).contains(false);
        assertThat(rooms.events).containsExactly(new ProjectVisibilityChanged(project.id(), false),
                new ProjectVisibilityChanged(project.id(), true), new ProjectVisibilityChanged(project.id(), false));
    }

    @Test
    void shouldTakeExactlyOneKnownPair() {
        assertRefused(ErrorCode.BAD_REQUEST, () -> metadata.add(alice, key(project), Map.of()));
        assertRefused(ErrorCode.BAD_REQUEST, () -> metadata.add(alice, key(project),
                Map.of(SPARSE, "true", "public", "true")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> metadata.add(alice, key(project), Map.of("prevent_vul", "true")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> metadata.add(alice, key(project), Map.of(SPARSE, "perhaps")));
        assertRefused(ErrorCode.CONFLICT, () -> metadata.add(alice, key(project), Map.of("public", "true")));
        assertRefused(ErrorCode.NOT_FOUND, () -> metadata.update(alice, key(project), SPARSE, Map.of(SPARSE, "true")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> metadata.update(alice, key(project), SPARSE,
                Map.of("public", "true")));
        assertRefused(ErrorCode.NOT_FOUND, () -> metadata.delete(alice, key(project), SPARSE));
        assertRefused(ErrorCode.NOT_FOUND, () -> metadata.get(alice, key(project), "anything"));
    }

    @Test
    void shouldNotBeForVisitorsOfAPublicProject() {
        assertRefused(ErrorCode.UNAUTHORIZED, () -> metadata.list(Caller.anonymous(), key(project)));
        Caller bob = rooms.accounts.user("bob");
        assertRefused(ErrorCode.FORBIDDEN, () -> metadata.list(bob, key(project)));
        assertRefused(ErrorCode.FORBIDDEN, () -> metadata.update(bob, key(project), "public",
                Map.of("public", "false")));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
