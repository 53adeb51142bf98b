// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls every row of {@code rights.txt} as everybody: the table is what a user of Harbor expects. */
class RightsIT {
    private static final ApiClient ADMIN = ApiClient.admin();
    private static final List<ProjectRole> ROLES = List.of(ProjectRole.LIMITED_GUEST, ProjectRole.GUEST,
            ProjectRole.DEVELOPER, ProjectRole.MAINTAINER, ProjectRole.PROJECT_ADMIN);

    private static List<ApiClient> members;
    private static List<ApiClient> callers;
    private static Room closed;
    private static Room open;

    /** A row of the table. */
    record Row(String method, String path, String body, List<Integer> inPrivate, List<Integer> inPublic) {
        static Row parse(String line) {
            String[] cells = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
            return new Row(cells[0], cells[1], cells[2], numbers(cells[3]), numbers(cells[4]));
        }

        private static List<Integer> numbers(String cell) {
            return Arrays.stream(cell.split(" +")).map(Integer::valueOf).toList();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream table = RightsIT.class.getResourceAsStream("/rights.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).map(Row::parse).toList().stream();
        }
    }

    @BeforeAll
    static void makeEverybody() {
        members = ROLES.stream().map(role -> ApiClient.newUser("member")).toList();
        callers = new ArrayList<>(List.of(ApiClient.anonymous(), ApiClient.newUser("stranger")));
        callers.addAll(members);
        callers.add(ADMIN);
        closed = new Room("false");
        open = new Room("true");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldAnswerAsTheTableSays(Row row) {
        assertThat(callers.stream().map(caller -> closed.call(caller, row)).toList())
                .as("private project").isEqualTo(row.inPrivate());
        assertThat(callers.subList(0, 2).stream().map(caller -> open.call(caller, row)).toList())
                .as("public project").isEqualTo(row.inPublic());
    }

    /** A project with a member of each role and an image, and whatever the table's names in braces stand for. */
    private static final class Room {
        private final String visibility;
        private final String project;
        private final Images images;
        private final String digest;
        private final long member;
        private final long user;
        private final long registry;
        private final long policy;
        private final long execution;
        private final long task;

        Room(String visibility) {
            this.visibility = visibility;
            project = newProject();
            images = new Images(ADMIN, project + "/image");
            digest = images.push("v1");
            member = newMember();
            user = userId(newUser());
            registry = newRegistry();
            policy = newPolicy();
            execution = ADMIN.post("/replication/executions", "{\"policy_id\":" + policy + "}").newId();
            task = firstTask();
        }

        int call(ApiClient caller, Row row) {
            return caller.send(row.method(), fill(row.path()), fill(row.body())).status();
        }

        private String fill(String text) {
            String filled = text.replace("{all}", "all").replace("{job}", "0")
                    .replace("{policy}", Long.toString(policy)).replace("{execution}", Long.toString(execution))
                    .replace("{task}", Long.toString(task));
            for (Map.Entry<String, String> name : Map.of("{project}", project, "{repository}", "image", "{tag}", "v1",
                    "{key}", "public", "{addition}", "build_history", "{member}", Long.toString(member),
                    "{user_id}", Long.toString(user), "{registry}", Long.toString(registry),
                    "{own_url}", Product.running().url().toString()).entrySet()) {
                filled = filled.replace(name.getKey(), name.getValue());
            }
            while (filled.contains("{fresh_")) {
                int start = filled.indexOf("{fresh_");
                String name = filled.substring(start, filled.indexOf('}', start) + 1);
                filled = filled.replace(name, fresh(name));
            }
            return filled.replace("{name}", Product.uniqueName("name"));
        }

        private String fresh(String name) {
            return switch (name) {
                case "{fresh_project}" -> newProject();
                case "{fresh_user}" -> newUser();
                case "{fresh_user_id}" -> Long.toString(userId(newUser()));
                case "{fresh_member}" -> Long.toString(newMember());
                case "{fresh_repository}" -> newRepository();
                case "{fresh_artifact}" -> images.pushUntagged();
                case "{fresh_tag}" -> newTag();
                case "{fresh_policy}" -> Long.toString(newPolicy());
                case "{fresh_registry}" -> Long.toString(newRegistry());
                default -> throw new AssertionError("the table has an unknown name " + name);
            };
        }

        private String newProject() {
            String name = Product.running().api().newProject("rights", Map.of("public", visibility));
            for (int i = 0; i < ROLES.size(); i++) {
                Product.running().api().addMember(name, members.get(i).name(), ROLES.get(i));
            }
            return name;
        }

        private static String newUser() {
            return Product.running().api().newUser("fresh", ApiClient.PASSWORD);
        }

        private static long userId(String name) {
            return ADMIN.get("/users?q=username%3D" + name).json().get(0).get("user_id").asLong();
        }

        /** This registry is as good as any other. */
        private static long newRegistry() {
            return ADMIN.post("/registries", "{\"name\":\"" + Product.uniqueName("registry")
                    + "\",\"type\":\"docker-registry\",\"url\":\"" + Product.running().url() + "\"}").newId();
        }

        /** Under another name, so that a run has something to do. */
        private long newPolicy() {
            return ADMIN.post("/replication/policies", "{\"name\":\"" + Product.uniqueName("policy")
                    + "\",\"enabled\":true,\"dest_registry\":{\"id\":" + registry
                    + "},\"dest_namespace\":\"elsewhere\",\"filters\":[{\"type\":"
                    + "\"name\",\"value\":\"" + project + "/image\"}]}").newId();
        }

        /** The run finds out on its own what there is to do; then it has one. */
        private long firstTask() {
            for (int i = 0; i < 600; i++) {
                JsonNode tasks = ADMIN.get("/replication/executions/" + execution + "/tasks").json();
                if (!tasks.isEmpty()) {
                    return tasks.get(0).get("id").asLong();
                }
                sleep();
            }
            throw new AssertionError("no task of execution " + execution);
        }

        private static void sleep() {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private long newMember() {
            return ADMIN.post("/projects/" + project + "/members",
                    "{\"role_id\":3,\"member_user\":{\"username\":\"" + newUser() + "\"}}").newId();
        }

        private String newRepository() {
            String name = Product.uniqueName("fresh");
            new Images(ADMIN, project + "/" + name).push("v1");
            return name;
        }

        private String newTag() {
            String name = Product.uniqueName("fresh");
            assertThat(ADMIN.post("/projects/" + project + "/repositories/image/artifacts/" + digest + "/tags",
                    "{\"name\":\"" + name + "\"}").status()).isEqualTo(201);
            return name;
        }
    }
}
