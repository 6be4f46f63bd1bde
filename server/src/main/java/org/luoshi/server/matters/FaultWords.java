package org.luoshi.server.matters;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.matters.types.Named;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.web.Words;

/** Faults as sentences in the language of the reader. */
public final class FaultWords {
    private FaultWords() {}

    public static String say(Words words, Fault fault) {
        Object[] arguments = fault.arguments().stream()
                .map(argument -> word(words, argument))
                .toArray();
        return words.t(fault.key(), arguments);
    }

    private static @Nullable Object word(Words words, @Nullable Object argument) {
        if (argument == null) {
            return null;
        }
        return switch (argument) {
            case Named named -> named.in(words.language());
            case Who who -> words.t("matters.who." + who.key());
            case Collection<?> several ->
                several.stream()
                        .map(one -> String.valueOf(word(words, one)))
                        .collect(Collectors.joining(words.t("matters.and")));
            case Long number -> Long.toString(number);
            default -> argument;
        };
    }
}
