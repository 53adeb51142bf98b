// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySpecTest {
    private static PolicySpec spec(String name, OptionalLong source, OptionalLong destination, PolicyTrigger trigger,
            boolean singleActive) {
        return new PolicySpec(name, "", source, destination, new DestinationNamespace("", -1),
                new PolicyFilters(List.of()), trigger, false, true, true, -1, false, singleActive);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void shouldCopyBetweenThisRegistryAndExactlyOneOther() {
        OptionalLong one = OptionalLong.of(1);
        spec("p", OptionalLong.empty(), one, PolicyTrigger.MANUAL, false).requireValid();
        spec("p", one, OptionalLong.empty(), PolicyTrigger.MANUAL, false).requireValid();

        assertRefused(() -> spec("p", one, one, PolicyTrigger.MANUAL, false).requireValid());
        assertRefused(() -> spec("p", OptionalLong.empty(), OptionalLong.empty(), PolicyTrigger.MANUAL, false)
                .requireValid());
    }

    @Test
    void shouldNeedANameOfSomeLength() {
        OptionalLong one = OptionalLong.of(1);
        assertRefused(() -> spec("", one, OptionalLong.empty(), PolicyTrigger.MANUAL, false).requireValid());
        assertRefused(() -> spec(null, one, OptionalLong.empty(), PolicyTrigger.MANUAL, false).requireValid());
        assertRefused(() -> spec("n".repeat(257), one, OptionalLong.empty(), PolicyTrigger.MANUAL, false)
                .requireValid());
    }

    @Test
    void shouldFollowEventsOfThisRegistryOnlyAndEachOfThem() {
        PolicyTrigger events = PolicyTrigger.of("event_based", null);
        spec("p", OptionalLong.empty(), OptionalLong.of(1), events, false).requireValid();

        assertRefused(() -> spec("p", OptionalLong.of(1), OptionalLong.empty(), events, false).requireValid());
        assertRefused(() -> spec("p", OptionalLong.empty(), OptionalLong.of(1), events, true).requireValid());
    }

    @Test
    void shouldTakeANegativeSpeedForNone() {
        assertThat(spec("p", OptionalLong.of(1), OptionalLong.empty(), PolicyTrigger.MANUAL, false).speed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 * * * *", "0 */5 * * * ?", "0 30 2 * * 1-5"})
    void shouldTakeASchedule(String cron) {
        assertThat(PolicyTrigger.of("scheduled", cron).cron()).map(Object::toString).contains(cron);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "* 0 * * * *", "5 0 * * * *", "0 * * * * *", "0 */1 * * * *", "0 0 * * *", "x"})
    void shouldRefuseAScheduleThatIsNoneOrTooOften(String cron) {
        assertRefused(() -> PolicyTrigger.of("scheduled", cron));
    }

    @Test
    void shouldKnowHarborsTriggersOnly() {
        assertThat(PolicyTrigger.of(null, null)).isEqualTo(PolicyTrigger.MANUAL);
        assertThat(PolicyTrigger.of("manual", "not looked at").cron()).isEmpty();
        assertRefused(() -> PolicyTrigger.of("immediate", null));
    }

    @ParameterizedTest
    @CsvSource({"-1, n/image", "0, n/a/b/c/image", "1, n/b/c/image", "2, n/c/image", "3, n/image"})
    void shouldFlattenNamesAsHarborDoes(int replaced, String expected) {
        assertThat(new DestinationNamespace("n", replaced).of(RemoteName.parse("a/b/c/image")).value())
                .isEqualTo(expected);
    }

    @Test
    void shouldRefuseToFlattenMoreThanThereIs() {
        assertRefused(() -> new DestinationNamespace("n", 4).of(RemoteName.parse("a/b/c/image")));
        assertThat(new DestinationNamespace("", 4).of(RemoteName.parse("a")).value()).isEqualTo("a");
        assertThat(new DestinationNamespace("n/m", 0).of(RemoteName.parse("a")).value()).isEqualTo("n/m/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPPER", "a//b", "/a", "a/", "..", "a b"})
    void shouldRefuseWhatCanBeNoNamespace(String path) {
        assertRefused(() -> new DestinationNamespace(path, 0));
    }

    @Test
    void shouldRefuseFiltersThatHarborRefuses() {
        assertRefused(() -> PolicyFilter.of("size", "x", null));
        assertRefused(() -> PolicyFilter.of("name", 5, null));
        assertRefused(() -> PolicyFilter.of("name", "**", "matches"));
        assertRefused(() -> PolicyFilter.of("name", "a[", null));
        assertRefused(() -> PolicyFilter.of("tag", "**", "sometimes"));
        assertRefused(() -> PolicyFilter.of("tag", null, null));
        assertRefused(() -> PolicyFilter.of("label", "one", null));
        assertRefused(() -> PolicyFilter.of("label", List.of("one", 2), null));
        assertRefused(() -> PolicyFilter.of("resource", "chart", null));
        assertRefused(() -> PolicyFilter.of("resource", "image", "excludes"));
    }

    @Test
    void shouldKeepFiltersAsTheyWere() {
        PolicyFilters filters = new PolicyFilters(List.of(PolicyFilter.of("name", "library/**", null),
                PolicyFilter.of("tag", "v\"*", "excludes"), PolicyFilter.of("label", List.of("a", "b"), "matches"),
                PolicyFilter.of("resource", "artifact", null)));

        assertThat(PolicyFilters.ofJson(filters.toJson())).isEqualTo(filters);
    }

    private static RemoteArtifact artifact(Set<String> labels, String... tags) {
        return new RemoteArtifact(Optional.empty(), Arrays.stream(tags).map(Tag::parse).toList(), labels, false,
                List.of());
    }

    private static List<String> left(PolicyFilter filter, RemoteArtifact... artifacts) {
        return new PolicyFilters(List.of(filter)).select(List.of(artifacts)).stream()
                .map(artifact -> String.join("+", artifact.tags().stream().map(Tag::value).toList())).toList();
    }

    @Test
    void shouldLeaveTheTagsThatPass() {
        RemoteArtifact two = artifact(Set.of(), "latest", "v1");
        RemoteArtifact none = artifact(Set.of());

        assertThat(left(PolicyFilter.of("tag", "v*", null), two, none)).containsExactly("v1");
        assertThat(left(PolicyFilter.of("tag", "v*", "excludes"), two, none)).containsExactly("latest", "");
        assertThat(left(PolicyFilter.of("tag", "**", "matches"), two, none)).containsExactly("latest+v1", "");
        assertThat(left(PolicyFilter.of("tag", "", "excludes"), two, none)).containsExactly("latest+v1", "");
    }

    @Test
    void shouldJudgeAnAccessoryByTheTagsOfItsArtifact() {
        RemoteArtifact accessory =
                new RemoteArtifact(Optional.empty(), List.of(), Set.of(), true, List.of(Tag.parse("v1")));

        assertThat(left(PolicyFilter.of("tag", "v*", null), accessory)).containsExactly("");
        assertThat(left(PolicyFilter.of("tag", "w*", null), accessory)).isEmpty();
    }

    @Test
    void shouldAskForAllLabelsOfAFilter() {
        RemoteArtifact both = artifact(Set.of("a", "b", "c"), "both");
        RemoteArtifact one = artifact(Set.of("a"), "one");

        assertThat(left(PolicyFilter.of("label", List.of("a", "b"), null), both, one)).containsExactly("both");
        assertThat(left(PolicyFilter.of("label", List.of("a", "b"), "excludes"), both, one)).containsExactly("one");
        assertThat(left(PolicyFilter.of("label", List.of(), "excludes"), both, one)).containsExactly("both", "one");
    }
}
