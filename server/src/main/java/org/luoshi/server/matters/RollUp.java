package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a whole from its parts: their weighted mean. A part that is unknown adds nothing to the whole, which
 * therefore never claims more than its parts have shown; how many are unknown is told with it.
 *
 * @param percent at least so much, in per cent, rounded down to two digits; null where nothing is known
 * @param known how many parts are known
 * @param parts how many there are
 */
public record RollUp(@Nullable BigDecimal percent, int known, int parts) {

    public record Part(BigDecimal weight, @Nullable BigDecimal percent) {}

    static RollUp of(List<Part> parts) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal done = BigDecimal.ZERO;
        int known = 0;
        for (Part part : parts) {
            sum = sum.add(part.weight());
            BigDecimal percent = part.percent();
            if (percent != null) {
                known++;
                done = done.add(part.weight().multiply(percent));
            }
        }
        return new RollUp(known == 0 ? null : done.divide(sum, 2, RoundingMode.DOWN), known, parts.size());
    }
}
