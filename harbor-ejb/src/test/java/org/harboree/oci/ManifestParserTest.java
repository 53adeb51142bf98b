// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.harboree.oci.Manifests.CHILD;
import static org.harboree.oci.Manifests.CONFIG;
import static org.harboree.oci.Manifests.D1;
import static org.harboree.oci.Manifests.D2;
import static org.harboree.oci.Manifests.D3;
import static org.harboree.oci.Manifests.EMPTY;
import static org.harboree.oci.Manifests.LAYER;
import static org.harboree.oci.Manifests.descriptor;
import static org.harboree.oci.Manifests.image;
import static org.harboree.oci.Manifests.index;
import static org.harboree.oci.Manifests.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real clients push, and what the registry sees in it. */
class ManifestParserTest {
    @Test
    void shouldReadAnImage() {
        String json = image(",\"annotations\":{\"b\":\"1\",\"a\":\"\"}");
        Manifest manifest = parse(json, MediaTypes.OCI_MANIFEST);

        assertThat(manifest.content()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(manifest.digest()).isEqualTo(Digest.sha256(manifest.content()));
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(manifest.isIndex()).isFalse();
        assertThat(manifest.config().orElseThrow().digest()).hasToString(D1);
        assertThat(manifest.layers()).extracting(Descriptor::size).containsExactly(100L);
        assertThat(manifest.children()).isEmpty();
        assertThat(manifest.subject()).isEmpty();
        assertThat(manifest.annotations()).containsExactly(Map.entry("b", "1"), Map.entry("a", ""));
        assertThat(manifest.artifactType()).contains(MediaTypes.OCI_CONFIG);
        assertThat(manifest.totalSize()).isEqualTo(json.length() + 110L);
        assertThat(manifest.blobs()).extracting(Descriptor::digest).extracting(Digest::toString)
                .containsExactly(D1, D2);
    }

    @Test
    void shouldReadAnIndexWithPlatforms() {
        String platform = ",\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\","
                + "\"os.version\":\"1\",\"os.features\":[\"x\"],\"features\":[1]},\"artifactType\":\"a/b\"";
        Manifest manifest = parse(index("[" + descriptor(MediaTypes.OCI_MANIFEST, D1, 5, platform) + "," + CHILD + "]",
                ""), MediaTypes.OCI_INDEX);

        assertThat(manifest.isIndex()).isTrue();
        assertThat(manifest.config()).isEmpty();
        assertThat(manifest.blobs()).isEmpty();
        assertThat(manifest.artifactType()).isEmpty();
        assertThat(manifest.totalSize()).isEqualTo(manifest.content().length + 1005L);
        assertThat(manifest.children().get(0).platform())
                .contains(new Platform("arm", "linux", "1", "v7", List.of("x")));
        assertThat(manifest.children().get(0).artifactType()).contains("a/b");
        assertThat(manifest.children().get(1).platform()).isEmpty();
    }

    @Test
    void shouldNameTheManifestUnderTheAlgorithmAskedFor() {
        byte[] content = image("").getBytes(StandardCharsets.UTF_8);

        Manifest manifest = ManifestParser.parse(content, null, Digest.Algorithm.SHA512);

        assertThat(manifest.digest().algorithm()).isEqualTo(Digest.Algorithm.SHA512);
    }

    @Test
    void shouldReadDockersManifests() {
        String config = descriptor(MediaTypes.DOCKER_CONFIG, D1, 1);
        String layer = descriptor(MediaTypes.DOCKER_LAYER, D2, 2);
        String withoutType = "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + layer + "]}";
        String list = "{\n   \"schemaVersion\": 2,\n   \"mediaType\": \"" + MediaTypes.DOCKER_MANIFEST_LIST
                + "\",\n   \"manifests\": [\n" + descriptor(MediaTypes.DOCKER_MANIFEST, D3, 3) + "]\n}";

        assertThat(parse(withoutType, MediaTypes.DOCKER_MANIFEST).mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(parse(list, MediaTypes.DOCKER_MANIFEST_LIST).children()).hasSize(1);
        assertThat(parse(list).isIndex()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.oci.image.manifest.v1+json; charset=utf-8", "Application/VND.oci.image.manifest.v1+JSON",
        "", "application/json;charset=\"utf-8\";q=1"})
    void shouldTakeTheMediaTypeFromTheBodyWhereTheHeaderIsGeneric(String contentType) {
        assertThat(parse(image(""), contentType).mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void shouldReadArtifactsOfOrasHelmAndCosign() {
        Manifest oras = parse(image(EMPTY, "[" + EMPTY + "]", ",\"artifactType\":\"application/vnd.example+type\""));
        Manifest helm = parse(image(descriptor("application/vnd.cncf.helm.config.v1+json", D1, 1),
                "[" + descriptor("application/vnd.cncf.helm.chart.content.v1.tar+gzip", D2, 2) + "]", ""));
        Manifest cosign = parse(image(CONFIG, "[" + descriptor("application/vnd.dev.cosign.simplesigning.v1+json", D2,
                2, ",\"annotations\":{\"dev.cosignproject.cosign/signature\":\"MEUC\"}") + "]", ""));

        assertThat(oras.artifactType()).contains("application/vnd.example+type");
        assertThat(oras.blobs()).hasSize(1);
        assertThat(oras.totalSize()).isEqualTo(oras.content().length + 2L);
        assertThat(helm.artifactType()).contains("application/vnd.cncf.helm.config.v1+json");
        assertThat(cosign.layers().get(0).annotations()).containsKey("dev.cosignproject.cosign/signature");
    }

    @Test
    void shouldReadASubjectThatNeedNotExist() {
        assertThat(parse(image(",\"subject\":" + CHILD)).subject().orElseThrow().digest()).hasToString(D3);
        assertThat(parse(index("[]", ",\"subject\":" + CHILD)).subject()).isPresent();
    }

    @Test
    void shouldTakeEmptyAndNullLists() {
        assertThat(parse(image(CONFIG, "[]", "")).layers()).isEmpty();
        assertThat(parse(image(CONFIG, "null", "")).layers()).isEmpty();
        assertThat(parse(index("[]", ",\"artifactType\":\"a/b\"")).artifactType()).contains("a/b");
    }

    @Test
    void shouldTakeNullAndEmptyForOptionalFieldsAsAbsent() {
        String layer = descriptor(MediaTypes.OCI_LAYER, D2, 2,
                ",\"urls\":null,\"annotations\":null,\"data\":null,\"platform\":null,\"artifactType\":null");

        Manifest manifest = parse(image(CONFIG, "[" + layer + "]",
                ",\"subject\":null,\"annotations\":null,\"artifactType\":\"\""));

        assertThat(manifest.subject()).isEmpty();
        assertThat(manifest.artifactType()).contains(MediaTypes.OCI_CONFIG);
    }

    @Test
    void shouldPassOverUnknownFieldsAndOddSpelling() {
        parse(image(",\"x\":[1.0e0,-2.5,true,null,{\"y\":[[]]},\"\\ud83d\\ude00\"],\"Layers\":[],\"MANIFESTS\":1"));
        parse(" \r\n\t" + image(",\"a\\/b\":\"\\/\"") + "\n\n");
        parse(image(",\"annotations\":{\"k\":\"\\u0000\\ud800</script>=cmd()\\u001b[31m\"}"));
        parse("{\"layers\":[],\"config\":" + CONFIG + ",\"schemaVersion\":2}", MediaTypes.OCI_MANIFEST);
    }

    @Test
    void shouldCountALayerOnceHoweverOftenItIsListed() {
        Manifest manifest = parse(image(CONFIG, "[" + (LAYER + ",").repeat(999) + LAYER + "]", ""));

        assertThat(manifest.layers()).hasSize(1000);
        assertThat(manifest.blobs()).hasSize(2);
        assertThat(manifest.totalSize()).isEqualTo(manifest.content().length + 110L);
    }

    @Test
    void shouldNotDemandALayerThatStaysAtItsUrl() {
        String urls = ",\"urls\":[\"https://example.com/layer\"]";
        String foreign = descriptor(MediaTypes.DOCKER_FOREIGN_LAYER, D2, 2, urls);
        String withoutUrl = descriptor(MediaTypes.OCI_NONDISTRIBUTABLE_LAYER, D3, 3);

        Manifest manifest = parse(image(CONFIG, "[" + foreign + "," + withoutUrl + "]", ""));

        assertThat(manifest.layers()).hasSize(2);
        assertThat(manifest.blobs()).extracting(blob -> blob.digest().toString()).containsExactly(D1, D3);
        assertThat(parse(image(CONFIG, "[" + foreign + "," + descriptor(MediaTypes.OCI_LAYER, D2, 2) + "]", ""))
                .blobs()).hasSize(2);
    }

    /** The conformance suite's "large manifest". */
    @Test
    void shouldTakeMegabytesOfAnnotations() {
        String annotations = IntStream.range(0, 390).mapToObj(i -> "\"large-" + i + "\":\"" + "A".repeat(10_000) + "\"")
                .collect(Collectors.joining(","));

        assertThat(parse(image(",\"annotations\":{" + annotations + "}")).annotations()).hasSize(390);
    }

    @Test
    void shouldTakeEmbeddedDataThatIsRight() {
        String config = descriptor(MediaTypes.OCI_EMPTY,
                "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", 2, ",\"data\":\"e30=\"");

        assertThat(parse(image(config, "[]", ",\"artifactType\":\"a/b\"")).config().orElseThrow().size()).isEqualTo(2);
    }

    @Test
    void shouldTakeUnknownTypesOfConfigLayerAndChild() {
        parse(image(descriptor("text/plain; charset=utf-8", D1, 1), "[" + descriptor("x", D2, 2) + "]", ""));
        parse(index("[" + descriptor("application/vnd.docker.distribution.manifest.v1+prettyjws", D1, 1) + "]", ""));
    }

    @Property(tries = 200)
    void shouldKeepEveryByte(@ForAll @StringLength(max = 40) @Chars({' ', '\n', '\t', '\r'}) String space,
            @ForAll @StringLength(max = 10) String annotation) {
        String json = image(space + ",\"annotations\":{\"k\":\"" + quote(annotation) + "\"}" + space);

        Manifest manifest = parse(json);

        assertThat(manifest.content()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(manifest.annotations()).containsEntry("k", annotation);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder();
        text.chars().forEach(c -> quoted.append(String.format("\\u%04x", c)));
        return quoted.toString();
    }
}
