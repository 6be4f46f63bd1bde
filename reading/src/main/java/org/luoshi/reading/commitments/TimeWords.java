package org.luoshi.reading.commitments;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Span;
import org.luoshi.reading.departments.WordTrie;

/**
 * Finds the words of time that set a last day: 6月底前, 三季度, 到2027年, 年内, 秋季开学前, 国庆节前 … Days follow from the
 * year of the tasks. One pass, no backtracking.
 */
final class TimeWords {
    /** Words of time and their last day. */
    record Found(Span span, LocalDate due) {}

    private enum Sort {
        YEAR_END,
        NEXT_YEAR,
        TWO_YEARS,
        HALF,
        QUARTER_1,
        QUARTER_2,
        QUARTER_3,
        NEW_YEAR,
        SPRING_FESTIVAL,
        MAY_DAY,
        JULY_FIRST,
        MID_AUTUMN,
        NATIONAL_DAY,
        AUTUMN_TERM,
        SPRING_TERM,
        FLOOD_SEASON,
        HEATING,
        WINTER,
        PLAN_14,
        PLAN_15,
        YEARS_2,
        YEARS_3,
        YEARS_5
    }

    private static final Sort[] SORTS = Sort.values();
    private static final String DIGITS = "〇一二三四五六七八九";
    private static final WordTrie WORDS = words();

    /** The characters that words of time begin with, as bits: nearly every place of a text is answered by this alone. */
    private static final long[] STARTS = starts();

    private TimeWords() {}

    private static WordTrie words() {
        var trie = new WordTrie();
        add(trie, Sort.YEAR_END, "年内", "年底前", "年底", "年末", "今年底", "全年", "今年", "今年内", "本年度", "年终", "年内");
        add(trie, Sort.NEXT_YEAR, "明年", "明年底", "明年底前");
        add(trie, Sort.TWO_YEARS, "今明两年", "两年内", "用两年时间", "用2年时间");
        add(trie, Sort.HALF, "上半年", "上半年内", "年中", "年中前", "上半年底前");
        add(trie, Sort.YEAR_END, "下半年", "四季度", "第四季度", "4季度", "四季度末", "四季度前");
        add(trie, Sort.QUARTER_1, "一季度", "第一季度", "1季度", "首季", "首季度", "一季度末", "一季度前", "一季度内");
        add(trie, Sort.QUARTER_2, "二季度", "第二季度", "2季度", "二季度末", "二季度前", "二季度内");
        add(trie, Sort.QUARTER_3, "三季度", "第三季度", "3季度", "三季度末", "三季度前", "三季度内");
        add(trie, Sort.NEW_YEAR, "元旦前", "元旦节前");
        add(trie, Sort.SPRING_FESTIVAL, "春节前", "农历年前");
        add(trie, Sort.MAY_DAY, "五一前", "“五一”前", "五一节前", "五一假期前", "“五一”假期前");
        add(trie, Sort.JULY_FIRST, "七一前", "“七一”前");
        add(trie, Sort.MID_AUTUMN, "中秋前", "中秋节前");
        add(trie, Sort.NATIONAL_DAY, "国庆前", "国庆节前", "“十一”前", "十一前", "国庆假期前");
        add(trie, Sort.AUTUMN_TERM, "秋季开学前", "秋季学期前", "秋季学期开学前", "秋季开学", "秋季学期", "新学年前", "9月开学前", "九月开学前");
        add(trie, Sort.SPRING_TERM, "春季开学前", "春季学期前", "春季学期开学前");
        add(trie, Sort.FLOOD_SEASON, "汛期前", "汛前", "入汛前", "主汛期前", "汛期来临前");
        add(trie, Sort.HEATING, "供暖季前", "采暖季前", "供暖期前", "供暖前", "采暖期前", "今冬供暖前");
        add(trie, Sort.WINTER, "入冬前", "冬季前");
        add(trie, Sort.PLAN_14, "“十四五”末", "十四五末", "“十四五”期末");
        add(trie, Sort.PLAN_15, "“十五五”末", "十五五末", "“十五五”期末");
        add(trie, Sort.YEARS_3, "三年内", "3年内", "未来三年", "今后三年", "用三年时间", "用3年时间", "力争三年");
        add(trie, Sort.YEARS_5, "五年内", "5年内", "未来五年", "今后五年", "用五年时间", "用5年时间", "本届政府任期内");
        add(trie, Sort.YEARS_2, "未来两年", "今后两年");
        return trie;
    }

    private static long[] starts() {
        long[] bits = new long[1 << 10];
        for (int c = 0; c < 1 << 16; c++) {
            if (numeric((char) c) || WORDS.begins((char) c)) {
                bits[c >>> 6] |= 1L << (c & 63);
            }
        }
        return bits;
    }

    private static void add(WordTrie trie, Sort sort, String... words) {
        for (String word : words) {
            trie.add(word, sort.ordinal());
        }
    }

    /**
     * The times in {@code text[start, end)} in their order.
     *
     * @param year the year of the tasks; where it is null only words with a year of their own count
     * @param said the day of the report, null where unknown; it tells which 春节 comes next
     */
    static List<Found> find(CharSequence text, int start, int end, @Nullable Integer year, @Nullable LocalDate said) {
        List<Found> found = List.of();
        for (int i = start; i < end; ) {
            char c = text.charAt(i);
            if ((STARTS[c >>> 6] & 1L << (c & 63)) == 0) {
                i++;
                continue;
            }
            Found next = at(text, i, start, end, year, said);
            if (next == null) {
                i++;
                continue;
            }
            if (found.isEmpty()) {
                found = new ArrayList<>(2);
            }
            found.add(next);
            i = next.span().end();
        }
        return found;
    }

    private static @Nullable Found at(
            CharSequence text, int i, int start, int end, @Nullable Integer year, @Nullable LocalDate said) {
        boolean number = numeric(text.charAt(i));
        if (!number && !WORDS.begins(text.charAt(i))) {
            return null;
        }
        boolean fresh = i == start || !numeric(text.charAt(i - 1));
        if (number && fresh) {
            Found dated = dated(text, i, end, year);
            if (dated != null) {
                return dated;
            }
        }
        if (year == null || !fresh) {
            return null;
        }
        long word = WORDS.longestAt(text, i, end);
        if (word < 0) {
            return null;
        }
        int stop = (int) word;
        Sort sort = SORTS[(int) (word >>> 32)];
        boolean lastYears = i > start + 1 && text.charAt(i - 1) == '年' && text.charAt(i - 2) == '去';
        if (sort == Sort.YEAR_END && i > start && (lastYears || numericOrYear(text.charAt(i - 1)))) {
            return null;
        }
        while (stop < end && "前内末底".indexOf(text.charAt(stop)) >= 0) {
            stop++;
        }
        LocalDate due = due(sort, year, said);
        return due == null ? null : new Found(new Span(i, stop), due);
    }

    private static @Nullable LocalDate due(Sort sort, int year, @Nullable LocalDate said) {
        return switch (sort) {
            case YEAR_END -> LocalDate.of(year, 12, 31);
            case NEXT_YEAR, TWO_YEARS, YEARS_2 -> LocalDate.of(year + 1, 12, 31);
            case YEARS_3 -> LocalDate.of(year + 2, 12, 31);
            case YEARS_5 -> LocalDate.of(year + 4, 12, 31);
            case HALF, QUARTER_2, JULY_FIRST -> LocalDate.of(year, 6, 30);
            case QUARTER_1 -> LocalDate.of(year, 3, 31);
            case QUARTER_3, NATIONAL_DAY -> LocalDate.of(year, 9, 30);
            case NEW_YEAR -> LocalDate.of(year, 12, 31);
            case SPRING_FESTIVAL -> springFestival(year, said);
            case MAY_DAY -> LocalDate.of(year, 4, 30);
            case MID_AUTUMN -> LunarDays.midAutumn(year);
            case AUTUMN_TERM -> LocalDate.of(year, 8, 31);
            case SPRING_TERM -> YearMonth.of(year, 2).atEndOfMonth();
            case FLOOD_SEASON -> LocalDate.of(year, 5, 31);
            case HEATING -> LocalDate.of(year, 11, 14);
            case WINTER -> LocalDate.of(year, 10, 31);
            case PLAN_14 -> LocalDate.of(2025, 12, 31);
            case PLAN_15 -> LocalDate.of(2030, 12, 31);
        };
    }

    /** The day before the next festival after the report; a report without a day means the one after its year. */
    private static @Nullable LocalDate springFestival(int year, @Nullable LocalDate said) {
        LocalDate first = LunarDays.springFestival(year);
        LocalDate chosen =
                first != null && said != null && said.isBefore(first) ? first : LunarDays.springFestival(year + 1);
        return chosen == null ? null : chosen.minusDays(1);
    }

    /** 2027年…, 2027年6月底前, 6月底前, 六月份, 6月15日前. */
    private static @Nullable Found dated(CharSequence text, int i, int end, @Nullable Integer taskYear) {
        int at = i;
        int number = 0;
        int digits = 0;
        while (at < end && digits < 5 && digit(text.charAt(at)) >= 0) {
            number = number * 10 + digit(text.charAt(at));
            at++;
            digits++;
        }
        if (digits == 0) {
            int[] chinese = chinese(text, i, end);
            number = chinese[0];
            at = chinese[1];
        }
        if (at >= end || at == i) {
            return null;
        }
        if (text.charAt(at) == '年' && digits == 4 && number >= 2000 && number <= 2099) {
            if (taskYear != null && number < taskYear) {
                return null;
            }
            Found month = at + 1 < end && numeric(text.charAt(at + 1)) ? dated(text, at + 1, end, number) : null;
            if (month != null) {
                return new Found(new Span(i, month.span().end()), month.due());
            }
            return yearEnd(text, i, at + 1, end, number);
        }
        if (text.charAt(at) == '月' && number >= 1 && number <= 12 && taskYear != null) {
            return month(text, i, at + 1, end, taskYear, number);
        }
        return null;
    }

    /** As {@link Character#digit}, without its tables for the characters that a report is made of. */
    private static int digit(char c) {
        if (c <= '9') {
            return c - '0' < 0 ? -1 : c - '0';
        }
        return c >= 0x4E00 && c < 0xA000 ? -1 : Character.digit(c, 10);
    }

    private static Found yearEnd(CharSequence text, int i, int after, int end, int year) {
        int stop = after;
        LocalDate due = LocalDate.of(year, 12, 31);
        if (starts(text, stop, end, "上半年")) {
            due = LocalDate.of(year, 6, 30);
            stop += 3;
        } else if (starts(text, stop, end, "下半年")) {
            stop += 3;
        }
        while (stop < end && "底末前内".indexOf(text.charAt(stop)) >= 0) {
            stop++;
        }
        return new Found(new Span(i, stop), due);
    }

    private static @Nullable Found month(CharSequence text, int i, int after, int end, int year, int month) {
        int stop = after;
        if (stop < end && "龄薪均".indexOf(text.charAt(stop)) >= 0) {
            return null;
        }
        int day = YearMonth.of(year, month).lengthOfMonth();
        if (starts(text, stop, end, "上旬") || starts(text, stop, end, "初")) {
            day = 10;
            stop += text.charAt(stop) == '初' ? 1 : 2;
        } else if (starts(text, stop, end, "中旬")) {
            day = 20;
            stop += 2;
        } else if (starts(text, stop, end, "下旬") || starts(text, stop, end, "底") || starts(text, stop, end, "末")) {
            stop += text.charAt(stop) == '下' ? 2 : 1;
        } else if (stop < end && numeric(text.charAt(stop))) {
            int at = stop;
            int number = 0;
            while (at < end && at < stop + 2 && Character.digit(text.charAt(at), 10) >= 0) {
                number = number * 10 + Character.digit(text.charAt(at), 10);
                at++;
            }
            if (at < end && at > stop && (text.charAt(at) == '日' || text.charAt(at) == '号')) {
                try {
                    day = LocalDate.of(year, month, number).getDayOfMonth();
                } catch (DateTimeException e) {
                    return null;
                }
                stop = at + 1;
            }
        } else if (starts(text, stop, end, "份")) {
            stop++;
        }
        while (stop < end && "前内底之以".indexOf(text.charAt(stop)) >= 0) {
            stop++;
        }
        return new Found(new Span(i, stop), LocalDate.of(year, month, day));
    }

    /** One to twelve in Chinese: the number and the offset after it; {0, i} where there is none. */
    private static int[] chinese(CharSequence text, int i, int end) {
        char c = text.charAt(i);
        if (c == '十') {
            int unit = i + 1 < end ? DIGITS.indexOf(text.charAt(i + 1)) : -1;
            return unit == 1 || unit == 2 ? new int[] {10 + unit, i + 2} : new int[] {10, i + 1};
        }
        int digit = DIGITS.indexOf(c);
        return digit > 0 ? new int[] {digit, i + 1} : new int[] {0, i};
    }

    private static boolean starts(CharSequence text, int at, int end, String word) {
        if (at + word.length() > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text.charAt(at + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean numeric(char c) {
        return switch (c) {
            case '〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十' -> true;
            default -> c >= '0' && c <= '9' || c >= '０' && c <= '９';
        };
    }

    private static boolean numericOrYear(char c) {
        return numeric(c) || c == '去' || c == '多' || c == '几' || c == '两' || c == '近' || c == '往' || c == '历';
    }
}
