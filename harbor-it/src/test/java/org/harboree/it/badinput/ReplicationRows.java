// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import java.util.List;

/** Policies of replication and their runs. */
final class ReplicationRows {
    private static final String POLICIES = "/api/v2.0/replication/policies";
    private static final String EXECUTIONS = "/api/v2.0/replication/executions";
    private static final String OTHER = "\"name\":\"bad\",\"dest_registry\":{\"id\":9223372036854775807}";

    private ReplicationRows() {}

    static Table table() {
        Table t = new Table("Replication");
        t.each("B026", "a policy of another form", List.of("[]", "7", "{\"name\":7}", "{\"enabled\":\"yes\"}",
                "{\"platforms\":\"linux/amd64\"}", "{\"platforms\":[null]}",
                "{\"filters\":{}}", "{\"filters\":[null]}", "{\"filters\":[7]}", "{\"trigger\":\"manual\"}",
                "{\"dest_registry\":7}", "{\"dest_namespace_replace_count\":128}", "{\"speed\":2147483648}",
                "{\"name\":\"a\",\"name\":\"b\"}", "{"), ReplicationRows::create, "422 UNPROCESSABLE_ENTITY");
        t.each("B026", "a policy that lacks something, or has too much of it", List.of("{}", "{" + OTHER
                .replace("bad", "") + "}", "{" + OTHER.replace("bad", "x".repeat(257)) + "}",
                "{" + OTHER.replace("bad", "x\\u0000") + "}", "{\"name\":\"bad\"}",
                "{" + OTHER + ",\"src_registry\":{\"id\":1}}",
                "{" + OTHER + ",\"dest_namespace\":\"UPPER\"}", "{" + OTHER + ",\"dest_namespace\":\"../x\"}",
                "{" + OTHER + ",\"description\":\"" + "x".repeat(4097) + "\"}"),
                ReplicationRows::create, "400 BAD_REQUEST");
        t.each("B026", "a filter that means nothing", List.of("{}", "{\"type\":\"size\",\"value\":\"1\"}",
                "{\"type\":\"name\"}", "{\"type\":\"name\",\"value\":7}", "{\"type\":\"name\",\"value\":[\"a\"]}",
                "{\"type\":\"name\",\"value\":\"a\",\"decoration\":\"matches\"}",
                "{\"type\":\"name\",\"value\":\"a[\"}", "{\"type\":\"name\",\"value\":\"{a\"}",
                "{\"type\":\"name\",\"value\":\"" + "x".repeat(1025) + "\"}",
                "{\"type\":\"tag\",\"value\":\"a\",\"decoration\":\"never\"}",
                "{\"type\":\"label\",\"value\":\"a\"}", "{\"type\":\"label\",\"value\":[1]}",
                "{\"type\":\"resource\",\"value\":\"chart\"}"),
                filter -> create("{" + OTHER + ",\"filters\":[" + filter + "]}"), "400 BAD_REQUEST");
        t.each("B026", "a platform that is none", List.of("", "linux", "linux/", "LINUX/amd64", "linux/arm/v7/x",
                "x".repeat(100) + "/amd64"),
                platform -> create("{" + OTHER + ",\"platforms\":[\"" + platform + "\"]}"), "400 BAD_REQUEST");
        t.each("B026", "a trigger that means nothing", List.of("{\"type\":\"never\"}", "{\"type\":\"scheduled\"}",
                "{\"type\":\"scheduled\",\"trigger_settings\":{\"cron\":\"* * * * * *\"}}",
                "{\"type\":\"scheduled\",\"trigger_settings\":{\"cron\":\"0 * * * * *\"}}",
                "{\"type\":\"scheduled\",\"trigger_settings\":{\"cron\":\"5 0 0 * * *\"}}",
                "{\"type\":\"scheduled\",\"trigger_settings\":{\"cron\":\"0 0 0 31 2 *\"}}",
                "{\"type\":\"scheduled\",\"trigger_settings\":{\"cron\":\"x\"}}"),
                trigger -> create("{" + OTHER + ",\"trigger\":" + trigger + "}"), "400 BAD_REQUEST");
        t.row("B026", "a registry that there is not", create("{" + OTHER + "}"), "404 NOT_FOUND");
        t.each("B178", "an id that is none", List.of("abc", "1.5", "9223372036854775808"),
                id -> admin(Ask.get(POLICIES + "/" + id)), "422 UNPROCESSABLE_ENTITY");
        t.each("B178", "an id of nothing", List.of("-1", "0", "9223372036854775807"),
                id -> admin(Ask.get(EXECUTIONS + "/" + id + "/tasks")), "404 NOT_FOUND");
        t.each("B178", "the log of nothing", List.of("0", "9223372036854775807"),
                id -> admin(Ask.get(EXECUTIONS + "/" + id + "/tasks/1/log")), "404 NOT_FOUND");
        t.each("B178", "a list by what it does not have", List.of("q=owner_id%3D1", "sort=filters",
                "q=name%3D%5B"), query -> admin(Ask.get(POLICIES + "?" + query)), "400 BAD_REQUEST");
        t.each("B178", "runs by what there is not", List.of("status=Late", "trigger=x", "sort=x"),
                query -> admin(Ask.get(EXECUTIONS + "?" + query)), "400 BAD_REQUEST");
        t.row("B178", "runs of a policy that is no number", admin(Ask.get(EXECUTIONS + "?policy_id=x")),
                "422 UNPROCESSABLE_ENTITY");
        t.each("B026", "a start of nothing", List.of("{}", "{\"policy_id\":-1}", "{\"policy_id\":9223372036854775807}"),
                ReplicationRows::start, "404 NOT_FOUND");
        t.each("B026", "a start of another form", List.of("[]", "{\"policy_id\":\"1\"}", "{\"policy_id\":1.5}", ""),
                ReplicationRows::start, "422 UNPROCESSABLE_ENTITY");
        return t;
    }

    private static Ask create(String json) {
        return admin(Ask.post(POLICIES)).with("Content-Type: application/json").body(json);
    }

    private static Ask start(String json) {
        return admin(Ask.post(EXECUTIONS)).with("Content-Type: application/json").body(json);
    }

    private static Ask admin(Ask ask) {
        return ask.with("Authorization: {admin}");
    }
}
