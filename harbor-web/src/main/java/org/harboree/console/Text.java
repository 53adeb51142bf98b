// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.util.ResourceBundle;

/** The console's words, in the visitor's language; {@code #{text}} in pages, where there is something to fill in. */
@Named
@RequestScoped
public class Text {
    private static final String BUNDLE = "org.harboree.console.messages";

    @Inject
    private Preferences preferences;

    /** The words of that key. */
    public String of(String key) {
        return bundle().getString(key);
    }

    /** The words of that key as a {@link MessageFormat}, with {@code {0}} filled in. */
    public String of(String key, Object value) {
        return format(key, value);
    }

    /** With {@code {0}} and {@code {1}} filled in. */
    public String of(String key, Object first, Object second) {
        return format(key, first, second);
    }

    /** With {@code {0}} to {@code {2}} filled in. */
    public String of(String key, Object first, Object second, Object third) {
        return format(key, first, second, third);
    }

    /** Whether there are words of that key. */
    boolean has(String key) {
        return bundle().containsKey(key);
    }

    private String format(String key, Object... values) {
        return new MessageFormat(bundle().getString(key), preferences.getLocale()).format(values);
    }

    /** English is the bundle without a language: it does not matter what the server speaks. */
    private ResourceBundle bundle() {
        return ResourceBundle.getBundle(BUNDLE, preferences.getLocale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
