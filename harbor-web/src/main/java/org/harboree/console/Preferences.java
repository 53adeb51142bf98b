// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How the visitor likes the console, as cookies of the browser say; {@code #{preferences}} in pages. */
@Named
@RequestScoped
public class Preferences {
    /** The languages with a bundle, the first for who speaks none of them. */
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.CHINESE);

    private static final String LANGUAGE_COOKIE = "harbor-language";
    private static final String THEME_COOKIE = "harbor-theme";
    private static final String TOOL_COOKIE = "harbor-tool";
    private static final Set<String> THEMES = Set.of("light", "dark");

    @Inject
    private HttpServletRequest request;

    /** The language chosen, else the first that the browser asks for and we speak, else English. */
    public Locale getLocale() {
        return cookie(LANGUAGE_COOKIE).map(Locale::forLanguageTag).flatMap(Preferences::spoken)
                .or(() -> Collections.list(request.getLocales()).stream()
                        .flatMap(wanted -> spoken(wanted).stream()).findFirst())
                .orElse(LANGUAGES.get(0));
    }

    public List<Locale> getLanguages() {
        return LANGUAGES;
    }

    /** {@code light} or {@code dark}; null at the first visit, when the browser's own preference holds. */
    public String getTheme() {
        return cookie(THEME_COOKIE).filter(THEMES::contains).orElse(null);
    }

    /** The tool that was chosen last to pull with; empty at the first visit. */
    public String getTool() {
        return cookie(TOOL_COOKIE).orElse("");
    }

    private static Optional<Locale> spoken(Locale wanted) {
        return LANGUAGES.stream().filter(known -> known.getLanguage().equals(wanted.getLanguage())).findFirst();
    }

    private Optional<String> cookie(String name) {
        return Optional.ofNullable(request.getCookies()).stream().flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(name)).map(Cookie::getValue).findFirst();
    }
}
