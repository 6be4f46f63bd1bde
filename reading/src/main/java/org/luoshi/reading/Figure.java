package org.luoshi.reading;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A figure that states or commits to a measurable fact.
 *
 * @param span the shortest run that holds the indicator and the number
 * @param number the digits, mask or numeral alone
 * @param segment index of the segment that it lies in
 * @param indicator the thing measured, in the report's words
 * @param value in the report's own unit (20 for 20亿美元); null when masked
 * @param value2 upper end of a range, else null
 * @param unit as the report writes it, null where there is none (ranks)
 * @param masked the digits are hidden by {@code *} or {@code x}
 * @param time the words of time in force, null where there are none
 * @param due last day of that time by the strict rule, null where the report does not tell
 * @param stretch a goal beyond the floor (力争 after 确保)
 * @param confidence calibrated probability that the figure is right in kind, op, basis and value, 0..1
 */
public record Figure(
        Span span,
        Span number,
        int segment,
        Kind kind,
        String indicator,
        Op op,
        @Nullable BigDecimal value,
        @Nullable BigDecimal value2,
        @Nullable String unit,
        Basis basis,
        boolean masked,
        @Nullable String time,
        @Nullable LocalDate due,
        boolean stretch,
        double confidence,
        Evidence evidence) {

    /** Still to be reached, or stated as reached. */
    public enum Kind {
        TARGET,
        ACHIEVED
    }

    /** How the value bounds the fact. */
    public enum Op {
        AT_LEAST(">="),
        AT_MOST("<="),
        EQUAL("="),
        BELOW("<"),
        ABOVE(">"),
        RANGE("range");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        /** The sign of the labelled form: {@code >=}, {@code <=}, {@code =}, {@code <}, {@code >} or {@code range}. */
        public String sign() {
            return sign;
        }
    }

    /** What the value measures of its indicator. */
    public enum Basis {
        LEVEL,
        GROWTH,
        RANK,
        SHARE,
        CHANGE
    }
}
