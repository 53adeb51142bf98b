// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds for every answer, whatever was sent. */
final class Rules {
    /** OCI Distribution Spec 1.1, "Error Codes". */
    private static final Set<String> OCI = Set.of("BLOB_UNKNOWN", "BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN",
            "DIGEST_INVALID", "MANIFEST_BLOB_UNKNOWN", "MANIFEST_INVALID", "MANIFEST_UNKNOWN", "NAME_INVALID",
            "NAME_UNKNOWN", "SIZE_INVALID", "UNAUTHORIZED", "DENIED", "UNSUPPORTED", "TOOMANYREQUESTS");
    /** Stack traces, classes, paths of the server, SQL, message numbers of its parts. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\bat [a-z]+\\.|[a-z]+\\.[a-z]+\\.[A-Z]\\w+|Exception|\\.java\\b|/(home|tmp|var|opt|usr|work|root)/"
                    + "|(?i:\\b(select|insert|update|delete)\\b.*\\b(from|into|set)\\b)|SQL|Hibernate"
                    + "|WFLY|UT0\\d|RESTEASY\\d|JBAS");
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Rules() {}

    static void check(Ask ask, Optional<Answer> given, List<String> outcomes) {
        if (given.isEmpty()) {
            assertThat(outcomes).as("the connection was closed: %s", shown(ask)).contains("closed");
            return;
        }
        Answer answer = given.get();
        assertThat(outcomes).as("%s was answered %s", shown(ask), answer).contains(outcome(ask, answer, outcomes));
        assertThat(answer.took()).as("time to answer %s", shown(ask)).isLessThan(LONGEST);
        assertThat(answer.all("X-Request-Id")).as("one request id of %s", answer)
                .hasSizeLessThanOrEqualTo(1).allMatch(id -> id.matches("[A-Za-z0-9-]{1,64}"));
        if (answer.status() >= 400) {
            checkError(ask, answer);
        }
    }

    private static void checkError(Ask ask, Answer answer) {
        assertThat(INSIDE.matcher(answer.text()).find()).as("insides told by %s", answer).isFalse();
        if (isBare(answer)) {
            return;
        }
        assertThat(answer.header("X-Request-Id")).as("request id of %s", answer).isPresent();
        assertThat(answer.header("Content-Type").orElse("")).as("type of %s", answer).startsWith("application/json");
        if (!ask.isHead()) {
            assertThat(answer.json().get("errors")).as("errors of %s", answer).isNotEmpty()
                    .allMatch(error -> error.hasNonNull("code") && error.hasNonNull("message"));
        }
        if (ask.start().contains(" /v2")) {
            assertThat(OCI).as("OCI's codes").containsAll(answer.codes());
        }
    }

    /** As the row would write it: with the code only where the row names one, which a HEAD cannot tell. */
    private static String outcome(Ask ask, Answer answer, List<String> outcomes) {
        String status = String.valueOf(answer.status());
        if (answer.status() >= 400 && isBare(answer)) {
            return status + " bare";
        }
        if (answer.status() < 400 || ask.isHead() || outcomes.contains(status)) {
            return ask.isHead() ? outcomes.stream().filter(o -> o.startsWith(status)).findFirst()
                    .orElse(status) : status;
        }
        return status + " " + String.join(",", answer.codes().stream().distinct().toList());
    }

    private static boolean isBare(Answer answer) {
        return answer.header("Content-Length").orElse("").equals("0") && answer.header("X-Request-Id").isEmpty();
    }

    private static String shown(Ask ask) {
        String text = ask.start().strip() + " " + ask.headers();
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }
}
