// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.registry.RepositoryService;
import org.harboree.replication.ReplicationService;

/** By which an open page learns that something was pushed, or that a run of a replication rule got on. */
@RequestScoped
public class Live {
    private static final String RULES = "rules:";
    private static final String RULE = "rule:";
    private static final String RUN = "run:";
    private static final Pattern NUMBERED = Pattern.compile("(rule|run):([0-9]{1,18})(?::([0-9]{1,18}))?");

    @Inject
    private RepositoryService repositories;

    @Inject
    private ReplicationService runs;

    @Inject
    private Visitor visitor;

    /** The name of all replication rules. */
    static String rules() {
        return RULES;
    }

    /** The name of a replication rule. */
    static String rule(long id) {
        return RULE + id;
    }

    /** The name of a run of a rule. @param task whose log is watched, too */
    static String run(long id, OptionalLong task) {
        return RUN + id + (task.isEmpty() ? "" : ":" + task.getAsLong());
    }

    /**
     * A word that changes when something is pushed to it, or it gets on.
     *
     * @param name a project, or a repository with its project; or one of the names that are given out here, which have
     *     a colon and so are no project's
     * @throws HarborException as the service; NOT_FOUND for a name of nothing
     */
    String version(String name) {
        if (name.indexOf(':') >= 0) {
            return replication(name);
        }
        int slash = name.indexOf('/');
        return slash < 0 ? repositories.version(visitor.caller(), name)
                : repositories.version(visitor.caller(), name.substring(0, slash), name.substring(slash + 1));
    }

    private String replication(String name) {
        if (name.equals(RULES)) {
            return runs.version(visitor.caller(), OptionalLong.empty());
        }
        Matcher numbered = NUMBERED.matcher(name);
        if (!numbered.matches()) {
            throw new HarborException(ErrorCode.NOT_FOUND);
        }
        long id = Long.parseLong(numbered.group(2));
        if (numbered.group(1).equals("rule")) {
            return runs.version(visitor.caller(), OptionalLong.of(id));
        }
        return runs.version(visitor.caller(), id, numbered.group(3) == null ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(numbered.group(3))));
    }
}
