// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.harboree.it.Product;

/**
 * A visitor of the console with a browser of their own. Closing it fails the test if the browser complained: an error
 * of a script, a breach of the content security policy, a request to another host.
 */
final class Console implements AutoCloseable {
    /** What users of tests have as password. */
    static final String PASSWORD = "Console-1234";

    private static final Product PRODUCT = Product.running();

    private final URI server;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Console(URI server, String language) {
        this.server = server;
        context = Chromium.running().newContext(new Browser.NewContextOptions()
                .setBaseURL(server.toString()).setLocale(language).setViewportSize(1440, 900)
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(15_000);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(server + "/") && !request.url().startsWith("data:")) {
                complaints.add("request to " + request.url());
            }
        });
        page.onResponse(response -> {
            if (response.status() >= 400 && !response.request().isNavigationRequest()) {
                complaints.add(response.status() + " for " + response.url());
            }
        });
    }

    /** Somebody who has not signed in and reads English. */
    static Console anonymous() {
        return new Console(PRODUCT.url(), "en");
    }

    /** The same with a browser in another language. */
    static Console anonymous(String language) {
        return new Console(PRODUCT.url(), language);
    }

    /** A stranger at another server than the one that all tests share. @param server without a slash at the end */
    static Console at(URI server) {
        return new Console(server, "en");
    }

    static Console admin() {
        return as("admin", PRODUCT.adminPassword());
    }

    /** A user with {@link #PASSWORD}. */
    static Console as(String user) {
        return as(user, PASSWORD);
    }

    private static Console as(String user, String password) {
        Console console = new Console(PRODUCT.url(), "en");
        console.open("sign-in");
        console.signIn(user, password);
        assertThat(console.page.url()).doesNotContain("sign-in");
        return console;
    }

    /** Opens a page, as a link would. @param address below {@code /harbor/}. @return the status */
    int open(String address) {
        Response response = page.navigate("/harbor/" + address);
        return response.status();
    }

    /** Fills in the form of the sign-in page, and waits for the next page or what is wrong. */
    void signIn(String user, String password) {
        field("User name or e-mail").fill(user);
        field("Password").fill(password);
        page.locator("main").getByRole(AriaRole.BUTTON).click();
        page.waitForCondition(() -> !page.url().contains("/sign-in") || page.locator(".problem").count() > 0);
        page.waitForLoadState();
    }

    /** Takes back one complaint of the browser that the test has provoked. @param part of it */
    void forgive(String part) {
        assertThat(complaints.removeIf(complaint -> complaint.contains(part))).as(complaints.toString()).isTrue();
    }

    Page page() {
        return page;
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The filter of the page's table. */
    Locator filter() {
        return page.locator("main").getByRole(AriaRole.SEARCHBOX);
    }

    String heading() {
        return page.locator("h1").innerText();
    }

    /** What stands in the first cell of each row of the table. */
    List<String> rows() {
        return page.locator("table tbody tr td:first-child").allInnerTexts();
    }

    /** What the side menu offers. */
    List<String> menu() {
        return page.locator("#menu a").allInnerTexts().stream().map(String::strip).toList();
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }
}
