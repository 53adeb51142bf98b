// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Reference;
import org.harboree.oci.Tag;
import org.harboree.remote.AdapterInfo;
import org.harboree.remote.AdapterInfo.Filter;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.JsonApi;
import org.harboree.remote.http.RemoteHttp;

/** A Harbor: lists by project, knows labels and accessories, and makes the projects that a push needs. */
final class HarborRegistry extends OciRegistry {
    private static final String API = "/api/v2.0";
    private static final int PAGE = 100;
    private static final int MAX_DEPTH = 10;
    private static final AdapterInfo INFO = new AdapterInfo(HarborAdapter.TYPE, "",
            List.of(Infos.NAME, Infos.TAG, Infos.resources("image", "artifact")), Infos.TRIGGERS, true);

    private final JsonApi api;

    HarborRegistry(RemoteEndpoint endpoint, RemoteHttp http, JsonApi api) {
        super(endpoint, INFO, http, new ChallengeAuthorization(http, endpoint.url(), endpoint::credential));
        this.api = api;
    }

    /** The filter over labels offers those of the whole registry. */
    @Override
    public AdapterInfo info() throws IOException {
        List<String> labels = new ArrayList<>();
        try {
            pages("/labels?scope=g", label -> labels.add(label.path("name").asText()));
        } catch (RemoteRegistryException e) {
            // This product has no labels yet; a Harbor has them for whoever is logged in.
            if (e.kind() != Kind.NOT_FOUND && e.kind() != Kind.UNAUTHORIZED) {
                throw e;
            }
        }
        List<Filter> filters = new ArrayList<>(List.of(Infos.NAME, Infos.TAG));
        if (!labels.isEmpty()) {
            filters.add(new Filter(AdapterInfo.FILTER_LABEL, "list", labels));
        }
        filters.add(Infos.resources("image", "artifact"));
        return new AdapterInfo(INFO.type(), INFO.description(), filters, INFO.triggers(), INFO.copyByChunk());
    }

    @Override
    protected Collection<String> listRepositories(NamePattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String project : projects(pattern)) {
            try {
                pages("/projects/" + JsonApi.encode(project) + "/repositories",
                        repository -> names.add(repository.path("name").asText()));
            } catch (RemoteRegistryException e) {
                // Deleted since it was listed; or named by the pattern, and not there or not for us.
                if (e.kind() != Kind.NOT_FOUND && e.kind() != Kind.FORBIDDEN) {
                    throw e;
                }
            }
        }
        return names;
    }

    @Override
    public List<RemoteArtifact> artifacts(RemoteName repository) throws IOException {
        List<RemoteArtifact> artifacts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try {
            pages(path(repository) + "/artifacts?with_label=true&with_accessory=true&with_tag=true", artifact -> {
                Set<String> labels = texts(artifact.path("labels"), "name");
                List<Tag> tags = tags(artifact);
                artifacts.add(new RemoteArtifact(Optional.of(digest(artifact.path("digest"))), tags, labels, false,
                        List.of()));
                addAccessories(repository, artifact, labels, tags, artifacts, seen, 0);
                for (JsonNode child : artifact.path("references")) {
                    Optional<JsonNode> found = find(repository, child.path("child_digest").asText());
                    if (found.isPresent()) {
                        addAccessories(repository, found.get(), labels, tags, artifacts, seen, 0);
                    }
                }
            });
        } catch (RemoteRegistryException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
        return artifacts;
    }

    @Override
    public Optional<RemoteManifest.Head> headManifest(RemoteName repository, Reference reference) throws IOException {
        return ifProject(repository, () -> super.headManifest(repository, reference), Optional.empty());
    }

    @Override
    public List<Tag> tags(RemoteName repository) throws IOException {
        return ifProject(repository, () -> super.tags(repository), List.of());
    }

    @Override
    public OptionalLong blobSize(RemoteName repository, Digest digest) throws IOException {
        return ifProject(repository, () -> super.blobSize(repository, digest), OptionalLong.empty());
    }

    /** What is asked of {@code /v2/}. */
    private interface Question<T> {
        T ask() throws IOException;
    }

    /** A Harbor does not say that a project is not there: it answers as if it were none of the asker's business. */
    private <T> T ifProject(RemoteName repository, Question<T> question, T otherwise) throws IOException {
        try {
            return question.ask();
        } catch (RemoteRegistryException e) {
            boolean refused = e.kind() == Kind.UNAUTHORIZED || e.kind() == Kind.FORBIDDEN;
            if (refused && project(repository.firstComponent()).isEmpty()) {
                return otherwise;
            }
            throw e;
        }
    }

    /** By Harbor's own API: its {@code /v2/} would delete the manifest. */
    @Override
    public void deleteTag(RemoteName repository, Tag tag) throws IOException {
        api.delete(API + path(repository) + "/artifacts/" + tag + "/tags/" + tag);
    }

    @Override
    protected boolean takesPieces() {
        return true;
    }

    /** This product does, also in a repository that has no artifact yet and is in no list; a Harbor does not mind. */
    @Override
    protected boolean findsBlobs() {
        return true;
    }

    @Override
    public Optional<RemoteName> repositoryWith(Digest blob) throws IOException {
        try {
            return api.find(API + "/repositories?q=" + JsonApi.encode("blob_digest=" + blob) + "&page_size=1&page=1")
                    .map(list -> list.path(0).path("name").asText("")).filter(RemoteName::isWellFormed)
                    .map(RemoteName::parse);
        } catch (RemoteRegistryException e) {
            if (e.kind() == Kind.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Set<RemoteName> prepareForPush(Collection<Destination> destinations) throws IOException {
        Map<String, Boolean> visibility = new LinkedHashMap<>();
        // Public only if all that goes into it is.
        destinations.forEach(destination -> visibility.merge(destination.repository().firstComponent(),
                destination.isPublic(), Boolean::logicalAnd));
        Set<String> proxies = new HashSet<>();
        for (Map.Entry<String, Boolean> project : visibility.entrySet()) {
            Optional<JsonNode> known = project(project.getKey());
            if (known.isEmpty()) {
                api.create("POST", API + "/projects", Map.of("project_name", project.getKey(), "metadata",
                        Map.of("public", project.getValue().toString())));
            } else if (known.get().path("registry_id").asLong() > 0) {
                proxies.add(project.getKey());
            }
        }
        Set<RemoteName> closed = new TreeSet<>();
        destinations.stream().map(Destination::repository).filter(name -> proxies.contains(name.firstComponent()))
                .forEach(closed::add);
        return closed;
    }

    private Collection<String> projects(NamePattern pattern) throws IOException {
        Optional<Set<String>> named = pattern.literalFirstComponents();
        if (named.isPresent()) {
            return named.get();
        }
        Set<String> names = new TreeSet<>();
        pages("/projects", project -> names.add(project.path("name").asText()));
        return names;
    }

    /** By the list, which shows projects that a caller may see but not read in detail. */
    private Optional<JsonNode> project(String name) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        pages("/projects?name=" + JsonApi.encode(name), project -> {
            if (project.path("name").asText().equals(name)) {
                found.add(project);
            }
        });
        return found.stream().findFirst();
    }

    private Optional<JsonNode> find(RemoteName repository, String digest) throws IOException {
        return api.find(API + path(repository) + "/artifacts/" + JsonApi.encode(digest)
                + "?with_accessory=true&with_tag=true");
    }

    private void addAccessories(RemoteName repository, JsonNode owner, Set<String> labels, List<Tag> parentTags,
            List<RemoteArtifact> into, Set<String> seen, int depth) throws IOException {
        for (JsonNode accessory : owner.path("accessories")) {
            String digest = accessory.path("digest").asText();
            if (depth >= MAX_DEPTH || !seen.add(digest)) {
                continue;
            }
            Optional<JsonNode> details = find(repository, digest);
            into.add(new RemoteArtifact(Optional.of(digest(accessory.path("digest"))),
                    details.isPresent() ? tags(details.get()) : List.of(), labels, true, parentTags));
            if (details.isPresent()) {
                addAccessories(repository, details.get(), labels, parentTags, into, seen, depth + 1);
            }
        }
    }

    /** What is done with each entry of a list. */
    @FunctionalInterface
    private interface Entry {
        void read(JsonNode entry) throws IOException;
    }

    private void pages(String path, Entry entry) throws IOException {
        String first = API + path + (path.indexOf('?') < 0 ? "?" : "&") + "page_size=" + PAGE + "&page=";
        for (int page = 1;; page++) {
            JsonNode list = api.get(first + page);
            for (JsonNode item : list) {
                entry.read(item);
            }
            if (list.size() < PAGE) {
                return;
            }
        }
    }

    private static String path(RemoteName repository) {
        String project = repository.firstComponent();
        String rest = repository.value().substring(Math.min(project.length() + 1, repository.value().length()));
        return "/projects/" + project + "/repositories/" + JsonApi.encode(JsonApi.encode(rest));
    }

    private List<Tag> tags(JsonNode artifact) throws IOException {
        try {
            return texts(artifact.path("tags"), "name").stream().map(Tag::parse).sorted().toList();
        } catch (HarborException e) {
            throw malformed("a tag that is none");
        }
    }

    private Digest digest(JsonNode text) throws IOException {
        try {
            return Digest.parse(text.asText());
        } catch (HarborException e) {
            throw malformed("a digest that is none");
        }
    }

    private RemoteRegistryException malformed(String what) {
        return new RemoteRegistryException(Kind.MALFORMED, "GET " + endpoint().url() + API, "there is " + what
                + " in the list of artifacts");
    }

    private static Set<String> texts(JsonNode list, String field) {
        Set<String> texts = new TreeSet<>();
        list.forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }
}
