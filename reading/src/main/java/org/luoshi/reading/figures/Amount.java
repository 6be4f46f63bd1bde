package org.luoshi.reading.figures;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;

/**
 * A number with its unit and the words that bound it, as it stands in the text; whether it is a figure is not decided
 * here. All offsets are offsets of the text.
 *
 * @param start where the words that bound it on the left begin, {@code numberStart} where there are none
 * @param end behind the words that bound it on the right
 * @param value null when masked
 * @param value2 upper end of a range
 * @param unit null where there is none
 * @param range a range, also one whose ends are masked
 */
record Amount(
        int start,
        int numberStart,
        int numberEnd,
        int unitStart,
        int unitEnd,
        int end,
        Form form,
        @Nullable BigDecimal value,
        @Nullable BigDecimal value2,
        @Nullable String unit,
        Sort sort,
        Rank rank,
        Left left,
        Right right,
        boolean range) {

    /** What the unit says about the amount; the order is that of the groups of the unit list. */
    enum Sort {
        COUNT,
        MEASURE,
        MONEY,
        TIME,
        PERCENT,
        POINTS,
        TIMES,
        PLACE,
        SCORE,
        BARE
    }

    /** How the number is written. */
    enum Form {
        DIGITS,
        MASK,
        CHINESE,
        FRACTION
    }

    /** The word that makes a rank of it: 第 or 前. */
    enum Rank {
        NONE,
        ORDINAL,
        FRONT
    }

    /** The bound said left of the number; the order is that of the groups of the word list. */
    enum Left {
        AT_LEAST,
        AT_MOST,
        BELOW,
        ABOUT,
        REACH,
        WITHIN,
        NONE
    }

    /** The bound said right of the number or unit; the order is that of the groups of the word list. */
    enum Right {
        AT_LEAST,
        AT_MOST,
        ABOUT,
        MORE,
        NONE
    }

    /** Written with a minus: a growth of -3%. */
    boolean isNegative() {
        return value != null && value.signum() < 0;
    }

    boolean masked() {
        return form == Form.MASK;
    }

    /**
     * The relation that the words around the number state.
     *
     * @param goal still to be reached, which makes a lower bound of 达到
     * @param sharedLeft the bound that opens a list of numbers and holds for all its members
     * @param shared the bound that closes a list of numbers and holds for all its members
     */
    Figure.Op op(boolean goal, Left sharedLeft, Right shared) {
        if (range) {
            return Figure.Op.RANGE;
        }
        if (rank != Rank.NONE) {
            return rank == Rank.FRONT ? Figure.Op.AT_MOST : Figure.Op.EQUAL;
        }
        Right bound = right == Right.NONE ? shared : right;
        Left bounded = left == Left.NONE ? sharedLeft : left;
        return switch (bounded) {
            case BELOW -> Figure.Op.BELOW;
            case AT_LEAST -> Figure.Op.AT_LEAST;
            case AT_MOST -> Figure.Op.AT_MOST;
            case WITHIN -> bound == Right.ABOUT ? Figure.Op.EQUAL : Figure.Op.AT_MOST;
            case ABOUT, REACH, NONE ->
                switch (bound) {
                    case AT_LEAST -> Figure.Op.AT_LEAST;
                    case AT_MOST -> Figure.Op.AT_MOST;
                    case ABOUT -> Figure.Op.EQUAL;
                    case MORE -> Figure.Op.ABOVE;
                    case NONE -> bounded == Left.REACH && goal ? Figure.Op.AT_LEAST : Figure.Op.EQUAL;
                };
        };
    }
}
