// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.harboree.oci.Manifests.CHILD;
import static org.harboree.oci.Manifests.CONFIG;
import static org.harboree.oci.Manifests.D1;
import static org.harboree.oci.Manifests.D2;
import static org.harboree.oci.Manifests.EMPTY;
import static org.harboree.oci.Manifests.LAYER;
import static org.harboree.oci.Manifests.assertFails;
import static org.harboree.oci.Manifests.assertInvalid;
import static org.harboree.oci.Manifests.descriptor;
import static org.harboree.oci.Manifests.image;
import static org.harboree.oci.Manifests.index;
import static org.harboree.oci.Manifests.parse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bad-input catalogue for manifests: what is refused, and that nothing of it is slow. */
class ManifestParserHostileTest {
    /** No measure of speed: each takes milliseconds, and minutes where the work grows with the square of the length. */
    private static final Duration BUDGET = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "\"x\"", "{}", "1", "{", "}", "NaN", "{'schemaVersion':2}",
        "{\"schemaVersion\":NaN}", "{\"a\":1}//", "{\"a\":01}", "{\"a\":1,}", "{\"a\":\"\t\"}"})
    void shouldRefuseWhatIsNoManifest(String json) {
        assertInvalid(json);
        assertInvalid(json, MediaTypes.OCI_MANIFEST);
    }

    @Test
    void shouldRefuseAnythingAroundTheDocument() {
        assertInvalid(image("") + "x");
        assertInvalid(image("") + image(""));
        assertInvalid(image("") + "\u0000");
        assertInvalid("\ufeff" + image(""));
        assertInvalid("/* */" + image(""));
        assertFails(ErrorCode.MANIFEST_INVALID, image("").getBytes(StandardCharsets.UTF_16), null);
        assertFails(ErrorCode.MANIFEST_INVALID, image("").getBytes(StandardCharsets.UTF_16LE), null);
    }

    @Test
    void shouldRefuseInvalidUtf8EvenWhereNobodyReads() {
        for (String bytes : new String[] {"\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080"}) {
            String json = image(",\"unknown\":\"" + bytes + "\"");
            assertFails(ErrorCode.MANIFEST_INVALID, json.getBytes(StandardCharsets.ISO_8859_1), null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.evil", "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v1+prettyjws", "application/x-www-form-urlencoded"})
    void shouldRefuseAHeaderThatIsNotTheBodysType(String contentType) {
        assertInvalid(image(""), contentType);
    }

    @Test
    void shouldRefuseAManifestWhoseTypeNobodyTells() {
        String json = "{\"schemaVersion\":2,\"config\":" + CONFIG + ",\"layers\":[]}";

        assertInvalid(json);
        assertInvalid(json, "application/json");
        assertInvalid(json, MediaTypes.OCI_INDEX);
        assertInvalid(image("").replace(MediaTypes.OCI_MANIFEST, "application/vnd.oci.artifact.manifest.v1+json"));
    }

    @Test
    void shouldRefuseAManifestThatIsAnIndexToo() {
        assertInvalid(image(",\"manifests\":[" + CHILD + "]"));
        assertInvalid(image(",\"manifests\":null"));
        assertInvalid(index("[]", ",\"config\":" + CONFIG));
        assertInvalid(index("[]", ",\"layers\":[]"));
        assertInvalid(index("[]", "").replace(MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "\"2\"", "2.0", "2e0", "null", "20", "[2]"})
    void shouldRefuseOtherSchemaVersions(String version) {
        assertInvalid(image("").replace("\"schemaVersion\":2", "\"schemaVersion\":" + version));
        assertInvalid(image("").replace("schemaVersion", "schema"));
    }

    @Test
    void shouldRefuseDuplicateKeys() {
        assertInvalid(image(",\"layers\":[]"));
        assertInvalid(image(",\"lay\\u0065rs\":[]"));
        assertInvalid(image(",\"x\":1,\"x\":1"));
        assertInvalid(image(",\"annotations\":{\"a\":\"1\",\"b\":\"\",\"a\":\"2\"}"));
        assertInvalid(image(CONFIG, "[" + descriptor("a/b", D2, 1, ",\"digest\":\"" + D1 + "\"") + "]", ""));
        assertInvalid(image(",\"x\":{\"y\":[{\"a\":1,\"a\":1}]}"));
    }

    @Test
    void shouldRefuseIncompleteManifests() {
        assertInvalid("{\"schemaVersion\":2,\"config\":" + CONFIG + "}", MediaTypes.OCI_MANIFEST);
        assertInvalid("{\"schemaVersion\":2,\"layers\":[]}", MediaTypes.OCI_MANIFEST);
        assertInvalid("{\"schemaVersion\":2}", MediaTypes.OCI_INDEX);
        assertInvalid(image("null", "[]", ""));
        assertInvalid(image("[]", "[]", ""));
        assertInvalid(image(CONFIG, "{}", ""));
        assertInvalid(image(CONFIG, "[null]", ""));
        assertInvalid(image(CONFIG, "[[]]", ""));
        assertInvalid(image(CONFIG, "[{}]", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0", "9223372036854775807", "9223372036854775808", "1.0", "1e3", "\"1\"", "null",
        "true", "[]"})
    void shouldRefuseImpossibleSizes(String size) {
        String layer = "{\"mediaType\":\"a/b\",\"digest\":\"" + D2 + "\",\"size\":" + size + "}";

        assertInvalid(image(CONFIG, "[" + layer + "]", ""));
        assertInvalid(image(",\"subject\":" + layer));
    }

    @Test
    void shouldRefuseIncompleteDescriptors() {
        assertInvalid(image(CONFIG, "[{\"mediaType\":\"a/b\",\"digest\":\"" + D2 + "\"}]", ""));
        assertInvalid(image(CONFIG, "[{\"mediaType\":\"a/b\",\"size\":1}]", ""));
        assertInvalid(image(CONFIG, "[{\"digest\":\"" + D2 + "\",\"size\":1}]", ""));
        assertInvalid(image(CONFIG, "[" + descriptor("", D2, 1) + "]", ""));
        assertInvalid(image(CONFIG, "[" + descriptor("a/b\\r\\nX: y", D2, 1) + "]", ""));
        assertInvalid(image(CONFIG, "[" + descriptor("a/" + "b".repeat(254), D2, 1) + "]", ""));
        assertInvalid(image(",\"subject\":[" + CHILD + "]"));
        assertInvalid(image(",\"subject\":\"" + D1 + "\""));
        assertInvalid(image(",\"subject\":{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:asd", "md5:d41d8cd98f00b204e9800998ecf8427e", "", "latest",
        "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"})
    void shouldRefuseDigestsThatCannotBeVerified(String digest) {
        String json = image(CONFIG, "[" + descriptor("a/b", digest, 1) + "]", "");

        assertFails(ErrorCode.DIGEST_INVALID, json.getBytes(StandardCharsets.UTF_8), null);
    }

    @Test
    void shouldRefuseSizesThatContradictEachOtherOrOverflow() {
        assertInvalid(image(CONFIG, "[" + LAYER + "," + LAYER.replace("100", "101") + "]", ""));
        assertInvalid(image(CONFIG, "[" + descriptor("a/b", D2, Long.MAX_VALUE - 1) + "]", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"e3w=\"", "\"e30\"", "\"e3\"", "\"!!!!\"", "\"\"", "\"e30 \"", "1", "[]"})
    void shouldRefuseEmbeddedDataThatIsWrong(String data) {
        String config = EMPTY.replace("}", ",\"data\":" + data + "}");

        assertInvalid(image(config, "[]", ",\"artifactType\":\"a/b\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/", "/b", "a/b c", "a/b\\r\\n", "a/b;c=d", "a/b/c", "a/\u00e4", "-a/b", "a/+b"})
    void shouldRefuseAnArtifactTypeThatIsNoMediaType(String type) {
        assertInvalid(image(",\"artifactType\":\"" + type + "\""));
        assertInvalid(image(",\"artifactType\":\"a/" + "b".repeat(1024) + "\""));
        assertInvalid(image(",\"artifactType\":1"));
    }

    @Test
    void shouldDemandAnArtifactTypeForAnEmptyConfig() {
        assertInvalid(image(EMPTY, "[]", ""));
        assertInvalid(image(EMPTY, "[]", ",\"artifactType\":\"\""));
    }

    @Test
    void shouldRefuseBadAnnotations() {
        for (String annotations : new String[] {"{\"a\":1}", "{\"a\":null}", "{\"\":\"\"}", "[]", "{\"a\":{}}",
            "{\"" + "k".repeat(1025) + "\":\"\"}"}) {
            assertInvalid(image(",\"annotations\":" + annotations));
            assertInvalid(image(CONFIG, "[" + descriptor("a/b", D2, 1, ",\"annotations\":" + annotations) + "]", ""));
        }
    }

    @Test
    void shouldTakeAnnotationsUpToTheLimit() {
        parse(image(",\"annotations\":{\"" + "k".repeat(1024) + "\":\"\"}"));
        assertInvalid(image(",\"annotations\":{\"" + "\u00e4".repeat(513) + "\":\"\"}"));
        parse(image(",\"annotations\":{\"k\":\"" + "v".repeat(1 << 20) + "\"}"));
        assertInvalid(image(",\"annotations\":{\"k\":\"" + "v".repeat((1 << 20) + 1) + "\"}"));
    }

    @Test
    void shouldRefuseAbsurdPlatforms() {
        for (String platform : new String[] {"{\"os\":\"" + "x".repeat(1 << 20) + "\"}", "{\"os\":1}", "[]",
            "{\"os.features\":\"x\"}", "{\"os.features\":[1]}"}) {
            assertInvalid(index("[" + descriptor(MediaTypes.OCI_MANIFEST, D1, 1, ",\"platform\":" + platform) + "]",
                    ""));
        }
    }

    @Test
    void shouldTake4MebibytesAndNoMore() {
        byte[] most = Arrays.copyOf(image("").getBytes(StandardCharsets.UTF_8), ManifestParser.MAX_BYTES);
        Arrays.fill(most, image("").length(), most.length, (byte) ' ');

        assertThat(ManifestParser.parse(most, null, Digest.Algorithm.SHA256).layers()).hasSize(1);
        assertFails(ErrorCode.MANIFEST_TOO_LARGE, Arrays.copyOf(most, most.length + 1), null);
    }

    @Test
    void shouldTakeTwentyThousandDescriptorsAndNoMore() {
        IntFunction<String> layer = i -> descriptor("a/b", "sha256:" + String.format("%064x", i), 1);
        String most = IntStream.range(0, 20_000).mapToObj(layer).collect(Collectors.joining(","));

        assertThat(parse(image(CONFIG, "[" + most + "]", "")).blobs()).hasSize(20_001);
        assertThat(parse(index("[" + most + "]", "")).children()).hasSize(20_000);
        assertInvalid(image(CONFIG, "[" + most + "," + LAYER + "]", ""));
        assertInvalid(index("[" + most + "," + CHILD + "]", ""));
    }

    @Test
    void shouldTakeADepthOf64AndNoMore() {
        parse(image(",\"x\":" + "[".repeat(63) + "]".repeat(63)));
        assertInvalid(image(",\"x\":" + "[".repeat(64) + "]".repeat(64)));
    }

    @Test
    void shouldTakeNumbersOf20DigitsAndNoMore() {
        parse(image(",\"x\":" + "9".repeat(20)));
        assertInvalid(image(",\"x\":" + "9".repeat(21)));
        assertInvalid(image(",\"x\":1e999999999"));
        assertInvalid(image(",\"x\":-1e999"));
    }

    @Test
    void shouldTakeStringsOfOneMebibyteAndNoMore() {
        parse(image(",\"x\":\"" + "s".repeat(1 << 20) + "\""));
        assertInvalid(image(",\"x\":\"" + "s".repeat((1 << 20) + 1) + "\""));
        assertInvalid(image(",\"x\":[\"" + "s".repeat((1 << 20) + 1) + "\"]"));
    }

    @Test
    void shouldRefuseQuicklyWhatIsMeantToHurt() {
        String keys = IntStream.range(0, 100_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
        assertRefusedInTime("{\"a\":".repeat(10_000));
        assertRefusedInTime("[".repeat(1_000_000));
        assertRefusedInTime(image(",\"annotations\":" + "{\"a\":".repeat(10_000)));
        assertRefusedInTime(image(",\"x\":" + "[".repeat(1_000_000)));
        assertRefusedInTime(image(",\"x\":\"" + "s".repeat(3_900_000) + "\""));
        assertRefusedInTime(image(",\"x\":\"" + "\\u0041".repeat(600_000)));
        assertRefusedInTime(image("," + keys));
        assertRefusedInTime(image(",\"x\":{" + keys + "}"));
        assertRefusedInTime(image(",\"annotations\":{" + keys.replace(":1", ":\"1\"") + "}"));
        assertRefusedInTime(image(",\"x\":" + "9".repeat(1 << 20)));
        assertRefusedInTime(image(",\"x\":1." + "9".repeat(1 << 20)));
        assertRefusedInTime(image(",\"data\":\"" + "A".repeat(3 << 20) + "\""));
        assertRefusedInTime(image(",\"x\":[" + "[],".repeat(1_300_000) + "1,]"));
        assertRefusedInTime(image(",\"x\":[" + "{\"a\":1,\"b\":1,\"c\":1},".repeat(180_000) + "1,]"));
    }

    /** "Aa" and "BB" have one hash code, so all these keys share theirs. */
    @Test
    void shouldNotBeSlowedDownByKeysOfOneHash() {
        String keys = IntStream.range(0, 1 << 13).mapToObj(i -> {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 13; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            return "\"" + key + "\":\"1\"";
        }).collect(Collectors.joining(","));

        assertRefusedInTime(image(",\"x\":{" + keys + "},}"));
    }

    @Property(tries = 500)
    void shouldEitherReadOrRefuseWhateverOneBrokenByteMakes(@ForAll @IntRange(max = 500) int at, @ForAll byte value) {
        byte[] content = image(",\"annotations\":{\"k\":\"v\"},\"subject\":" + CHILD).getBytes(StandardCharsets.UTF_8);
        content[at] = value;

        try {
            assertThat(ManifestParser.parse(content, null, Digest.Algorithm.SHA256).content()).isSameAs(content);
        } catch (HarborException e) {
            assertThat(e.code()).isIn(ErrorCode.MANIFEST_INVALID, ErrorCode.DIGEST_INVALID);
        }
    }

    private static void assertRefusedInTime(String json) {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        assertTimeoutPreemptively(BUDGET, () -> assertThatThrownBy(
                () -> ManifestParser.parse(content, null, Digest.Algorithm.SHA256)).isInstanceOf(HarborException.class));
    }
}
