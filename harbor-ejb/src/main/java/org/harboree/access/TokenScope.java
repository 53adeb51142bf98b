// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The scopes of one token request: which actions are asked on which repository.
 *
 * <p>Grammar: {@code resource-type ":" name ":" action ("," action)*} (Docker token scope documentation), several in
 * one parameter separated by spaces. A scope that cannot be read asks for nothing and is left out of the answer; this
 * is what Harbor does, and a client that sends several expects the others to work. The same repository asked twice is
 * the union.
 */
public record TokenScope(Map<String, Set<Action>> repositories, boolean catalog) {
    /** Scopes in one request. */
    public static final int MAX_SCOPES = 50;
    /** Characters of one scope. */
    public static final int MAX_LENGTH = 8192;

    /**
     * @param parameters the values of all {@code scope} parameters
     * @throws HarborException BAD_REQUEST for more than {@value #MAX_SCOPES} scopes or one of over
     *     {@value #MAX_LENGTH} characters
     */
    public static TokenScope parse(List<String> parameters) {
        List<String> scopes = split(parameters);
        Map<String, Set<Action>> repositories = new LinkedHashMap<>();
        boolean catalog = false;
        for (String scope : scopes) {
            int nameStart = scope.indexOf(':');
            int nameEnd = scope.lastIndexOf(':');
            if (nameStart <= 0 || nameEnd <= nameStart + 1) {
                continue;
            }
            String type = scope.substring(0, nameStart);
            String name = scope.substring(nameStart + 1, nameEnd);
            String actions = scope.substring(nameEnd + 1);
            if (type.equals("repository")) {
                repositories.computeIfAbsent(name, n -> EnumSet.noneOf(Action.class)).addAll(actions(actions));
            } else if (type.equals("registry") && name.equals("catalog") && actions.equals("*")) {
                catalog = true;
            }
        }
        return new TokenScope(repositories, catalog);
    }

    private static List<String> split(List<String> parameters) {
        List<String> scopes = new ArrayList<>();
        for (String parameter : parameters) {
            if (parameter.length() > MAX_LENGTH) {
                throw new HarborException(ErrorCode.BAD_REQUEST, "a scope is longer than " + MAX_LENGTH);
            }
            for (String scope : parameter.split(" ")) {
                if (!scope.isEmpty()) {
                    scopes.add(scope);
                }
            }
        }
        if (scopes.size() > MAX_SCOPES) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "more than " + MAX_SCOPES + " scopes");
        }
        return scopes;
    }

    private static Set<Action> actions(String list) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (String action : list.split(",")) {
            if (action.equals("*")) {
                return Action.all();
            }
            Action.parse(action).ifPresent(actions::add);
        }
        return actions;
    }
}
