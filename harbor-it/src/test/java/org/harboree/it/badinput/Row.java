// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A row of the catalogue: requests in their order, each with what may come back.
 *
 * <p>An outcome is a status and, for an error, its wire code: {@code 400 NAME_INVALID}. {@code 400 bare} is an answer
 * of the HTTP server itself, which refuses what is no request before there is one, and has no body; {@code closed} is a
 * connection that ends without an answer.
 */
final class Row {
    private record Step(Ask ask, List<String> outcomes, List<Consumer<Answer>> checks) {}

    /** A row that no list of requests can tell. */
    interface Story {
        void run(Scene scene) throws Exception;
    }

    private final String id;
    private final String title;
    private final List<Step> steps = new ArrayList<>();
    private final List<Story> stories = new ArrayList<>();

    Row(String id, String title) {
        this.id = id;
        this.title = title;
    }

    String name() {
        return id + " " + title;
    }

    /** The next request, and what it may be answered. */
    Row ask(Ask ask, String... outcomes) {
        steps.add(new Step(ask, List.of(outcomes), new ArrayList<>()));
        return this;
    }

    /** What else must hold for the answer to the request before. */
    Row and(Consumer<Answer> check) {
        steps.get(steps.size() - 1).checks().add(check);
        return this;
    }

    /** The answer to the request before has the header, with that value. */
    Row header(String name, String value) {
        return and(answer -> assertThat(answer.header(name)).as("%s of %s", name, answer).contains(value));
    }

    Row story(Story story) {
        stories.add(story);
        return this;
    }

    /** Plays the row; the failure names it, since reports of dynamic tests do not. */
    void run(Scene scene) throws Exception {
        try {
            play(scene);
        } catch (AssertionError failure) {
            throw new AssertionError(name() + ": " + failure.getMessage(), failure);
        }
    }

    private void play(Scene scene) throws Exception {
        scene.beginRow();
        for (Step step : steps) {
            Optional<Answer> answer = scene.exchange(step.ask());
            Rules.check(step.ask(), answer, step.outcomes());
            if (answer.isPresent()) {
                answer.get().header("Location").ifPresent(location -> scene.remember("location", location));
                step.checks().forEach(check -> check.accept(answer.get()));
            }
        }
        for (Story story : stories) {
            story.run(scene);
        }
    }
}
