// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.harboree.oci.RepositoryName;
import org.harboree.project.Projects;
import org.harboree.project.Standing;

/** Where users stand in projects, live, each asked for once in a unit of work. */
final class Standings {
    private final Projects projects;
    private final boolean held;
    private final Map<Question, Optional<Standing>> answers = new HashMap<>();

    private record Question(String project, long userId) {}

    /** @param held whether the projects are held against deletion until the unit ends */
    Standings(Projects projects, boolean held) {
        this.projects = projects;
        this.held = held;
    }

    Optional<Standing> of(RegistryCaller who, RepositoryName name) {
        return answers.computeIfAbsent(new Question(name.project(), who.caller().userId()), asked -> held
                ? projects.heldStanding(asked.project(), asked.userId())
                : projects.standing(asked.project(), asked.userId()));
    }
}
