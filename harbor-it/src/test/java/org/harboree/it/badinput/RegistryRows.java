// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import java.util.List;

/** Addresses of other registries, and what else is sent to enter one (B225 to B233). Loopback is allowed here. */
final class RegistryRows {
    private static final String API = "/api/v2.0/registries";

    private RegistryRows() {}

    static Table table() {
        Table t = new Table("Other registries");
        t.each("B225", "a place that requests never go to", List.of("http://169.254.169.254/latest/meta-data/",
                "http://[fd00:ec2::254]/", "http://100.100.100.200", "http://168.63.129.16", "http://0.0.0.0:8080",
                "http://0:8080", "http://[::]:8080", "http://[fe80::1]", "http://[fec0::1]", "http://224.0.0.1",
                "http://[ff02::1]", "http://255.255.255.255", "http://240.0.0.1", "http://[64:ff9b::a9fe:a9fe]",
                "http://[64:ff9b:1::1]", "http://[2002:a9fe:a9fe::]", "http://[2001::1]", "http://[100::1]",
                "http://198.18.0.1", "http://192.0.0.1"),
                url -> ping("{\"type\":\"docker-registry\",\"url\":\"" + url + "\"}"), "400 BAD_REQUEST");
        t.each("B231", "no address", List.of("file:///etc/passwd", "gopher://x", "ftp://x", "jar:http://x!/",
                "ldap://x", "data:,x", "javascript:alert(1)", "http:///x", "//x", "", " "),
                url -> ping("{\"type\":\"docker-registry\",\"url\":\"" + url + "\"}"), "400 BAD_REQUEST");
        t.each("B232", "an address that is read in two ways", List.of("http://user:pw@{host}", "http://a@{host}",
                "http://{host}\\\\@example.org", "http://{host}%00.example.org", "http://{host}#@example.org/",
                "http://" + "a".repeat(600)),
                url -> ping("{\"type\":\"docker-registry\",\"url\":\"" + url + "\"}"), "400 BAD_REQUEST", "200");
        t.each("B233", "a port that is none", List.of("0", "65536", "-1", "x"),
                port -> ping("{\"type\":\"docker-registry\",\"url\":\"http://127.0.0.1:" + port + "\"}"),
                "400 BAD_REQUEST");
        bodies(t);
        return t;
    }

    private static void bodies(Table t) {
        t.each("B026", "a registry of another form", List.of("[]", "7", "{\"name\":7}", "{\"insecure\":\"yes\"}",
                "{\"credential\":\"x\"}", "{\"name\":\"a\",\"name\":\"b\"}", "{"),
                RegistryRows::create, "422 UNPROCESSABLE_ENTITY");
        t.each("B026", "a registry that lacks something, or has too much of it", List.of("{}",
                "{\"name\":\"\",\"type\":\"docker-registry\",\"url\":\"{url}\"}",
                "{\"name\":\"" + "x".repeat(65) + "\",\"type\":\"docker-registry\",\"url\":\"{url}\"}",
                "{\"name\":\"x\",\"type\":\"no-such-kind\",\"url\":\"{url}\"}", "{\"name\":\"x\",\"url\":\"{url}\"}",
                "{\"name\":\"x\",\"type\":\"docker-registry\"}",
                "{\"name\":\"x\",\"type\":\"docker-registry\",\"url\":\"{url}\",\"ca_certificate\":\"x\"}",
                "{\"name\":\"x\\u0000\",\"type\":\"docker-registry\",\"url\":\"{url}\"}",
                "{\"name\":\"x\",\"type\":\"docker-registry\",\"url\":\"{url}\",\"credential\":{\"type\":\"x\"}}"),
                RegistryRows::create, "400 BAD_REQUEST");
        t.each("B178", "an id that is none", List.of("abc", "1.5", "9223372036854775808"),
                id -> admin(Ask.get(API + "/" + id)), "422 UNPROCESSABLE_ENTITY");
        t.each("B178", "an id of nothing", List.of("-1", "9223372036854775807"),
                id -> admin(Ask.get(API + "/" + id)), "404 NOT_FOUND");
        t.each("B178", "a list by what it does not have", List.of("q=access_secret%3Dx", "sort=access_key",
                "q=name%3D%5B"), query -> admin(Ask.get(API + "?" + query)), "400 BAD_REQUEST");
    }

    private static Ask ping(String json) {
        return admin(Ask.post(API + "/ping")).with("Content-Type: application/json").body(json);
    }

    private static Ask create(String json) {
        return admin(Ask.post(API)).with("Content-Type: application/json").body(json);
    }

    private static Ask admin(Ask ask) {
        return ask.with("Authorization: {admin}");
    }
}
