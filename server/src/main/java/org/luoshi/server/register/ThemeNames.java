package org.luoshi.server.register;

import org.luoshi.server.web.Words;

/** Names of the themes' keys. */
final class ThemeNames {
    private ThemeNames() {}

    static String name(String key, Words words) {
        if (key.isEmpty()) {
            return words.t("register.theme.none");
        }
        String message = "theme." + key.replace('/', '.');
        return words.has(message) ? words.t(message) : key;
    }
}
