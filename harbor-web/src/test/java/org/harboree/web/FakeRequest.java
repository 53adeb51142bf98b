// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request of which only the first line and the headers can be asked. */
public final class FakeRequest {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private FakeRequest(String method, String target) {
        int mark = target.indexOf('?');
        this.method = method.toUpperCase(Locale.ROOT);
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? null : target.substring(mark + 1);
    }

    public static FakeRequest of(String method, String target) {
        return new FakeRequest(method, target);
    }

    public FakeRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public HttpServletRequest build() {
        return (HttpServletRequest) Proxy.newProxyInstance(HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class}, (proxy, asked, arguments) -> switch (asked.getName()) {
                    case "getMethod" -> method;
                    case "getRequestURI" -> path;
                    case "getQueryString" -> query;
                    case "getHeader" -> headers.get((String) arguments[0]);
                    default -> throw new UnsupportedOperationException(asked.toString());
                });
    }
}
