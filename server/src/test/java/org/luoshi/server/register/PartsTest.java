package org.luoshi.server.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static List<BigDecimal> numbers(String... texts) {
        return Stream.of(texts).map(BigDecimal::new).toList();
    }

    @Test
    void cutsEvenlyWhereItCan() {
        Parts parts = Parts.equal(new BigDecimal("60"), 0, 3);
        assertThat(parts.values()).isEqualTo(numbers("20", "20", "20"));
        assertThat(parts.topped()).isZero();
    }

    @Test
    void givesTheRemainderOfAnEqualSplitToTheFirstUnitsOneStepEach() {
        Parts parts = Parts.equal(new BigDecimal("100"), 0, 3);
        assertThat(parts.values()).isEqualTo(numbers("34", "33", "33"));
        assertThat(parts.topped()).isEqualTo(1);
        assertThat(Parts.equal(new BigDecimal("1"), 2, 3).values()).isEqualTo(numbers("0.34", "0.33", "0.33"));
    }

    @Test
    void givesTheRemainderToThoseThatLostMost() {
        // Shares of 10: 5.3, 3.5, 1.2 are cut to 5, 3, 1; the one that is left goes to the second.
        assertThat(Parts.byWeights(new BigDecimal("10"), 0, numbers("53", "35", "12"))
                        .values())
                .isEqualTo(numbers("5", "4", "1"));
    }

    @Test
    void aUnitWithoutWeightGetsNothing() {
        assertThat(Parts.byWeights(new BigDecimal("7"), 0, numbers("0", "2.5", "1"))
                        .values())
                .isEqualTo(numbers("0", "5", "2"));
    }

    @Test
    void refusesATotalThatIsFinerThanTheParts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parts.equal(new BigDecimal("10.5"), 0, 3))
                .withMessageContaining("10.5");
        assertThat(Parts.equal(new BigDecimal("10.50"), 1, 2).values()).isEqualTo(numbers("5.3", "5.2"));
    }

    @Test
    void refusesWeightsThatSayNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Parts.byWeights(BigDecimal.TEN, 0, numbers("0", "0")));
        assertThatIllegalArgumentException().isThrownBy(() -> Parts.byWeights(BigDecimal.TEN, 0, numbers("3", "-1")));
    }

    /** Whatever is cut: the parts make the total exactly, and none is a step or more away from its true share. */
    @Test
    void alwaysAddsUpAndNeverStraysAStep() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            int digits = random.nextInt(4);
            BigDecimal total = BigDecimal.valueOf(random.nextInt(1_000_000), digits);
            List<BigDecimal> weights = new ArrayList<>(List.of(BigDecimal.ONE));
            for (int i = random.nextInt(40); i > 0; i--) {
                weights.add(BigDecimal.valueOf(random.nextInt(5_000), random.nextInt(3)));
            }
            Parts parts = Parts.byWeights(total, digits, weights);
            assertThat(parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(total);
            double sum = weights.stream().mapToDouble(BigDecimal::doubleValue).sum();
            for (int i = 0; i < weights.size(); i++) {
                double share = total.doubleValue() * weights.get(i).doubleValue() / sum;
                assertThat(Math.abs(parts.values().get(i).doubleValue() - share))
                        .isLessThan(parts.step().doubleValue() * 1.000001);
            }
        }
    }
}
