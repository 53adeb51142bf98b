// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.harboree.access.Action;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.access.TokenScope;
import org.harboree.access.TokenVerifier;
import org.harboree.access.VerifiedToken;
import org.harboree.access.VerifiedToken.RepositoryRights;
import org.harboree.database.TestDatabase;
import org.harboree.identity.UserRevoked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegistryTokenServiceTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private final RegistryTokenService tokens = registry.beans.get(RegistryTokenService.class);
    private final TokenVerifier verifier = registry.beans.get(TokenVerifier.class);
    private Caller admin;
    private ProjectRef project;

    @BeforeEach
    void open() {
        DATABASE.empty(Registry.TABLES);
        project = registry.project("library");
        admin = registry.admin();
    }

    private String issue(Caller caller, String... scopes) {
        return tokens.issue(caller, TokenScope.parse(List.of(scopes)), verifier.now()).token();
    }

    private VerifiedToken granted(Caller caller, String... scopes) {
        String token = issue(caller, scopes);
        return tokens.callerOf(token).orElseThrow().token().orElseThrow();
    }

    @Test
    void shouldGrantExactlyWhatIsAskedOfWhatIsHeld() {
        assertThat(granted(admin, "repository:library/alpine:pull").repositories())
                .isEqualTo(Map.of("library/alpine", new RepositoryRights(project.id(), Set.of(Action.PULL))));
        assertThat(granted(admin, "repository:library/alpine:*").repositories())
                .isEqualTo(Map.of("library/alpine", new RepositoryRights(project.id(), Action.all())));
    }

    @Test
    void shouldTellNobodyWhetherWhatTheyMayNotSeeExists() {
        String scope = ":pull,push,delete,*";
        VerifiedToken token = granted(Caller.anonymous(), "repository:library/alpine" + scope,
                "repository:nowhere/alpine" + scope, "repository:" + project.id() + "/alpine" + scope);
        assertThat(token.repositories().values()).containsOnly(new RepositoryRights(0, Set.of()));
    }

    @Test
    void shouldGrantAnybodyThePullOfAPublicProject() {
        DATABASE.execute("UPDATE project SET is_public = TRUE");
        assertThat(granted(Caller.anonymous(), "repository:library/alpine:pull,push").repositories())
                .isEqualTo(Map.of("library/alpine", new RepositoryRights(project.id(), Set.of(Action.PULL))));
    }

    @Test
    void shouldGrantNothingOnWhatIsNoRepositoryName() {
        assertThat(granted(admin, "repository:a/../library:pull", "repository:library%2Falpine:pull",
                "repository:Library/alpine:pull", "repository:host:5000/library/alpine:pull", "repository:library:pull")
                .repositories().values()).containsOnly(new RepositoryRights(0, Set.of()));
    }

    @Test
    void shouldOpenTheCatalogToSystemAdministratorsOnly() {
        assertThat(granted(admin, "registry:catalog:*").catalog()).isTrue();
        assertThat(granted(admin, "registry:catalog:pull").catalog()).isFalse();
        assertThat(granted(Caller.anonymous(), "registry:catalog:*").catalog()).isFalse();
    }

    @Test
    void shouldRefuseTheTokenOfAUserWhoIsNotThereAnyMore() {
        Caller gone = new Caller(Caller.Kind.USER, 987_654, "gone", false);
        TokenVerifier.Moment before = verifier.now();
        tokens.forget(new UserRevoked(gone.userId()));
        TokenScope scope = TokenScope.parse(List.of("repository:library/alpine:pull"));
        assertThat(tokens.callerOf(tokens.issue(gone, scope, before).token())).isEmpty();
    }

    @Test
    void shouldKnowOfATokenThatItSignedWhatAnotherNodeReadsInIt() {
        Registry elsewhere = new Registry(DATABASE);
        for (Caller caller : List.of(admin, Caller.anonymous())) {
            String token = issue(caller, "repository:library/alpine:pull,push", "repository:no/where:pull",
                    "registry:catalog:*");
            assertThat(tokens.callerOf(token)).isPresent()
                    .isEqualTo(elsewhere.beans.get(RegistryTokenService.class).callerOf(token));
        }
    }

    @Test
    void shouldAskForTheUserAgainAfterARevocation() {
        String token = issue(admin, "repository:library/alpine:pull");
        assertThat(tokens.callerOf(token)).isPresent();
        DATABASE.execute("UPDATE harbor_user SET deleted = TRUE");
        assertThat(tokens.callerOf(token)).as("remembered").isPresent();
        tokens.forget(new UserRevoked(admin.userId()));
        assertThat(tokens.callerOf(token)).isEmpty();
        DATABASE.execute("UPDATE harbor_user SET deleted = FALSE");
    }
}
