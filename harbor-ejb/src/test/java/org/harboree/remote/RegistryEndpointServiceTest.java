// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.config.SecretBox;
import org.harboree.config.Settings;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.remote.ScriptedUpstream.Access;
import org.harboree.remote.adapter.DockerRegistryAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryEndpointServiceTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private static final Caller ADMIN = Caller.system();

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final SecretBox box = new SecretBox(new byte[32]);
    private final RegistryEndpointDao dao = new RegistryEndpointDao(DATABASE.entityManager());
    private final RemoteRegistries registries =
            new RemoteRegistries(List.of(new DockerRegistryAdapter(Upstreams.connections())));
    private final EndpointHealth health = new EndpointHealth(dao, box, registries, DATABASE.unitOfWork());
    private final RegistryEndpoints directory = new RegistryEndpoints(dao, box, registries, DATABASE.unitOfWork());
    private final List<EndpointUse> uses = new ArrayList<>();
    private final RegistryEndpointService service = new RegistryEndpointService(
            new AccessGuard((caller, project) -> Set.of()), dao, health, directory, registries, box,
            DATABASE.unitOfWork(), new Settings(Map.of(), null, DATABASE.unitOfWork()), uses);

    @BeforeEach
    void empty() {
        DATABASE.empty("registry");
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void shouldBeForSystemAdministratorsOnly() {
        long id = service.create(ADMIN, settings("a"));
        Caller alice = new Caller(Caller.Kind.USER, 7, "alice", false);

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> service.create(alice, settings("b")), () -> service.get(alice, id),
                () -> service.update(alice, id, url("http://x")), () -> service.delete(alice, id),
                () -> service.ping(alice, ping(id, "")), () -> service.info(alice, id),
                () -> service.info(alice, 0), () -> service.types(alice), () -> service.patterns(alice),
                () -> service.list(alice, Optional.empty(), Query.none(), byId(), PageRequest.parse("", "")))) {
            assertRefused(ErrorCode.FORBIDDEN, call);
        }
        assertRefused(ErrorCode.UNAUTHORIZED, () -> service.get(Caller.anonymous(), id));
    }

    @Test
    void shouldKeepWhatWasEnteredAndSealTheSecret() {
        upstream.protect(Access.BASIC, "robot", "s3cret-✓");

        long id = service.create(ADMIN, settings("a", "robot", "s3cret-✓"));

        RegistryEndpoint endpoint = service.get(ADMIN, id);
        assertThat(endpoint.settings(box)).isEqualTo(settings("a", "robot", "s3cret-✓"));
        assertThat(endpoint.health()).isEqualTo("healthy");
        assertThat(endpoint.creationTime()).isPresent();
        byte[] sealed = (byte[]) DATABASE.unitOfWork().call(() -> DATABASE.entityManager()
                .createNativeQuery("SELECT access_secret FROM registry").getSingleResult());
        assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("s3cret");
    }

    @Test
    void shouldNotEnterARegistryThatDoesNotTakeTheCredential() {
        upstream.protect(Access.BASIC, "robot", "secret");

        assertRefused(ErrorCode.BAD_REQUEST, () -> service.create(ADMIN, settings("a", "robot", "wrong")));
        assertThat(count()).isZero();
    }

    @Test
    void shouldNotEnterARegistryThatIsNotThere() {
        upstream.close();

        assertThatThrownBy(() -> service.create(ADMIN, settings("a"))).hasMessage("the registry is unhealthy");
    }

    @Test
    void shouldNotTakeANameTwice() {
        service.create(ADMIN, settings("a"));
        long b = service.create(ADMIN, settings("b"));

        assertRefused(ErrorCode.CONFLICT, () -> service.create(ADMIN, settings("a")));
        assertRefused(ErrorCode.CONFLICT, () -> service.update(ADMIN, b, change(Optional.of("a"), Optional.empty(),
                Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://x", "http://", "http:///x", "://", "http://a b", "http://x:0", "http://x:99999",
        "javascript:alert(1)", "http://x/../y", "https://user:word@x"})
    void shouldRefuseWhatIsNoUrl(String url) {
        assertRefused(ErrorCode.BAD_REQUEST, () -> EndpointSettings.url(url));
    }

    @ParameterizedTest
    @CsvSource({"registry.example.org,http://registry.example.org", "https://x/,https://x",
        "http://x:5000/a/,http://x:5000/a",
        "https://x/?q#f,https://x", "' http://x ',http://x", "http://[::1]:5000,http://[::1]:5000"})
    void shouldReadUrlsAsHarborDoes(String entered, String url) {
        assertThat(EndpointSettings.url(entered)).isEqualTo(url);
    }

    @Test
    void shouldKnowTheLimitsOfEachPart() {
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.create(ADMIN, settings("")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.create(ADMIN, settings("x".repeat(65))));
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.create(ADMIN, settings("a", "x".repeat(256), "s")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.create(ADMIN, new EndpointSettings("a", "",
                DockerRegistryAdapter.TYPE, upstream.url().toString(), "kerberos", "", "", false, "")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.create(ADMIN, new EndpointSettings("a", "",
                DockerRegistryAdapter.TYPE, upstream.url().toString(), "basic", "", "", false, "no certificate")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.create(ADMIN, new EndpointSettings("a", "", "no-such-kind",
                upstream.url().toString(), "basic", "", "", false, "")));
        service.create(ADMIN, settings("😀".repeat(64)));
    }

    @Test
    void shouldDropTheSecretOfAnEndpointThatMoves() {
        upstream.protect(Access.BASIC, "robot", "secret");
        long id = service.create(ADMIN, settings("a", "robot", "secret"));
        try (ScriptedUpstream elsewhere = new ScriptedUpstream()) {
            service.update(ADMIN, id, url(elsewhere.url().toString()));

            assertThat(service.get(ADMIN, id).hasSecret()).isFalse();
            assertThat(service.get(ADMIN, id).accessKey()).isEqualTo("robot");
            assertThat(elsewhere.asked()).allMatch(asked -> asked.header("authorization") == null);
        }
    }

    @Test
    void shouldKeepTheSecretOfAnEndpointThatOnlyGotASlash() {
        upstream.protect(Access.BASIC, "robot", "secret");
        long id = service.create(ADMIN, settings("a", "robot", "secret"));

        service.update(ADMIN, id, url(upstream.url() + "/"));

        assertThat(service.get(ADMIN, id).hasSecret()).isTrue();
    }

    @Test
    void shouldNotChangeWhatDoesNotAnswer() {
        long id = service.create(ADMIN, settings("a"));

        assertRefused(ErrorCode.BAD_REQUEST, () -> service.update(ADMIN, id, url("http://127.0.0.1:1")));
        assertThat(service.get(ADMIN, id).url()).isEqualTo(upstream.url().toString());
        assertRefused(ErrorCode.NOT_FOUND, () -> service.update(ADMIN, 0, url("http://x")));
    }

    @Test
    void shouldNotSendTheSecretOfAKnownEndpointAnywhereElse() {
        upstream.protect(Access.BASIC, "robot", "secret");
        long id = service.create(ADMIN, settings("a", "robot", "secret"));
        try (ScriptedUpstream thief = new ScriptedUpstream()) {
            thief.protect(Access.BASIC, "x", "y");

            service.ping(ADMIN, ping(id, thief.url().toString()));

            assertThat(thief.asked()).isEmpty();
        }
    }

    @Test
    void shouldPingWhatIsNotKnown() {
        EndpointPing ping = new EndpointPing(Optional.empty(), Optional.of(DockerRegistryAdapter.TYPE),
                Optional.of(upstream.url().toString()), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());

        service.ping(ADMIN, ping);

        assertRefused(ErrorCode.NOT_FOUND, () -> service.ping(ADMIN, ping(99, "")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.ping(ADMIN, new EndpointPing(Optional.empty(),
                Optional.empty(), Optional.of(upstream.url().toString()), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty())));
    }

    @Test
    void shouldNotDeleteWhatIsNeeded() {
        long id = service.create(ADMIN, settings("a"));
        uses.add(registry -> registry == id ? Optional.of("replication policies") : Optional.empty());

        assertRefused(ErrorCode.PRECONDITION, () -> service.delete(ADMIN, id));

        uses.clear();
        service.delete(ADMIN, id);
        assertRefused(ErrorCode.NOT_FOUND, () -> service.delete(ADMIN, id));
    }

    @Test
    void shouldNoticeThatARegistryIsGoneAndIsBack() {
        long id = service.create(ADMIN, settings("a"));
        upstream.answer(1, "GET /v2/$", 503);

        health.checkHealth(0);
        assertThat(service.get(ADMIN, id).health()).isEqualTo("unhealthy");

        health.checkHealth(0);
        assertThat(service.get(ADMIN, id).health()).isEqualTo("healthy");
    }

    @Test
    void shouldNotCheckWhatWasCheckedALittleWhileAgo() {
        service.create(ADMIN, settings("a"));
        upstream.forgetAsked();

        health.checkHealth();

        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void shouldListByPartOfTheName() {
        service.create(ADMIN, settings("Prod-a"));
        service.create(ADMIN, settings("test-b"));

        assertThat(service.list(ADMIN, Optional.of("prod"), Query.none(), byId(), PageRequest.parse("", "")).items())
                .extracting(RegistryEndpoint::name).containsExactly("Prod-a");
        assertThat(service.list(ADMIN, Optional.empty(), Query.parse("type=" + DockerRegistryAdapter.TYPE,
                RegistryEndpointService.KEYS), byId(), PageRequest.parse("", "1")).total()).isEqualTo(2);
    }

    @Test
    void shouldOpenTheRegistryOfAnId() throws Exception {
        long id = service.create(ADMIN, settings("a"));

        assertThat(directory.open(id).endpoint().url()).isEqualTo(upstream.url());
        assertThat(directory.open(id)).isSameAs(directory.open(id));
        assertRefused(ErrorCode.NOT_FOUND, () -> directory.open(99));
        assertRefused(ErrorCode.NOT_FOUND, () -> directory.open(0));
        assertThat(service.get(ADMIN, 0).name()).isEqualTo("Local");
        assertThat(directory.hold(id)).isTrue();
        assertThat(service.info(ADMIN, id).triggers()).containsExactly("manual", "scheduled");
        assertThat(service.info(ADMIN, 0).triggers()).contains("event_based");
    }

    private static Sort byId() {
        return Sort.parse("", RegistryEndpointService.KEYS.keySet(), RegistryEndpointService.BY_ID);
    }

    private long count() {
        return service.list(ADMIN, Optional.empty(), Query.none(), byId(), PageRequest.parse("", "")).total();
    }

    private EndpointSettings settings(String name) {
        return settings(name, "", "");
    }

    private EndpointSettings settings(String name, String key, String secret) {
        return new EndpointSettings(name, "d", DockerRegistryAdapter.TYPE, upstream.url().toString(), "basic", key,
                secret, false, "");
    }

    private static EndpointChange url(String url) {
        return change(Optional.empty(), Optional.of(url), Optional.empty());
    }

    private static EndpointChange change(Optional<String> name, Optional<String> url, Optional<String> secret) {
        return new EndpointChange(name, Optional.empty(), url, Optional.empty(), Optional.empty(), secret,
                Optional.empty(), Optional.empty());
    }

    private static EndpointPing ping(long id, String url) {
        return new EndpointPing(Optional.of(id), Optional.empty(), Optional.of(url), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty());
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(code));
    }
}
