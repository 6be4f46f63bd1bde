package org.luoshi.reading.figures;

/** Cuts from the words beside a number what measures nothing: examples, deadlines, progress, places. */
final class Trimming {
    private Trimming() {}

    /** 新增甲公司、乙公司等转化企业 counts 转化企业; the names before 等 are examples. */
    static String withoutExamples(String left) {
        int at = left.lastIndexOf('等');
        if (at < 4
                || at + 3 > left.length()
                || left.charAt(at + 1) == '级'
                || "中高平同优初头均".indexOf(left.charAt(at - 1)) >= 0) {
            return left;
        }
        int depth = 0;
        for (int i = 0; i < at; i++) {
            char c = left.charAt(i);
            depth += c == '（' || c == '“' || c == '《' ? 1 : c == '）' || c == '”' || c == '》' ? -1 : 0;
        }
        int verb = Trie.length(IndicatorWords.KEEP.match(left, 0, left.length()));
        boolean named = false;
        for (String end : NAMED) {
            named |= left.endsWith(end);
        }
        return depth != 0 || verb >= at || !named ? left : left.substring(0, verb) + left.substring(at + 1);
    }

    /** 从2030年的75岁提升至2031年的76岁: what follows the first number leads to the second. */
    static boolean leadsOn(String right) {
        for (String verb : TOWARDS) {
            if (right.startsWith(verb)) {
                return true;
            }
        }
        return false;
    }

    private static final String[] TOWARDS = {
        "提升至", "提升到", "提高至", "提高到", "增长至", "增长到", "增加至", "增加到", "增至", "上升至", "上升到", "下降至", "下降到", "降低至", "降低到", "降至",
        "降到", "缩小至", "缩小到", "扩大至", "扩大到"
    };

    private static final String[] NAMED = {"项目", "区", "学校", "基地", "高校", "水库", "展览", "赛事", "医院"};

    /** 欠款11月底前清偿80% measures 欠款清偿. */
    static String withoutDeadline(String words) {
        for (int at = words.indexOf('月'); at > 0; at = words.indexOf('月', at + 1)) {
            int start = at;
            while (start > 0 && Numeral.isDigit(words.charAt(start - 1))) {
                start--;
            }
            int end = at + 1;
            while (end < words.length() && end < at + 4 && "底末份中上下旬日前".indexOf(words.charAt(end)) >= 0) {
                end++;
            }
            if (start < at && end > at + 1 && start > 1) {
                return words.substring(0, start) + words.substring(end);
            }
        }
        return words;
    }

    /** 31个水电站加快建设 counts 水电站. */
    static String withoutProgress(String right) {
        int end = right.length();
        for (String word : IndicatorWords.words("progress")) {
            int at = right.indexOf(word);
            if (at >= 2 && at < end) {
                end = at;
            }
        }
        int mark = right.indexOf('、');
        if (mark >= 5
                && mark < end
                && (right.indexOf('、', mark + 1) > 0 || end - mark > 14)
                && right.indexOf('“') != 0) {
            end = mark;
        }
        return right.substring(0, end);
    }

    /** Words between two numbers of one clause belong to both; the first has its noun alone: 103个项目完成投资…亿元. */
    static String ownNoun(String right) {
        int head = Trie.length(IndicatorWords.HEAD.match(right, right.length(), 2));
        int stop = IndicatorWords.beforeTail(right, 1, right.length() - head);
        return stop >= 2 ? right.substring(0, stop) : right;
    }

    /** 引进2家机构在我市落户: where the words of place begin. */
    static int firstPlace(String right) {
        for (int i = 2; i < right.length() - 2; i++) {
            char c = right.charAt(i);
            if (c == '在' && right.charAt(i + 1) != '建' && right.charAt(i + 1) != '校' || c == '到') {
                return i;
            }
        }
        return -1;
    }

    /** 高于全国0.7个百分点 compares; what it compares with belongs to the indicator. */
    static String comparison(String text, int leftFrom, int stop) {
        for (String word : COMPARISONS) {
            int at = Features.last(text, word, Math.max(leftFrom, stop - 12), stop - 2);
            if (at >= 0) {
                return text.substring(at, stop);
            }
        }
        return "";
    }

    private static final String[] COMPARISONS = {"高于", "低于", "快于", "好于", "高出", "低出"};

    static boolean isWord(char c) {
        return " 、和及，）”—+-/或以（(".indexOf(c) < 0;
    }

    static int trimRight(String text, int start, int end) {
        int at = end;
        while (at > start && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '、' || text.charAt(at - 1) == '和')) {
            at--;
        }
        return at;
    }
}
