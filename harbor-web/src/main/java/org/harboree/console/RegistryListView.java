// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.harboree.error.HarborException;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.remote.AdapterPattern;
import org.harboree.remote.EndpointChange;
import org.harboree.remote.EndpointPing;
import org.harboree.remote.EndpointSettings;
import org.harboree.remote.RegistryEndpoint;
import org.harboree.remote.RegistryEndpointService;
import org.harboree.remote.RemoteCredential;

/** Other registries, for system administrators: entered, tried, changed, forgotten. */
@Named
@RequestScoped
public class RegistryListView extends ListView<RegistryEndpoint> {
    private static final String PAGE = "/harbor/registry-list";
    private static final Sort BY_NAME = Sort.by(new Sort.Key("name", false));

    @Inject
    private RegistryEndpointService endpoints;

    @Inject
    private Visitor visitor;

    @Inject
    private Asked asked;

    @Inject
    private Navigation navigation;

    @Inject
    private Text text;

    private Optional<RegistryEndpoint> chosen;
    private String type;
    private String newName;
    private String description;
    private String url;
    private String accessKey;
    private String accessSecret;
    private boolean insecure;
    private String certificate;
    private boolean reached;

    @Override
    protected Page<RegistryEndpoint> read(PageRequest request) {
        Sort sort = Sort.parse(getSort(), RegistryEndpointService.KEYS.keySet(), BY_NAME);
        return endpoints.list(visitor.caller(), Optional.ofNullable(getFilter()), Query.none(), sort, request);
    }

    /** Reads the rows, and fills in the form of the registry that is to be changed. */
    @Override
    public void load() {
        super.load();
        RegistryEndpoint endpoint = getChosen();
        if (endpoint != null) {
            newName = endpoint.name();
            description = endpoint.description();
            url = endpoint.url();
            accessKey = endpoint.accessKey();
            insecure = endpoint.isInsecure();
            certificate = endpoint.caCertificate().orElse("");
        }
    }

    /** The registry of the dialog; null if there is none, or no more. */
    public RegistryEndpoint getChosen() {
        if (chosen == null) {
            chosen = asked.id().filter(id -> id != RegistryEndpointService.LOCAL)
                    .flatMap(id -> Asked.ifThere(() -> endpoints.get(visitor.caller(), id)));
        }
        return chosen.orElse(null);
    }

    /** The kinds that there are. */
    public List<String> getTypes() {
        return endpoints.types(visitor.caller());
    }

    /** A kind in words. */
    public String typeName(String kind) {
        String key = "registryType." + kind;
        return text.has(key) ? text.of(key) : kind;
    }

    /** Addresses that registries of some kinds have, to choose from. */
    public List<AdapterPattern.Choice> getKnownAddresses() {
        return endpoints.patterns(visitor.caller()).values().stream()
                .flatMap(pattern -> pattern.endpoints().stream())
                .map(AdapterPattern.EndpointPattern::choices).flatMap(Collection::stream).toList();
    }

    public boolean isHealthy(RegistryEndpoint endpoint) {
        return endpoint.health().equals(RegistryEndpoint.HEALTHY);
    }

    /** Tries the registry as the form has it; a known one with the secret that is kept, where none is typed. */
    public void tryOut() {
        endpoints.ping(visitor.caller(), new EndpointPing(asked.id(), Optional.ofNullable(type), given(url),
                Optional.of(RemoteCredential.BASIC), given(accessKey), Optional.ofNullable(accessSecret),
                Optional.of(insecure), given(certificate)));
        reached = true;
    }

    /** Tries a registry as it is kept. */
    public void check() {
        endpoints.ping(visitor.caller(), new EndpointPing(asked.id(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        reached = true;
    }

    /** @throws HarborException as the service */
    public void create() {
        endpoints.create(visitor.caller(), new EndpointSettings(text(newName), text(description), text(type),
                text(url), RemoteCredential.BASIC, text(accessKey), text(accessSecret), insecure, text(certificate)));
        navigation.leaveFor(PAGE, "registries.created", newName);
    }

    /** @throws HarborException as the service */
    public void change() {
        endpoints.update(visitor.caller(), asked.id().orElse(-1L), new EndpointChange(given(newName),
                given(description), given(url), Optional.empty(), given(accessKey), Optional.ofNullable(accessSecret),
                Optional.of(insecure), given(certificate)));
        navigation.leaveFor(PAGE + getAddress(), "registries.changed", newName);
    }

    /** @throws HarborException as the service */
    public void delete() {
        String name = getChosen() == null ? "" : getChosen().name();
        endpoints.delete(visitor.caller(), asked.id().orElse(-1L));
        navigation.leaveFor(PAGE, "registries.deleted", name);
    }

    /** Whether the registry that was tried answered as it should. */
    public boolean isReached() {
        return reached;
    }

    private static String text(String entered) {
        return entered == null ? "" : entered;
    }

    private static Optional<String> given(String entered) {
        return Optional.of(text(entered));
    }

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String newName) {
        this.newName = newName;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public String getUrl() {
        return url;
    }

    public void setUrl(String url) {
        this.url = url;
    }

    public String getAccessKey() {
        return accessKey;
    }

    public void setAccessKey(String accessKey) {
        this.accessKey = accessKey;
    }

    /** Never handed out: a form that comes again has an empty field. */
    public String getAccessSecret() {
        return null;
    }

    public void setAccessSecret(String accessSecret) {
        this.accessSecret = accessSecret;
    }

    public boolean isInsecure() {
        return insecure;
    }

    public void setInsecure(boolean insecure) {
        this.insecure = insecure;
    }

    public String getCertificate() {
        return certificate;
    }

    public void setCertificate(String certificate) {
        this.certificate = certificate;
    }
}
