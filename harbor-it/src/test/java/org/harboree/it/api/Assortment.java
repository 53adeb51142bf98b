// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One artifact of each shape that a copy has to bring whole, in one repository: images, an index with its children, a
 * signature by subject and one of that signature, one of an index, one of a child, and one that is found by its tag.
 */
final class Assortment {
    private static final String SIGNATURE = "application/vnd.example.signature";

    private final Map<String, Set<String>> closures = new LinkedHashMap<>();

    private Assortment() {
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
        Assortment assortment = new Assortment();
        for (String tag : List.of("v1", "v2", "multi", tagged)) {
            assortment.closures.put(tag, Closure.of(registry, repository, tag));
        }
        assertThat(assortment.closures.get("multi")).contains(first, child, index, signature).hasSize(19);
        return assortment;
    }

    /** Its tags. */
    Set<String> tags() {
        return closures.keySet();
    }

    /** Whether its tags name the same on another registry. */
    void requireTagsAt(ApiClient registry, String repository) {
        closures.forEach((tag, digests) -> assertThat(digests)
                .contains(Replications.digest(registry, repository, tag).orElse("no " + tag)));
    }

    /** Reads all of it from another registry, by digest. */
    void requireAt(ApiClient registry, String repository) {
        closures.forEach((tag, digests) ->
                assertThat(Closure.of(registry, repository, tag)).as(repository + ":" + tag).isEqualTo(digests));
    }
}
