// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The operations on jobs and schedules, which are administrators' (B213, B254). */
final class JobRows {
    private JobRows() {}

    static Table table() {
        Table t = new Table("/jobservice and /schedules");
        t.each("B213", "by a user", List.of("pools", "pools/all/workers", "queues", "jobs/1/log"),
                path -> Ask.get("/api/v2.0/jobservice/" + path), "403 FORBIDDEN");
        t.row("B213", "schedules by a user", Ask.get("/api/v2.0/schedules"), "403 FORBIDDEN");
        t.each("B213", "another action", List.of("{\"action\":\"drop\"}", "{\"action\":\"STOP\"}", "{\"action\":7}",
                "{\"action\":null}", "{}", "[]", "", "{\"action\":"), body -> queue("EXECUTION_SWEEP").body(body),
                "422 UNPROCESSABLE_ENTITY");
        t.each("B213", "another queue", List.of("NOBODY", "%00", "a%27b", "x".repeat(300)),
                name -> queue(name).body("{\"action\":\"pause\"}"), "404 NOT_FOUND", "400 BAD_REQUEST", "400 bare");
        t.each("B213", "another schedule", List.of("EXECUTION_SWEEP", "x"),
                name -> admin(Ask.get("/api/v2.0/schedules/" + name + "/paused")), "400 BAD_REQUEST");
        t.each("B213", "another page", List.of("page=x", "page_size=101", "page_size=-9999999999999999999"),
                query -> admin(Ask.get("/api/v2.0/schedules?" + query)), "422 UNPROCESSABLE_ENTITY");
        t.row("B213", "another pool", admin(Ask.get("/api/v2.0/jobservice/pools/nobody/workers")), "200")
                .and(answer -> assertThat(answer.text().strip()).isEqualTo("[]"));
        t.each("B254", "the log of no job", List.of("0", "-1", "9223372036854775807", "9223372036854775808", "x",
                "..%2F..%2Fetc%2Fpasswd", "1%27"), id -> admin(Ask.get("/api/v2.0/jobservice/jobs/" + id + "/log")),
                "404 NOT_FOUND", "400 BAD_REQUEST", "400 bare");
        t.each("B254", "stopping no job", List.of("0", "x", "9223372036854775807"),
                id -> admin(Ask.put("/api/v2.0/jobservice/jobs/" + id)), "200");
        return t;
    }

    private static Ask queue(String name) {
        return admin(Ask.put("/api/v2.0/jobservice/queues/" + name)).with("Content-Type: application/json");
    }

    private static Ask admin(Ask ask) {
        return ask.with("Authorization: {admin}");
    }
}
