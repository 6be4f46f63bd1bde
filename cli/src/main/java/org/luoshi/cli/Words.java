package org.luoshi.cli;

import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the command line in Chinese or English. */
final class Words {
    private final ResourceBundle bundle;
    private final Locale locale;

    private Words(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                "org.luoshi.cli.words",
                locale,
                Words.class.getModule().isNamed() ? ClassLoader.getSystemClassLoader() : Words.class.getClassLoader());
    }

    /** @param language {@code en} for English; anything else is Chinese */
    static Words of(String language) {
        return new Words(language.equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE);
    }

    Locale locale() {
        return locale;
    }

    ResourceBundle bundle() {
        return bundle;
    }

    /** The sentence of a key with {@code {0}}, {@code {1}} … filled in. */
    String say(String key, Object... values) {
        String sentence = bundle.getString(key);
        for (int i = 0; i < values.length; i++) {
            sentence = sentence.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return sentence;
    }
}
