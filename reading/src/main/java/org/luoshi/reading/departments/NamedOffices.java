package org.luoshi.reading.departments;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.luoshi.reading.Commitment.Proposal;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Span;

/**
 * Finds the departments that a text names as those to act: 责任单位：…, 由…牵头, （…负责，…配合）. A department that is
 * merely mentioned is left alone. The first of a 责任单位 list leads, as the practice of published lists has it, unless
 * a 牵头 list stands beside it.
 */
final class NamedOffices {
    private static final String[] LEAD_LABELS = {"牵头单位", "牵头部门", "牵头责任单位", "主要责任单位", "牵头考核单位", "牵头领导单位", "主责单位"};
    private static final String[] FIRST_LABELS = {"责任单位", "主办单位", "责任部门", "承办单位", "实施单位", "落实单位", "负责单位", "完成单位"};
    private static final String[] JOINT_LABELS = {"配合单位", "协办单位", "参与单位", "协同单位", "配合部门", "责任协同单位", "协助单位"};
    private static final int LEAD = 0;
    private static final int FIRST = 1;
    private static final int JOINT = 2;
    private static final int LEAD_VERB = 3;
    private static final int FIRST_VERB = 4;
    private static final int JOINT_VERB = 5;
    private static final String LIST_MARKS = "、，,；;和及与 　";
    private static final String STOPS = "。\n\r）)〕】]；;！？";
    private static final int LONGEST_LIST = 200;
    private static final int LONGEST_NAME = 24;

    private final OfficeNames names;
    private final WordTrie triggers = new WordTrie();

    NamedOffices(OfficeNames names) {
        this.names = names;
        put(LEAD, LEAD_LABELS);
        put(FIRST, FIRST_LABELS);
        put(JOINT, JOINT_LABELS);
        put(LEAD_VERB, "牵头", "主办");
        put(FIRST_VERB, "负责", "按职责分工负责", "等按职责分工负责", "分别负责", "共同负责", "具体负责", "组织实施");
        put(JOINT_VERB, "配合", "协办", "参与", "协助");
    }

    private void put(int kind, String... words) {
        for (String word : words) {
            triggers.add(word, kind);
        }
    }

    Departments.Assigned find(CharSequence text, int start, int end) {
        var lead = new ArrayList<Proposal>();
        var first = new ArrayList<Proposal>();
        var joint = new ArrayList<Proposal>();
        int floor = start;
        for (int i = start; i < end; i++) {
            long found = triggers.longestAt(text, i, end);
            if (found < 0) {
                continue;
            }
            int kind = (int) (found >>> 32);
            int after = (int) found;
            List<Proposal> list = kind <= JOINT ? listAfter(text, after, end) : listBefore(text, floor, i);
            switch (kind) {
                case LEAD, LEAD_VERB -> lead.addAll(list);
                case FIRST, FIRST_VERB -> first.addAll(list);
                default -> joint.addAll(list);
            }
            floor = after;
            i = after - 1;
        }
        if (lead.isEmpty() && !first.isEmpty()) {
            lead.add(first.removeFirst());
        }
        first.addAll(joint);
        List<Proposal> leads = Departments.distinct(lead);
        var others = new ArrayList<Proposal>();
        for (Proposal proposal : Departments.distinct(first)) {
            if (leads.stream().noneMatch(p -> p.department().equals(proposal.department()))) {
                others.add(proposal);
            }
        }
        return new Departments.Assigned(leads, List.copyOf(others));
    }

    /** Whether the words begin with a label such as 责任单位：, in a bracket or without one. */
    boolean opensList(CharSequence text, int start, int end) {
        int at = start;
        while (at < end && "（(【[〔 　*".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        long found = triggers.longestAt(text, at, end);
        int after = (int) found;
        return found >= 0 && found >>> 32 <= JOINT && after < end && "：:".indexOf(text.charAt(after)) >= 0;
    }

    /** The names after a label and its colon, up to the end of the sentence or the next label. */
    private List<Proposal> listAfter(CharSequence text, int from, int end) {
        int i = from;
        while (i < end && " 　*".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        if (i == end || "：:为是".indexOf(text.charAt(i)) < 0) {
            return List.of();
        }
        i++;
        var found = new ArrayList<Proposal>();
        int item = i;
        int depth = 0;
        int stop = Math.min(end, i + LONGEST_LIST);
        for (; i <= stop; i++) {
            char c = i == stop ? '。' : text.charAt(i);
            if (depth == 0 && (c == '（' || c == '(')) {
                depth++;
                continue;
            }
            if (depth > 0 && (c == '）' || c == ')')) {
                depth--;
                continue;
            }
            boolean mark = "、，,；; 　".indexOf(c) >= 0;
            boolean last = STOPS.indexOf(c) >= 0 && c != '；' && c != ';';
            if (depth == 0 && (mark || last)) {
                item(text, item, i, found);
                item = i + 1;
            }
            if (last && depth == 0 || i < stop && triggers.longestAt(text, i, end) >= 0 && i > from + 2) {
                break;
            }
        }
        return found;
    }

    private void item(CharSequence text, int from, int to, List<Proposal> found) {
        while (from < to && " 　*".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && " 　等*".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        if (to - from < 2 || to - from > LONGEST_NAME || triggers.longestAt(text, from, to) >= 0) {
            return;
        }
        String written = text.subSequence(from, to).toString();
        Set<Duty> duties = names.resolve(written);
        var span = new Span(from, to);
        for (Duty duty : duties) {
            found.add(named(duty.key(), duty.name(), span, written));
        }
        // A list after a label names units even where the duties file lacks them; prose after it does not.
        if (duties.isEmpty() && office(written)) {
            found.add(named(written, written, span, written));
        }
    }

    private static boolean office(String written) {
        return "局委办部厅会院司心组府队社行站团处所镇乡道".indexOf(written.charAt(written.length() - 1)) >= 0;
    }

    private static Proposal named(String key, String name, Span span, String written) {
        return new Proposal(key, name, true, 1, new Evidence("department.named", span, written));
    }

    /** The names right before a verb: back over known names and list marks, and no further. */
    private List<Proposal> listBefore(CharSequence text, int floor, int verb) {
        int from = verb;
        int least = Math.max(floor, verb - LONGEST_LIST);
        while (from > least && "。\n；;！？（(〔【：:".indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        var found = new ArrayList<Proposal>();
        int gap = from;
        for (int i = from; i < verb; ) {
            long name = names.at(text, i, verb);
            if (name < 0 || OfficeNames.end(name) - i < 2) {
                i++;
                continue;
            }
            if (!joined(text, gap, i, found.isEmpty())) {
                found.clear();
            }
            Duty duty = names.duty(name);
            int begin = i;
            while (begin > gap && OfficeNames.level(text.charAt(begin - 1))) {
                begin--;
            }
            int stop = OfficeNames.end(name);
            found.add(named(
                    duty.key(),
                    duty.name(),
                    new Span(begin, stop),
                    text.subSequence(begin, stop).toString()));
            i = stop;
            gap = stop;
        }
        return !found.isEmpty() && closes(text, gap, verb) ? found : List.of();
    }

    /** Whether only list marks, 由, levels and a short place name stand between two names. */
    private static boolean joined(CharSequence text, int from, int to, boolean firstName) {
        if (firstName) {
            return true;
        }
        if (to == from || LIST_MARKS.indexOf(text.charAt(from)) < 0 || to - from > 8) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (i > from && "，,；;、".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the verb follows the last name at once or after 等, 等部门, 共同, 具体, a bracket. */
    private static boolean closes(CharSequence text, int from, int verb) {
        if (verb - from > 8) {
            return false;
        }
        for (int i = from; i < verb; i++) {
            if ("等相关有部门单位共同具体统筹负责按职责分工分别（）() ".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
