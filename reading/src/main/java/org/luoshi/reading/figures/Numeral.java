package org.luoshi.reading.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads one number at a position: digits of either width with separators, masks, Chinese numerals, fractions. A cursor
 * that is used again for the next number; its fields hold what {@link #read} found last.
 */
final class Numeral {
    private static final int MAX_DIGITS = 18;

    /** What a character may begin. */
    enum Begin {
        NOTHING,
        DIGIT,
        MASK,
        CHINESE,
        MULTIPLIER
    }

    private static final Begin[] BEGINS = new Begin[1 << 16];
    private static final byte[] DIGITS = new byte[1 << 16];

    static {
        java.util.Arrays.fill(BEGINS, Begin.NOTHING);
        java.util.Arrays.fill(DIGITS, (byte) -1);
        for (int i = 0; i < 10; i++) {
            BEGINS['0' + i] = Begin.DIGIT;
            BEGINS['０' + i] = Begin.DIGIT;
            DIGITS['0' + i] = (byte) i;
            DIGITS['０' + i] = (byte) i;
        }
        for (char c : "*＊xXｘＸ×✕".toCharArray()) {
            BEGINS[c] = Begin.MASK;
        }
        String chinese = "零一二三四五六七八九";
        for (int i = 0; i < 10; i++) {
            BEGINS[chinese.charAt(i)] = Begin.CHINESE;
        }
        BEGINS['两'] = Begin.CHINESE;
        BEGINS['〇'] = Begin.CHINESE;
        BEGINS['十'] = Begin.CHINESE;
        for (char c : "百千万亿".toCharArray()) {
            BEGINS[c] = Begin.MULTIPLIER;
        }
    }

    int end;
    Amount.Form form = Amount.Form.DIGITS;

    @Nullable
    BigDecimal value;
    /** The number is a share of a hundred or a thousand by its own words; the unit is then % or ‰. */
    @Nullable
    String ownUnit;
    /** A multiplier without a number before it, as in 近万人. */
    boolean bare;

    private final StringBuilder digits = new StringBuilder();

    static Begin begins(char c) {
        return BEGINS[c];
    }

    static boolean isDigit(char c) {
        return DIGITS[c] >= 0;
    }

    /** Reads the number that starts at {@code at}; false where there is none or one that means no amount. */
    boolean read(String text, int at, int to) {
        ownUnit = null;
        bare = false;
        value = null;
        return switch (BEGINS[text.charAt(at)]) {
            case NOTHING -> fail(at);
            case DIGIT, MASK -> written(text, at, to);
            case CHINESE -> chinese(text, at, to) && fraction(text, to);
            case MULTIPLIER -> bareMultiplier(text, at, to);
        };
    }

    private boolean fail(int at) {
        end = at + 1;
        return false;
    }

    private boolean written(String text, int at, int to) {
        digits.setLength(0);
        boolean masked = false;
        int i = at;
        while (i < to) {
            char c = text.charAt(i);
            if (DIGITS[c] >= 0) {
                digits.append((char) ('0' + DIGITS[c]));
            } else if (BEGINS[c] == Begin.MASK) {
                masked = true;
            } else if (isPoint(c) && i + 1 < to && continues(text.charAt(i + 1)) && digits.indexOf(".") < 0) {
                digits.append('.');
            } else if (!isSeparator(text, at, i, to)) {
                break;
            }
            i++;
        }
        end = i;
        if (masked) {
            form = Amount.Form.MASK;
            return true;
        }
        form = Amount.Form.DIGITS;
        if (digits.length() > MAX_DIGITS) {
            return false;
        }
        value = new BigDecimal(digits.toString());
        if (i + 1 < to && (text.charAt(i) == '/' || text.charAt(i) == '／') && DIGITS[text.charAt(i + 1)] >= 0) {
            return quotient(text, i + 1, to);
        }
        return true;
    }

    private boolean quotient(String text, int at, int to) {
        int divisor = 0;
        int i = at;
        while (i < to && DIGITS[text.charAt(i)] >= 0 && divisor < 10_000) {
            divisor = divisor * 10 + DIGITS[text.charAt(i++)];
        }
        end = i;
        if (divisor < 2 || value == null || value.compareTo(BigDecimal.valueOf(divisor)) >= 0) {
            return false;
        }
        share(value, BigDecimal.valueOf(divisor));
        return true;
    }

    private void share(BigDecimal part, BigDecimal whole) {
        form = Amount.Form.FRACTION;
        value = part.multiply(BigDecimal.valueOf(100))
                .divide(whole, MathContext.DECIMAL32)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        if (value.scale() < 0) {
            value = value.setScale(0);
        }
        ownUnit = "%";
    }

    private static boolean isPoint(char c) {
        return c == '.' || c == '．';
    }

    private static boolean continues(char c) {
        return DIGITS[c] >= 0 || BEGINS[c] == Begin.MASK;
    }

    /** A comma between groups of three digits: 12,500. */
    private static boolean isSeparator(String text, int start, int at, int to) {
        char c = text.charAt(at);
        if (c != ',' || at + 3 >= to || at - start > 3 + 4 * 4) {
            return false;
        }
        for (int i = at + 1; i <= at + 3; i++) {
            if (DIGITS[text.charAt(i)] < 0) {
                return false;
            }
        }
        if (at + 4 < to && DIGITS[text.charAt(at + 4)] >= 0) {
            return false;
        }
        int before = 0;
        for (int i = at - 1; i >= start && DIGITS[text.charAt(i)] >= 0; i--) {
            before++;
        }
        return before >= 1 && before <= 3;
    }

    /** A whole number in Chinese numerals, without 分之 and 点. */
    private boolean chinese(String text, int at, int to) {
        form = Amount.Form.CHINESE;
        long total = 0;
        long digit = -1;
        int run = 0;
        boolean zero = false;
        int i = at;
        while (i < to) {
            char c = text.charAt(i);
            int d = chineseDigit(c);
            if (d >= 0) {
                if (digit >= 0 && !zero) {
                    run++;
                }
                digit = d;
                zero = d == 0;
            } else {
                long unit = c == '十' ? 10 : c == '百' ? 100 : c == '千' ? 1000 : 0;
                if (unit == 0 || (digit < 0 && unit > 10 && total > 0) || (digit < 0 && total > 0)) {
                    break;
                }
                total += (digit < 0 ? 1 : digit) * unit;
                digit = -1;
            }
            i++;
        }
        end = i;
        if (run > 0) {
            // 二三, 五六, 二〇二五: an ellipsis, an estimate or a year
            return false;
        }
        value = BigDecimal.valueOf(total + Math.max(0, digit));
        return true;
    }

    private boolean fraction(String text, int to) {
        int i = end;
        if (i + 2 < to && text.charAt(i) == '分' && text.charAt(i + 1) == '之') {
            BigDecimal whole = value;
            int at = i + 2;
            if (whole == null || BEGINS[text.charAt(at)] != Begin.CHINESE || !chinese(text, at, to)) {
                return false;
            }
            decimals(text, to);
            long by = whole.longValue();
            if (by == 100 || by == 1000) {
                ownUnit = by == 100 ? "%" : "‰";
            } else if (by > 1 && value != null) {
                share(value, whole);
            } else {
                return false;
            }
        } else {
            decimals(text, to);
        }
        return true;
    }

    private void decimals(String text, int to) {
        if (end + 1 < to && text.charAt(end) == '点' && value != null && chineseDigit(text.charAt(end + 1)) >= 0) {
            digits.setLength(0);
            digits.append(value.toPlainString()).append('.');
            int i = end + 1;
            while (i < to && digits.length() < MAX_DIGITS && chineseDigit(text.charAt(i)) >= 0) {
                digits.append((char) ('0' + chineseDigit(text.charAt(i++))));
            }
            end = i;
            value = new BigDecimal(digits.toString());
        }
    }

    private boolean bareMultiplier(String text, int at, int to) {
        form = Amount.Form.CHINESE;
        char c = text.charAt(at);
        end = at + 1;
        if ((c == '百' || c == '千') && at + 3 < to && text.startsWith("分之", at + 1)) {
            value = BigDecimal.valueOf(c == '百' ? 100 : 1000);
            return fraction(text, to);
        }
        bare = true;
        value = BigDecimal.valueOf(c == '百' ? 100 : c == '千' ? 1000 : c == '万' ? 10_000 : 100_000_000);
        return true;
    }

    private static int chineseDigit(char c) {
        return switch (c) {
            case '零', '〇' -> 0;
            case '一' -> 1;
            case '二', '两' -> 2;
            case '三' -> 3;
            case '四' -> 4;
            case '五' -> 5;
            case '六' -> 6;
            case '七' -> 7;
            case '八' -> 8;
            case '九' -> 9;
            default -> -1;
        };
    }
}
