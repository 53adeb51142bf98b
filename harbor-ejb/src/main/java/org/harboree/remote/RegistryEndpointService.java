// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.config.SecretBox;
import org.harboree.config.Settings;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.UnitOfWork;

/**
 * Registry endpoints as system administrators see them. One is entered or changed only as long as it answers, which is
 * asked outside of a transaction.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class RegistryEndpointService {
    /** What a list can be filtered and sorted by. */
    public static final Map<String, Query.Kind> KEYS = ListQuery.kinds(RegistryEndpointDao.COLUMNS);

    /** The order of a list that asks for none. */
    public static final Sort BY_ID = Sort.by(new Sort.Key("id", false));

    /** The id that stands for this registry itself. */
    public static final long LOCAL = 0;

    private AccessGuard guard;
    private RegistryEndpointDao endpoints;
    private EndpointHealth health;
    private RegistryEndpoints directory;
    private RemoteRegistries registries;
    private SecretBox box;
    private UnitOfWork work;
    private Settings settings;
    private List<EndpointUse> uses;

    /** For the container's proxies. */
    public RegistryEndpointService() {
    }

    @Inject
    RegistryEndpointService(AccessGuard guard, RegistryEndpointDao endpoints, EndpointHealth health,
            RegistryEndpoints directory, RemoteRegistries registries, SecretBox box, UnitOfWork work,
            Settings settings, @Any Instance<EndpointUse> uses) {
        this(guard, endpoints, health, directory, registries, box, work, settings, uses.stream().toList());
    }

    RegistryEndpointService(AccessGuard guard, RegistryEndpointDao endpoints, EndpointHealth health,
            RegistryEndpoints directory, RemoteRegistries registries, SecretBox box, UnitOfWork work,
            Settings settings, List<EndpointUse> uses) {
        this.guard = guard;
        this.endpoints = endpoints;
        this.health = health;
        this.directory = directory;
        this.registries = registries;
        this.box = box;
        this.work = work;
        this.settings = settings;
        this.uses = uses;
    }

    /**
     * Enters a registry.
     *
     * @return its id
     * @throws HarborException BAD_REQUEST for settings that are wrong, or a registry that does not answer as it should;
     *     CONFLICT for a name that is in use
     */
    public long create(Caller caller, EndpointSettings entered) {
        guard.requireSysadmin(caller);
        entered.requireValid();
        EndpointSettings normalized = entered.normalized();
        requireHealthy(normalized);
        return work.call(() -> endpoints.insert(new RegistryEndpoint(normalized, box)));
    }

    /** @param partOfName what its name contains, in whatever case */
    public Page<RegistryEndpoint> list(Caller caller, Optional<String> partOfName, Query query, Sort sort,
            PageRequest page) {
        guard.requireSysadmin(caller);
        return work.call(() -> endpoints.list(partOfName, query, sort, page));
    }

    /** A registry; {@link #LOCAL} is this one. @throws HarborException NOT_FOUND if there is none */
    public RegistryEndpoint get(Caller caller, long id) {
        guard.requireSysadmin(caller);
        return id == LOCAL ? RegistryEndpoint.local(settings.externalUrl()) : stored(id);
    }

    /**
     * Changes a registry.
     *
     * @throws HarborException NOT_FOUND; BAD_REQUEST and CONFLICT as {@link #create}; CONFLICT as well if somebody else
     *     changed it meanwhile
     */
    public void update(Caller caller, long id, EndpointChange change) {
        guard.requireSysadmin(caller);
        RegistryEndpoint former = stored(id);
        EndpointSettings changed = change.of(former.settings(box));
        changed.requireValid();
        requireHealthy(changed);
        work.run(() -> {
            RegistryEndpoint now = endpoints.lock(id).orElseThrow(() -> RegistryEndpoints.missing(id));
            if (now.version() != former.version()) {
                throw new HarborException(ErrorCode.CONFLICT, "registry " + id + " was changed by somebody else");
            }
            now.change(changed, box);
            endpoints.update(now);
        });
    }

    /** @throws HarborException NOT_FOUND; PRECONDITION if something needs it */
    public void delete(Caller caller, long id) {
        guard.requireSysadmin(caller);
        work.run(() -> {
            RegistryEndpoint endpoint = endpoints.lock(id).orElseThrow(() -> RegistryEndpoints.missing(id));
            for (EndpointUse use : uses) {
                use.of(id).ifPresent(user -> {
                    throw new HarborException(ErrorCode.PRECONDITION, "the registry " + id + " is referenced by "
                            + user + ", cannot delete it").because(Reason.REGISTRY_IN_USE);
                });
            }
            endpoints.delete(endpoint);
        });
    }

    /**
     * Tries to reach a registry.
     *
     * @throws HarborException NOT_FOUND for an id that is not; BAD_REQUEST if it does not answer as it should
     */
    public void ping(Caller caller, EndpointPing ping) {
        guard.requireSysadmin(caller);
        Optional<EndpointSettings> known = ping.id().map(id -> stored(id).settings(box));
        EndpointSettings tried = ping.settings(known);
        if (tried.type().isEmpty() || tried.url().isEmpty()) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "type or url cannot be empty");
        }
        tried.requireValid();
        requireHealthy(tried);
    }

    /**
     * What rules may use with a registry.
     *
     * @throws HarborException NOT_FOUND; BAD_REQUEST if it had to be asked for that and did not answer
     */
    public AdapterInfo info(Caller caller, long id) {
        guard.requireSysadmin(caller);
        if (id == LOCAL) {
            return LocalRegistry.INFO;
        }
        try {
            return directory.open(id).info();
        } catch (IOException e) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the registry is unhealthy: " + e.getMessage());
        }
    }

    /** The kinds of registries, sorted. */
    public List<String> types(Caller caller) {
        guard.requireSysadmin(caller);
        return registries.adapters().stream().map(RegistryAdapter::type).toList();
    }

    /** How a console helps to enter an endpoint, by kind; kinds without a pattern are left out. */
    public Map<String, AdapterPattern> patterns(Caller caller) {
        guard.requireSysadmin(caller);
        Map<String, AdapterPattern> patterns = new TreeMap<>();
        registries.adapters().forEach(adapter -> adapter.pattern()
                .ifPresent(pattern -> patterns.put(adapter.type(), pattern)));
        return patterns;
    }

    private RegistryEndpoint stored(long id) {
        return directory.find(id).orElseThrow(() -> RegistryEndpoints.missing(id));
    }

    private void requireHealthy(EndpointSettings endpoint) {
        health.objection(endpoint).ifPresent(why -> {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the registry is unhealthy", why)
                    .because(Reason.REGISTRY_UNHEALTHY);
        });
    }
}
