package org.luoshi.server.burden;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * When two names of fields mean the same. Equal without spaces, signs and case: the same. Equal or alike in their core -
 * without words such as 本镇, 数量, 情况 - and with the same digits in them: perhaps, which only a person can say.
 */
final class FieldNames {
    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern BEFORE = Pattern.compile("^(本单位|本级|本镇|本乡|本村|本县|全镇|全乡|全村|全县|辖区内|辖区|截至目前|目前|当前|现有|累计)+");
    private static final Pattern AFTER = Pattern.compile("(的数量|总数量|数量|总数|个数|人数|户数|情况统计|情况|统计|总量|数)$");
    private static final Pattern PROGRESS = Pattern.compile("(工作)?(推进情况|进展情况|完成情况|办理情况|落实情况|进展|进度|完成率|完成数)$");
    private static final Pattern TARGET = Pattern.compile("(目标值|目标数|目标任务|目标|任务数|计划数)$");
    private static final double ALIKE = 0.6;
    private static final int SHORTEST_PART = 4;

    private FieldNames() {}

    /** Without spaces, signs, width and case. */
    static String plain(String name) {
        return SIGNS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKC))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    static String core(String plain) {
        String core = AFTER.matcher(BEFORE.matcher(plain).replaceAll("")).replaceAll("");
        return core.isEmpty() ? plain : core;
    }

    /** What a name asks the progress of; empty where it asks for none. */
    static String progressOf(String plain) {
        String of = PROGRESS.matcher(plain).replaceAll("");
        return of.equals(plain) ? "" : of;
    }

    /** What a name asks the target of, or the name itself. */
    static String targetOf(String plain) {
        return TARGET.matcher(plain).replaceAll("");
    }

    /** Whether two plain names are alike enough to ask. */
    static boolean areAlike(String a, String b) {
        if (!digits(a).equals(digits(b))) {
            return false;
        }
        String one = core(a);
        String other = core(b);
        if (one.equals(other)) {
            return true;
        }
        String shorter = one.length() <= other.length() ? one : other;
        String longer = one.length() <= other.length() ? other : one;
        if (shorter.length() >= SHORTEST_PART && longer.contains(shorter)) {
            return true;
        }
        Set<String> pairs = pairs(one);
        Set<String> others = pairs(other);
        int all = pairs.size() + others.size();
        pairs.retainAll(others);
        return all > 0 && 2.0 * pairs.size() / all >= ALIKE;
    }

    private static String digits(String text) {
        return text.replaceAll("[^\\p{N}]+", " ").strip();
    }

    private static Set<String> pairs(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 2 <= text.length(); i++) {
            pairs.add(text.substring(i, i + 2));
        }
        return pairs;
    }
}
