// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.database.TestBeans;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.identity.Accounts;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.UnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplicationPolicyDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final TestBeans beans = new TestBeans(DATABASE);
    private final UnitOfWork work = beans.get(UnitOfWork.class);
    private final ReplicationPolicyDao policies = beans.get(ReplicationPolicyDao.class);
    private long owner;

    @BeforeEach
    void empty() {
        DATABASE.empty("replication_policy", "harbor_user");
        owner = new Accounts(DATABASE, Map.of()).admin().userId();
    }

    private static PolicySpec spec(String name, String trigger, OptionalLong source, boolean enabled) {
        return new PolicySpec(name, "what for ✓", source, source.isPresent() ? OptionalLong.empty()
                : OptionalLong.of(2), new DestinationNamespace("mirror/x", 1), new PolicyFilters(List.of(
                        PolicyFilter.of("name", "library/**", null), PolicyFilter.of("tag", "v*", "excludes"))),
                PolicyTrigger.of(trigger, "0 0 2 * * *"), true, false, enabled, 100, true, false);
    }

    private long insert(PolicySpec spec) {
        return work.call(() -> {
            ReplicationPolicy policy = new ReplicationPolicy(owner, spec);
            policies.insert(policy, spec.name());
            return policy.id();
        });
    }

    private Policy find(long id) {
        return work.call(() -> policies.find(id).map(ReplicationPolicy::policy)).orElseThrow();
    }

    @Test
    void shouldReadWhatWasWritten() {
        PolicySpec spec = spec("nightly", "scheduled", OptionalLong.empty(), true);

        Policy policy = find(insert(spec));

        assertThat(policy.spec()).isEqualTo(spec);
        assertThat(policy.ownerId()).isEqualTo(owner);
        assertThat(policy.creationTime()).isNotNull();
    }

    @Test
    void shouldReadPlatformsThatWereWritten() {
        PolicySpec plain = spec("nightly", "manual", OptionalLong.empty(), true);
        PolicyFilters filters = new PolicyFilters(plain.filters().all(),
                Optional.of(new PlatformChoice(List.of("linux/arm/v7", "linux/amd64"))));

        assertThat(find(insert(new PolicySpec("some", "", plain.source(), plain.destination(), plain.namespace(),
                filters, plain.trigger(), true, true, true, 0, false, false))).spec().filters()).isEqualTo(filters);
    }

    @Test
    void shouldChangeAPolicyAsAWhole() {
        long id = insert(spec("nightly", "scheduled", OptionalLong.empty(), true));
        PolicySpec other = spec("weekly", "manual", OptionalLong.of(3), false);

        work.run(() -> {
            policies.lock(id).orElseThrow().change(owner, other);
            policies.flush(other.name());
        });

        assertThat(find(id).spec()).isEqualTo(other);
    }

    @Test
    void shouldHaveEachNameOnce() {
        insert(spec("nightly", "manual", OptionalLong.empty(), true));
        insert(spec("Nightly", "manual", OptionalLong.empty(), true));

        assertThatThrownBy(() -> insert(spec("nightly", "manual", OptionalLong.empty(), true)))
                .isInstanceOfSatisfying(HarborException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void shouldListByNameAndQuery() {
        insert(spec("nightly-a", "manual", OptionalLong.empty(), true));
        insert(spec("nightly-b", "manual", OptionalLong.of(7), false));
        insert(spec("weekly", "manual", OptionalLong.empty(), true));

        assertThat(names(Optional.of("Nightly"), "")).containsExactly("nightly-a", "nightly-b");
        assertThat(names(Optional.empty(), "enabled=false")).containsExactly("nightly-b");
        assertThat(names(Optional.empty(), "src_registry_id=7")).containsExactly("nightly-b");
    }

    private List<String> names(Optional<String> name, String q) {
        Query query = Query.parse(q, ListQuery.kinds(ReplicationPolicyDao.COLUMNS));
        return work.call(() -> policies.list(name, query, Sort.by(new Sort.Key("name", false)), PageRequest.first())
                .map(policy -> policy.policy().spec().name())).items();
    }

    @Test
    void shouldFindWhatFollowsEvents() {
        long meant = insert(spec("events", "event_based", OptionalLong.empty(), true));
        insert(spec("disabled", "event_based", OptionalLong.empty(), false));
        insert(spec("manual", "manual", OptionalLong.empty(), true));

        assertThat(work.call(policies::eventBased)).extracting(ReplicationPolicy::id).containsExactly(meant);
    }

    @Test
    void shouldTellWhetherARegistryIsInUse() {
        insert(spec("push", "manual", OptionalLong.empty(), true));
        insert(spec("pull", "manual", OptionalLong.of(3), true));

        assertThat(work.call(() -> policies.existsWith(2))).isTrue();
        assertThat(work.call(() -> policies.existsWith(3))).isTrue();
        assertThat(work.call(() -> policies.existsWith(4))).isFalse();
    }

    @Test
    void shouldBeGoneAfterADelete() {
        long id = insert(spec("nightly", "manual", OptionalLong.empty(), true));

        work.run(() -> policies.delete(policies.lock(id).orElseThrow()));

        assertThat(work.call(() -> policies.find(id))).isEmpty();
    }
}
