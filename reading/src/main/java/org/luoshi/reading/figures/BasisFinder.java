package org.luoshi.reading.figures;

import java.util.List;
import org.luoshi.reading.Figure.Basis;
import org.luoshi.reading.figures.Amount.Rank;
import org.luoshi.reading.figures.Amount.Sort;

/** What the value of an amount is of its indicator: its level, its growth, its share. */
final class BasisFinder {
    private final String text;
    private final int from;
    private final List<Amount> amounts;

    BasisFinder(String text, int from, List<Amount> amounts) {
        this.text = text;
        this.from = from;
        this.amounts = amounts;
    }

    Basis basis(Amount a, int leftFrom) {
        if (a.rank() != Rank.NONE) {
            return Basis.RANK;
        }
        int stop = a.start();
        boolean grows = grows(leftFrom, stop) != 0;
        return switch (a.sort()) {
            case POINTS -> Basis.CHANGE;
            case TIMES -> stop > leftFrom && text.charAt(stop - 1) == '的' ? Basis.LEVEL : Basis.GROWTH;
            case PERCENT ->
                grows
                                || a.isNegative()
                                || priceIndex(leftFrom, stop)
                                || text.startsWith("增长", a.end())
                                || text.startsWith("的增", a.end())
                        ? Basis.GROWTH
                        : Basis.SHARE;
            case BARE -> shares(leftFrom, stop) ? Basis.SHARE : Basis.LEVEL;
            case PLACE -> place(a, leftFrom, stop, grows);
            default -> Basis.LEVEL;
        };
    }

    /** 三次产业结构为4.0∶37.7∶58.3 states shares without their unit. */
    boolean shares(int leftFrom, int stop) {
        int start = Math.max(from, Math.min(leftFrom, stop - 24));
        String left = text.substring(start, stop);
        return left.contains("产业结构") || left.contains("产业比");
    }

    /** Which of the three sectors a share is of, by its place between colons. */
    String sector(int k) {
        int place = 0;
        while (place < 2
                && k - place > 0
                && amounts.get(k - place - 1).sort() == Sort.BARE
                && amounts.get(k - place).start() - amounts.get(k - place - 1).end() <= 1) {
            place++;
        }
        return SECTORS[place];
    }

    private static final String[] SECTORS = {"第一产业比重", "第二产业比重", "第三产业比重"};

    /** The price index is stated as its growth. */
    private boolean priceIndex(int leftFrom, int stop) {
        String left = text.substring(leftFrom, stop);
        return left.contains("消费价格") || left.contains("CPI");
    }

    /** 前进5位 is a change, 由第9位…前移至5位 ranks, 两位院士 a number of people. */
    private Basis place(Amount a, int leftFrom, int stop, boolean grows) {
        String left = text.substring(leftFrom, stop);
        if ("强".equals(a.unit())
                || (left.endsWith("至") || left.endsWith("到")) && (left.contains("排") || left.contains("位"))
                || (left.endsWith("由") || left.endsWith("从")) && left.contains("排")) {
            return Basis.RANK;
        }
        boolean moves = left.endsWith("前进")
                || left.endsWith("前移")
                || left.endsWith("后退")
                || left.endsWith("晋升")
                || left.endsWith("跃升")
                || left.endsWith("攀升")
                || left.endsWith("上升")
                || left.endsWith("进");
        return grows || moves ? Basis.CHANGE : Basis.LEVEL;
    }

    boolean fallsAt(Amount a, int leftFrom) {
        return grows(leftFrom, a.start()) < 0;
    }

    /** 1 where the words before a number make a growth of it, -1 a fall, 0 neither. */
    private int grows(int leftFrom, int stop) {
        int at = stop;
        for (String each : EACH) {
            if (at - each.length() >= leftFrom && text.startsWith(each, at - each.length())) {
                at -= each.length();
                break;
            }
        }
        while (at > leftFrom && isFiller(text.charAt(at - 1))) {
            at--;
        }
        long match = IndicatorWords.GROWTH.match(text, at, leftFrom);
        if (match != 0) {
            return Trie.number(match) == 0 ? 1 : -1;
        }
        if (at >= leftFrom + 2 && text.startsWith("改善", at - 2)) {
            for (String word : IndicatorWords.words("betterDown")) {
                if (text.substring(leftFrom, at).contains(word)) {
                    return -1;
                }
            }
            return 1;
        }
        int lead = leftFrom;
        while (lead < at && (text.charAt(lead) == '、' || text.charAt(lead) == ' ')) {
            lead++;
        }
        if (at - lead >= 2
                && (text.startsWith("压减", lead) || text.startsWith("削减", lead) || text.startsWith("压缩", lead))) {
            return -1;
        }
        return 0;
    }

    private static final String[] EACH = {"分别达到", "分别达", "分别为", "分别", "保持在", "达到"};

    private static boolean isFiller(char c) {
        return c == '均' || c == '都' || c == '约' || c == '了' || c == ' ' || c == '各' || c == '近' || c == '超' || c == '为'
                || c == '达';
    }
}
