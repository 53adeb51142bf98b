// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Folds names so that those that look alike collide: {@code ADMIN} and {@code ádmin} are {@code admin}. */
final class NameKey {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private NameKey() {
    }

    static String of(String name) {
        String upper = Normalizer.normalize(name, Normalizer.Form.NFKD).toUpperCase(Locale.ROOT);
        String plain = MARKS.matcher(Normalizer.normalize(upper, Normalizer.Form.NFKD)).replaceAll("");
        return plain.toLowerCase(Locale.ROOT);
    }
}
