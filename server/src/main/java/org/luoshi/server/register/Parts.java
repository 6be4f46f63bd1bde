package org.luoshi.server.register;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A total cut into parts that add up to it exactly, by the method of the largest remainder (Hamilton): every part is
 * first rounded down, then one step each is added where most was cut off; among equals, the first in the list gains.
 *
 * @param values the parts, in the order of the weights
 * @param step the smallest step, 1 for whole things, 0.1 for one decimal
 * @param topped how many parts were given one step more than their rounded share
 */
public record Parts(List<BigDecimal> values, BigDecimal step, int topped) {

    /**
     * Cuts in equal parts.
     *
     * @throws IllegalArgumentException where there are no parts, or the total has more decimals than {@code digits}
     */
    public static Parts equal(BigDecimal total, int digits, int parts) {
        return byWeights(total, digits, Collections.nCopies(parts, BigDecimal.ONE));
    }

    /**
     * Cuts in proportion to weights.
     *
     * @throws IllegalArgumentException where no weight is above zero, one is below, or the total has more decimals
     *     than {@code digits}
     */
    public static Parts byWeights(BigDecimal total, int digits, List<BigDecimal> weights) {
        BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.signum() <= 0 || weights.stream().anyMatch(weight -> weight.signum() < 0)) {
            throw new IllegalArgumentException("Weights must be at least 0 and one above it, not " + weights);
        }
        if (total.signum() < 0 || total.stripTrailingZeros().scale() > digits) {
            throw new IllegalArgumentException(
                    "A total of " + total.toPlainString() + " cannot be cut into parts with " + digits + " decimals");
        }
        BigInteger steps = total.movePointRight(digits).toBigIntegerExact();
        int scale = weights.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        BigInteger whole = sum.movePointRight(scale).toBigIntegerExact();
        List<BigInteger> floors = new ArrayList<>();
        List<BigInteger> cut = new ArrayList<>();
        BigInteger given = BigInteger.ZERO;
        for (BigDecimal weight : weights) {
            BigInteger[] share = steps.multiply(weight.movePointRight(scale).toBigIntegerExact())
                    .divideAndRemainder(whole);
            floors.add(share[0]);
            cut.add(share[1]);
            given = given.add(share[0]);
        }
        int left = steps.subtract(given).intValueExact();
        IntStream.range(0, weights.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> cut.get(i), Comparator.reverseOrder()))
                .limit(left)
                .forEach(i -> floors.set(i, floors.get(i).add(BigInteger.ONE)));
        return new Parts(
                floors.stream().map(part -> new BigDecimal(part, digits)).toList(),
                BigDecimal.ONE.movePointLeft(digits),
                left);
    }
}
