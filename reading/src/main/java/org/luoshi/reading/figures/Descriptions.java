package org.luoshi.reading.figures;

import org.luoshi.reading.figures.Amount.Left;
import org.luoshi.reading.figures.Amount.Rank;
import org.luoshi.reading.figures.Amount.Right;
import org.luoshi.reading.figures.Amount.Sort;

/** Amounts that state nothing by themselves: they say which things are meant or counted. */
final class Descriptions {
    private Descriptions() {}

    /** 50亿元以上项目3个, 3岁以下婴幼儿托位数4个: the first amount says which things the second counts. */
    static boolean describes(String text, Amount a, Amount b) {
        boolean named = a.end() < text.length() && text.charAt(a.end()) == '的';
        boolean bounded = named && a.left() == Left.AT_LEAST
                || a.right() == Right.AT_LEAST
                || a.right() == Right.AT_MOST
                || a.left() == Left.AT_LEAST && a.sort() == Sort.MONEY;
        int gap = b.start() - a.end();
        if (!bounded || gap < 1 || gap > 40 || b.rank() != Rank.NONE) {
            return false;
        }
        if ("占增同较比居达、，和及与（并其".indexOf(text.charAt(a.end())) >= 0) {
            return false;
        }
        for (int i = a.end(); i < b.start(); i++) {
            char c = text.charAt(i);
            if (Features.isClauseEnd(c) || c == '、') {
                return false;
            }
        }
        return true;
    }

    /** 6家企业营业收入超百亿元: the second amount says which ones the first counts. */
    static boolean sizes(String text, Amount a, Amount b, int to) {
        int gap = b.start() - a.end();
        if (a.sort() != Sort.COUNT
                || b.sort() != Sort.MONEY
                || b.left() != Left.AT_LEAST
                || gap < 3
                || gap > 18
                || b.end() < to && !AmountScanner.isClosing(text.charAt(b.end()))) {
            return false;
        }
        for (int i = a.end(); i < b.start(); i++) {
            char c = text.charAt(i);
            if (Features.isClauseEnd(c) || "、资额值总".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** 5亿元以上项目全部开工, 投资5亿元以上的企业: an amount that only says which ones are meant. */
    static boolean classes(String text, Amount a, int to) {
        if (a.sort() != Sort.MONEY || a.right() != Right.AT_LEAST && a.right() != Right.AT_MOST) {
            return false;
        }
        int limit = Math.min(to, a.end() + CLASS_REACH);
        for (String noun : CLASSES) {
            int at = text.indexOf(noun, a.end(), limit);
            if (at >= 0 && isHanRun(text, a.end(), at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHanRun(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!AmountScanner.isHan(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static final String[] CLASSES = {"项目", "企业", "产业", "集群", "工程", "园区", "主体", "单位"};

    private static final int CLASS_REACH = 10;
}
