package org.luoshi.server.burden;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether what was typed fits the kind of a field. */
final class AnswerChecks {
    static final int LONGEST = 2_000;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,6})?");
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2100, 12, 31);

    private AnswerChecks() {}

    /** @param fault key of the sentence that says what is wrong; null: nothing is */
    record Checked(String value, @Nullable String fault, List<String> arguments) {
        static Checked good(String value) {
            return new Checked(value, null, List.of());
        }

        static Checked bad(String value, String fault, String... arguments) {
            return new Checked(value, fault, List.of(arguments));
        }
    }

    static Checked check(Request.Kind kind, String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return Checked.good("");
        }
        return switch (kind) {
            case NUMBER -> number(text);
            case DATE -> date(text);
            case TEXT, FILE ->
                text.length() > LONGEST
                        ? Checked.bad(
                                text, "burden.fault.long", Integer.toString(text.length()), Integer.toString(LONGEST))
                        : Checked.good(text);
        };
    }

    private static Checked number(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[,\\s]", "");
        return NUMBER.matcher(plain).matches()
                ? Checked.good(new BigDecimal(plain).toPlainString())
                : Checked.bad(text, "burden.fault.number", text);
    }

    private static Checked date(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("[/.年月]", "-")
                .replace("日", "");
        try {
            String[] parts = plain.split("-", -1);
            LocalDate day = parts.length == 3
                    ? LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                    : LocalDate.parse(plain);
            return day.isBefore(FIRST) || day.isAfter(LAST)
                    ? Checked.bad(text, "burden.fault.date-far", text)
                    : Checked.good(day.toString());
        } catch (DateTimeException | NumberFormatException e) {
            return Checked.bad(text, "burden.fault.date", text);
        }
    }
}
