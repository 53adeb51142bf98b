// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;

/**
 * The world in which the rows play: a user with a project of their own, where an image lies in {@code {n}}; another's
 * private project with an image in {@code {p}}; a public one with an image in {@code {pub}}.
 *
 * <p>Names in braces: {@code n, own, sister, p, pub} repositories and project; {@code D, C, M} layer, config and
 * manifest of {@code n}, with sizes in {@code D.size} and so on; {@code P, PM} layer and manifest only {@code p} has;
 * {@code S} a blob only {@code sister} has; {@code X} a digest of nothing; {@code U} the path of a new upload to
 * a repository of its own; {@code location} the last one answered in the row; {@code basic} and {@code admin}
 * credentials.
 */
final class Scene {
    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z][\\w.]*)}");
    /** Fewer than a user may have open in one repository. */
    private static final int MAX_OPEN = 50;
    private static final String PASSWORD = "Bad-Input-1";

    private final Product product;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> ofRow = new HashMap<>();
    private byte[] before = new byte[0];
    private int opened;

    private Scene(Product product) {
        this.product = product;
    }

    static Scene of(Product product) throws IOException {
        Scene scene = new Scene(product);
        scene.people();
        scene.projects();
        scene.before = scene.inventory();
        return scene;
    }

    private void people() {
        for (String user : List.of("pusher", "stranger", "other")) {
            names.put(user, product.api().newUser("bad-" + user, PASSWORD));
        }
        names.put("basic", basic(names.get("pusher"), PASSWORD));
        names.put("strange", basic(names.get("stranger"), PASSWORD));
        names.put("others", basic(names.get("other"), PASSWORD));
        names.put("admin", basic("admin", product.adminPassword()));
        names.put("host", product.url().getAuthority());
        names.put("url", product.url().toString());
        names.put("X", Sha.digest("nowhere"));
        names.put("oci.manifest", "application/vnd.oci.image.manifest.v1+json");
        names.put("oci.index", "application/vnd.oci.image.index.v1+json");
        names.put("oci.config", "application/vnd.oci.image.config.v1+json");
        names.put("oci.layer", "application/vnd.oci.image.layer.v1.tar");
        names.put("empty", "application/vnd.oci.empty.v1+json");
    }

    private void projects() throws IOException {
        HarborApi api = product.api();
        String own = api.newProject("bad-own");
        String privately = api.newProject("bad-private");
        String open = api.newProject("bad-open", Map.of("public", "true"));
        for (String project : List.of(own, open)) {
            api.addMember(project, names.get("pusher"), ProjectRole.PROJECT_ADMIN);
            api.addMember(project, names.get("other"), ProjectRole.MAINTAINER);
        }
        names.putAll(Map.of("own", own, "private", privately, "n", own + "/app", "sister", own + "/sister",
                "p", privately + "/secret", "pub", open + "/app"));
        names.put("C", pushBlob("n", "{\"architecture\":\"amd64\",\"os\":\"linux\"}"));
        names.put("C.size", "37");
        names.put("D", pushBlob("n", "a layer of " + own));
        names.put("D.size", String.valueOf(("a layer of " + own).length()));
        names.put("S", pushBlob("sister", "only in sister of " + own));
        names.put("P", pushBlob("p", "a secret layer of " + privately));
        names.put("P.size", String.valueOf(("a secret layer of " + privately).length()));
        names.put("E", Sha.digest("{}"));
        pushBlob("n", "{}");
        pushBlob("p", "{\"architecture\":\"amd64\",\"os\":\"linux\"}");
        pushBlob("pub", "{\"architecture\":\"amd64\",\"os\":\"linux\"}");
        names.put("M", pushManifest("n", Manifests.image()));
        names.put("M.size", String.valueOf(fill(Manifests.image()).length()));
        names.put("PM", pushManifest("p", Manifests.image("{P}", "{P.size}")));
        pushManifest("pub", Manifests.image(List.of()));
    }

    URI server() {
        return product.url();
    }

    Product product() {
        return product;
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets what the row before has answered. */
    void beginRow() {
        ofRow.clear();
    }

    void remember(String name, String value) {
        ofRow.put(name, value);
    }

    String get(String name) {
        return fill("{" + name + "}");
    }

    /** The text with every name in braces replaced; {@code {U}} opens an upload the first time in a row. */
    String fill(String text) {
        Matcher matcher = NAME.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(matcher.group(1))));
        }
        return matcher.appendTail(filled).toString();
    }

    private String value(String name) {
        if (ofRow.containsKey(name)) {
            return ofRow.get(name);
        }
        if (name.equals("U")) {
            remember("U", open("{own}/uploads-" + opened++ / MAX_OPEN));
            return ofRow.get("U");
        }
        return Optional.ofNullable(names.get(name))
                .orElseThrow(() -> new AssertionError("A row names {" + name + "}, which is not there"));
    }

    /** Opens an upload as the pusher; its path. */
    String open(String repository) {
        Answer answer = expect(202, Ask.post("/v2/" + repository + "/blobs/uploads/"));
        return answer.header("Location").orElseThrow();
    }

    /** The request's answer; empty if the connection was closed without one. */
    Optional<Answer> exchange(Ask ask) throws IOException {
        return Wire.exchange(server(), ask.bytes(this), ask.ends(), ask.isHead());
    }

    /** The answer, which must have that status. */
    Answer expect(int status, Ask ask) {
        try {
            Answer answer = exchange(ask).orElseThrow(() -> new AssertionError("no answer to " + ask.start()));
            assertThat(answer.status()).as("%s was answered %s", ask.start(), answer).isEqualTo(status);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A registry token of the pusher, for scopes separated by spaces. */
    String token(String scopes) {
        return tokenOf("{basic}", scopes);
    }

    /** A registry token of whoever's credentials these are; {@code Authorization: none} is anonymous. */
    String tokenOf(String credentials, String scopes) {
        String query = Stream.of(scopes.split(" ")).map(s -> "&scope=" + s).collect(Collectors.joining());
        return expect(200, Ask.get("/service/token?service=harbor-registry" + query)
                .with(credentials.startsWith("Authorization") ? credentials : "Authorization: " + credentials))
                .json().get("token").asText();
    }

    /** Pushes a blob as the administrator; its digest. */
    String pushBlob(String repository, String content) {
        String digest = Sha.digest(content);
        expect(201, Ask.post("/v2/{" + repository + "}/blobs/uploads/?digest=" + digest)
                .with("Authorization: {admin}").body(content));
        return digest;
    }

    private String pushManifest(String repository, String json) {
        expect(201, Ask.put("/v2/{" + repository + "}/manifests/v1")
                .with("Authorization: {admin}").with("Content-Type: {oci.manifest}").body(json));
        return Sha.digest(fill(json));
    }

    /** What was there before the rows is there still, with the same bytes. */
    void requireUnharmed() throws IOException {
        assertThat(new String(inventory(), StandardCharsets.UTF_8))
                .isEqualTo(new String(before, StandardCharsets.UTF_8));
    }

    private byte[] inventory() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String path : List.of("/v2/{n}/manifests/v1", "/v2/{n}/blobs/{D}", "/v2/{n}/blobs/{C}",
                "/v2/{p}/manifests/v1", "/v2/{p}/blobs/{P}", "/v2/{p}/tags/list", "/v2/{pub}/manifests/v1",
                "/v2/{sister}/blobs/{S}", "/v2/{p}/referrers/{PM}")) {
            all.append(expect(200, Ask.get(path).with("Authorization: {admin}")).text()).append('\n');
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }
}
