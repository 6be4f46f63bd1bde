package org.luoshi.reading.figures;

import java.math.BigDecimal;
import org.luoshi.reading.figures.Amount.Form;
import org.luoshi.reading.figures.Amount.Left;
import org.luoshi.reading.figures.Amount.Rank;
import org.luoshi.reading.figures.Amount.Right;
import org.luoshi.reading.figures.Amount.Sort;

/** Amounts of words that are number and unit in one: 首位, 翻番, 清零, 零事故. */
final class FixedAmounts {
    private FixedAmounts() {}

    static Amount none(int at) {
        return new Amount(
                at,
                at,
                at + 1,
                at + 1,
                at + 1,
                at + 1,
                Form.CHINESE,
                BigDecimal.ZERO,
                null,
                null,
                Sort.BARE,
                Rank.NONE,
                Left.NONE,
                Right.NONE,
                false);
    }

    static Amount foremost(int at) {
        return new Amount(
                at,
                at,
                at + 1,
                at + 1,
                at + 2,
                at + 2,
                Form.CHINESE,
                BigDecimal.ONE,
                null,
                "位",
                Sort.PLACE,
                Rank.ORDINAL,
                Left.NONE,
                Right.NONE,
                false);
    }

    /** 翻番: the number is left unsaid. */
    static Amount doubled(int at) {
        return new Amount(
                at - 1,
                at - 1,
                at,
                at,
                at + 1,
                at + 1,
                Form.CHINESE,
                BigDecimal.ONE,
                null,
                "番",
                Sort.TIMES,
                Rank.NONE,
                Left.NONE,
                Right.NONE,
                false);
    }

    /** 清零 states nought. */
    static Amount cleared(int at) {
        return new Amount(
                at - 1,
                at,
                at + 1,
                at + 1,
                at + 1,
                at + 1,
                Form.CHINESE,
                BigDecimal.ZERO,
                null,
                null,
                Sort.BARE,
                Rank.NONE,
                Left.NONE,
                Right.NONE,
                false);
    }

    /** 实现清零 at the end of a clause is a result; 动态清零 and 清零行动 are names. */
    static boolean statesCleared(String text, int at, int from, int to) {
        int start = Features.clauseStart(text, from, at);
        boolean ends = at + 1 >= to || AmountScanner.isClosing(text.charAt(at + 1));
        return ends && at - start > 4;
    }

    /** 零事故, “零”发案: nought of something that is counted. */
    static boolean statesNone(String text, int at, int to) {
        int i = at + 1 < to && text.charAt(at + 1) == '”' ? at + 2 : at + 1;
        for (String word : NONE_OF) {
            if (text.startsWith(word, i) && i + word.length() <= to) {
                return true;
            }
        }
        return false;
    }

    private static final String[] NONE_OF = {"发生", "发案", "增长", "伤亡", "死亡", "事故", "超标", "自付", "复发", "上访", "感染"};

    /** 首位 is a rank behind the field that it leads: 居全国首位. */
    static boolean ranks(String text, int at, int from) {
        char before = at > from ? text.charAt(at - 1) : '\0';
        return "国省市区县界球部居列类州位".indexOf(before) >= 0;
    }
}
