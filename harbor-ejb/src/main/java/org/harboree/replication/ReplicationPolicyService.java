// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.job.Executions;
import org.harboree.job.Schedules;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.remote.RegistryEndpoints;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.UnitOfWork;

/** Replication policies. All of it is for system administrators: UNAUTHORIZED or FORBIDDEN for others. */
@ApplicationScoped
public class ReplicationPolicyService {
    /** What {@link #list} can be filtered and sorted by. */
    public static final Map<String, Query.Kind> KEYS = ListQuery.kinds(ReplicationPolicyDao.COLUMNS);

    /** The order where none is asked for. */
    public static final Sort NEWEST_FIRST = Sort.by(new Sort.Key("creation_time", true));

    @Inject
    private AccessGuard guard;

    @Inject
    private ReplicationPolicyDao policies;

    @Inject
    private RegistryEndpoints endpoints;

    @Inject
    private Executions executions;

    @Inject
    private Schedules schedules;

    @Inject
    private EventPolicies eventPolicies;

    @Inject
    private UnitOfWork work;

    /** @param name part of the names that are meant */
    public Page<Policy> list(Caller caller, Optional<String> name, Query query, Sort sort, PageRequest page) {
        guard.requireSysadmin(caller);
        return work.call(() -> policies.list(name, query, sort, page).map(ReplicationPolicy::policy));
    }

    /** @throws HarborException NOT_FOUND */
    public Policy get(Caller caller, long id) {
        guard.requireSysadmin(caller);
        return work.call(() -> policies.find(id).map(ReplicationPolicy::policy)).orElseThrow(() -> missing(id));
    }

    /**
     * @return the new policy's id
     * @throws HarborException BAD_REQUEST; CONFLICT if the name is in use; NOT_FOUND if there is no such registry
     */
    public long create(Caller caller, PolicySpec spec) {
        guard.requireSysadmin(caller);
        spec.requireValid();
        return work.call(() -> {
            hold(spec);
            ReplicationPolicy policy = new ReplicationPolicy(caller.userId(), spec);
            policies.insert(policy, spec.name());
            schedule(policy.id(), spec);
            return policy.id();
        });
    }

    /**
     * Replaces the policy but for the platforms where nothing is said about them; the caller is its owner from then on.
     *
     * @throws HarborException as {@link #create}
     */
    public void update(Caller caller, long id, PolicySpec spec) {
        change(caller, id, former -> spec);
    }

    /** Lets the policy run, or not any more; the caller is its owner from then on. @throws HarborException NOT_FOUND */
    public void setEnabled(Caller caller, long id, boolean enabled) {
        change(caller, id, former -> former.withEnabled(enabled));
    }

    private void change(Caller caller, long id, UnaryOperator<PolicySpec> what) {
        guard.requireSysadmin(caller);
        work.run(() -> {
            ReplicationPolicy policy = policies.lock(id).orElseThrow(() -> missing(id));
            PolicySpec former = policy.policy().spec();
            PolicySpec spec = former.changedTo(what.apply(former)).requireValid();
            hold(spec);
            policy.change(caller.userId(), spec);
            policies.flush(spec.name());
            schedule(id, spec);
        });
    }

    /**
     * Deletes the policy with its executions.
     *
     * @throws HarborException NOT_FOUND; PRECONDITION while an execution of it runs
     */
    public void delete(Caller caller, long id) {
        guard.requireSysadmin(caller);
        work.run(() -> {
            ReplicationPolicy policy = policies.lock(id).orElseThrow(() -> missing(id));
            if (executions.isRunning(ReplicationRuns.VENDOR, id)) {
                throw new HarborException(ErrorCode.PRECONDITION,
                        "the replication policy " + id + " has running executions, it can not be deleted")
                        .because(Reason.RULE_RUNS);
            }
            schedules.delete(ReplicationRuns.VENDOR, id);
            executions.deleteAll(ReplicationRuns.VENDOR, id);
            policies.delete(policy);
            work.afterCommit(eventPolicies::forget);
        });
    }

    private void hold(PolicySpec spec) {
        spec.source().ifPresent(this::hold);
        spec.destination().ifPresent(this::hold);
    }

    private void hold(long registryId) {
        if (!endpoints.hold(registryId)) {
            throw new HarborException(ErrorCode.NOT_FOUND, "registry " + registryId + " not found");
        }
    }

    private void schedule(long id, PolicySpec spec) {
        if (spec.enabled() && spec.trigger().cron().isPresent()) {
            schedules.put(ReplicationRuns.VENDOR, id, spec.trigger().cron().get(), true, "{}");
        } else {
            schedules.delete(ReplicationRuns.VENDOR, id);
        }
        work.afterCommit(eventPolicies::forget);
    }

    static HarborException missing(long id) {
        return new HarborException(ErrorCode.NOT_FOUND, "replication policy " + id + " not found");
    }
}
