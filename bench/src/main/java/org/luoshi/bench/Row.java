package org.luoshi.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * One figure that was measured.
 *
 * @param name benchmark and what was measured, such as {@code register-page.sorted}
 * @param unit {@code MB/s}, {@code ms}, {@code MiB} …
 * @param comparedWith what a user would take instead, empty where nothing is
 * @param comparedValue that one's figure in the same run and unit
 * @param ratio value divided by compared value
 * @param bar what the figure must be, as a sentence
 */
record Row(
        String name,
        BigDecimal value,
        String unit,
        String comparedWith,
        @Nullable BigDecimal comparedValue,
        @Nullable BigDecimal ratio,
        String bar,
        boolean met) {

    /** A figure with three significant digits and the bar it is held to. */
    static Row of(String name, double value, String unit, Bar bar) {
        return new Row(name, round(value), unit, "", null, null, bar.words(null), bar.holds(value, null));
    }

    static Row compared(String name, double value, String unit, String with, double other, Bar bar) {
        double ratio = value / other;
        return new Row(
                name, round(value), unit, with, round(other), round(ratio), bar.words(with), bar.holds(value, ratio));
    }

    private static BigDecimal round(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("Not a figure: " + value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
