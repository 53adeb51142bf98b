// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One artifact of each shape that a copy has to bring whole, in one repository: images, an index with its children, a
 * signature by subject and one of that signature, one of an index, one of a child, and one that is found by its tag.
 */
final class Assortment {
    private static final String SIGNATURE = "application/vnd.example.signature";

    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Set<String> closure;

    private Assortment(ApiClient registry, String repository, List<String> names) {
        names.forEach(tag -> tags.put(tag, Replications.digest(registry, repository, tag).orElseThrow()));
        closure = closure(registry, repository, tags.keySet());
    }

    /** Of all tags together: a Harbor has what is found by a tag among the referrers, too. */
    private static Set<String> closure(ApiClient registry, String repository, Set<String> tags) {
        return tags.stream().flatMap(tag -> Closure.of(registry, repository, tag).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Pushes it to a repository of a registry. */
    static Assortment push(ApiClient registry, String repository) {
        Images images = new Images(registry, repository);
        String first = images.push("v1");
        images.push("v2");
        String child = images.pushUntagged();
        String index = images.pushIndex("multi", List.of(first, child));
        String signature = images.pushReferrer(first, SIGNATURE);
        images.pushReferrer(signature, SIGNATURE);
        images.pushReferrer(child, SIGNATURE);
        images.pushIndexReferrer(index, SIGNATURE);
        String tagged = images.pushTaggedSignature(first);
        Assortment assortment = new Assortment(registry, repository, List.of("v1", "v2", "multi", tagged));
        // seven images of three parts, the index, and the three parts of what is found by its tag
        assertThat(assortment.closure).contains(first, child, index, signature).hasSize(25);
        return assortment;
    }

    /** Its tags. */
    Set<String> tags() {
        return tags.keySet();
    }

    /** Whether its tags name the same on another registry. */
    void requireTagsAt(ApiClient registry, String repository) {
        tags.forEach((tag, digest) ->
                assertThat(Replications.digest(registry, repository, tag)).as(tag).contains(digest));
    }

    /** Reads all of it from another registry, by digest. */
    void requireAt(ApiClient registry, String repository) {
        requireTagsAt(registry, repository);
        assertThat(closure(registry, repository, tags.keySet())).isEqualTo(closure);
    }
}
