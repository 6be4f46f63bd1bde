package org.luoshi.reading.departments;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.luoshi.reading.Span;

/** Finds the names of departments in a text and tells which duty they stand for. Immutable after construction. */
final class OfficeNames {
    private static final String[] ENDINGS = {
        "委员会办公室", "委员会", "办公室", "服务中心", "事务中心", "发展中心", "总局", "分局", "局", "厅", "委", "部", "办", "署", "中心"
    };
    private static final String LEVELS = "国家自治省市县区州旗镇乡中各级本委政府";
    private static final String GOVERNMENTS = "政府";

    private final WordTrie names = new WordTrie();
    private final List<Duty> duties;
    private final int governments;

    OfficeNames(Duties all) {
        duties = all.all();
        int towns = -1;
        for (int i = 0; i < duties.size(); i++) {
            Duty duty = duties.get(i);
            names.add(duty.name(), i);
            for (String alias : duty.aliases()) {
                names.add(alias, i);
                if (alias.equals("人民政府")) {
                    towns = i;
                }
            }
        }
        // Written names come before those built from stems: 建设局 written at one department is not another's.
        for (int i = 0; i < duties.size(); i++) {
            for (String stem : duties.get(i).stems()) {
                for (String ending : ENDINGS) {
                    names.add(stem + ending, i);
                }
            }
        }
        governments = towns;
    }

    /** The longest department name that starts at {@code at}: duty in the upper 32 bits, end in the lower, else -1. */
    long at(CharSequence text, int at, int end) {
        return names.longestAt(text, at, end);
    }

    Duty duty(long found) {
        return duties.get((int) (found >>> 32));
    }

    static int end(long found) {
        return (int) found;
    }

    static boolean level(char c) {
        return LEVELS.indexOf(c) >= 0;
    }

    /**
     * The department that the words, or the words after their opening phrase, begin with: duty in the upper 32 bits, end
     * in the lower, -1 where they begin with none.
     */
    long subject(CharSequence text, int start, int end) {
        long found = begins(text, start, end);
        int opening = TermMatcher.opening(text, start, end);
        return found >= 0 || opening == start ? found : begins(text, opening, end);
    }

    private long begins(CharSequence text, int start, int end) {
        int at = start;
        while (at < end && at < start + 2 && level(text.charAt(at)) && names.longestAt(text, at, end) < 0) {
            at++;
        }
        return names.longestAt(text, at, end);
    }

    /** A quick no for the most: hardly any name ends in anything else. */
    private static boolean mayName(CharSequence text, int start, int end) {
        for (int i = start; i < end; i++) {
            switch (text.charAt(i)) {
                case '局', '委', '办', '厅', '署', '院', '部', '联', '府', '会', '社', '关', '心', '司' -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    List<Span> mentions(CharSequence text, int start, int end, int most) {
        if (!mayName(text, start, end)) {
            return List.of();
        }
        var spans = new ArrayList<Span>();
        for (int i = start; i < end && spans.size() < most; ) {
            long found = names.longestAt(text, i, end);
            if (found < 0 || end(found) - i < 3 || end(found) < end && "镇城区村".indexOf(text.charAt(end(found))) >= 0) {
                i++;
                continue;
            }
            int from = i;
            while (from > start && from > i - 2 && level(text.charAt(from - 1))) {
                from--;
            }
            spans.add(new Span(from, end(found)));
            i = end(found);
        }
        return spans;
    }

    /** The duties that a written name stands for: none, one, or two for 宣传部（网信办）. */
    Set<Duty> resolve(String written) {
        var found = new LinkedHashSet<Duty>();
        var parts = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i <= written.length(); i++) {
            if (i == written.length() || "（）()〈〉<>〔〕".indexOf(written.charAt(i)) >= 0) {
                if (i > from) {
                    parts.add(written.substring(from, i));
                }
                from = i + 1;
            }
        }
        int whole = wholeName(written);
        if (whole >= 0) {
            found.add(duties.get(whole));
        }
        for (String part : parts) {
            int index = one(part);
            if (index >= 0) {
                found.add(duties.get(index));
            }
        }
        return found;
    }

    private int wholeName(String written) {
        for (int i = 0; i < written.length() && (i == 0 || level(written.charAt(i - 1))); i++) {
            int exact = names.exact(written.substring(i));
            if (exact >= 0) {
                return exact;
            }
        }
        return -1;
    }

    private int one(String part) {
        int whole = wholeName(part);
        if (whole >= 0) {
            return whole;
        }
        // Combined offices and names with a place before them: the longest known name inside, the last of equals.
        int best = -1;
        int longest = 1;
        for (int i = 0; i < part.length(); i++) {
            long found = names.longestAt(part, i, part.length());
            if (found >= 0 && end(found) - i >= longest) {
                longest = end(found) - i;
                best = (int) (found >>> 32);
            }
        }
        if (best < 0 && governments >= 0 && part.endsWith(GOVERNMENTS)) {
            return governments;
        }
        return best;
    }
}
