package org.luoshi.server.commitments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Span;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.commitments.Commitment.Content;
import org.luoshi.server.commitments.Commitment.Origin;
import org.luoshi.server.commitments.Commitment.Passage;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.commitments.Commitment.Target;
import org.luoshi.server.documents.DocumentText;
import org.springframework.stereotype.Component;

/** Commitments made from words of a text by a person: added, split off, put together. */
@Component
class Additions {
    /** A line of a list; the whole sentence stays with the passage. */
    private static final int LONGEST_LINE = 80;

    /** The words between two offsets, without the blanks and marks around them. */
    Passage passage(String text, int from, int to, Passage within) {
        if (from < within.start() || to > within.end() || from > to) {
            return new Passage(from, from, "", within.section());
        }
        int start = from;
        int end = to;
        while (start < end && isMark(text.charAt(start))) {
            start++;
        }
        while (end > start && isMark(text.charAt(end - 1))) {
            end--;
        }
        return new Passage(start, end, text.substring(start, end), within.section());
    }

    private static boolean isMark(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || ",.;:!?".indexOf(c) >= 0 || isWideMark(c);
    }

    /** Comma, full stop, enumeration comma, semicolon, colon, exclamation and question mark of Chinese, and the dash. */
    private static boolean isWideMark(char c) {
        return c == '\uff0c'
                || c == '\u3002'
                || c == '\u3001'
                || c == '\uff1b'
                || c == '\uff1a'
                || c == '\uff01'
                || c == '\uff1f'
                || c == '\u2014';
    }

    /** What a part of a split commitment holds: the figures that stand in it, all else copied. */
    Content part(Commitment of, Passage part, boolean first) {
        List<Target> targets = new ArrayList<>();
        for (Target t : of.content().targets()) {
            boolean inside = t.start() == null ? first : t.start() >= part.start() && t.start() < part.end();
            if (inside) {
                targets.add(first ? t : fresh(t));
            }
        }
        Content c = of.content();
        return new Content(
                line(part.sentence()),
                "",
                "",
                c.due(),
                c.dueInferred(),
                c.dueWords(),
                c.dueRule(),
                c.theme(),
                c.subtheme(),
                c.lead(),
                c.leadReason(),
                c.leadWords(),
                c.leader(),
                c.joint(),
                targets);
    }

    private static Target fresh(Target t) {
        return new Target(
                null,
                t.indicator(),
                t.op(),
                t.value(),
                t.value2(),
                t.unit(),
                t.basis(),
                t.masked(),
                t.stretch(),
                t.start(),
                t.end());
    }

    /** The first commitment with the words, figures and joint units of the second; the later deadline holds. */
    Commitment merged(String text, Commitment into, Commitment from) {
        int start = Math.min(into.passage().start(), from.passage().start());
        int end = Math.max(into.passage().end(), from.passage().end());
        Content a = into.content();
        Content b = from.content();
        Set<Long> joint = new LinkedHashSet<>(a.joint());
        if (b.lead() != null) {
            joint.add(b.lead());
        }
        joint.addAll(b.joint());
        joint.remove(a.lead());
        List<Target> targets = new ArrayList<>(a.targets());
        b.targets().forEach(target -> targets.add(fresh(target)));
        boolean later = a.due() == null || (b.due() != null && b.due().isAfter(a.due()));
        Content both = new Content(
                a.what().equals(b.what()) ? a.what() : a.what() + "\uff1b" + b.what(),
                a.verb(),
                a.object(),
                later ? b.due() : a.due(),
                later ? b.dueInferred() : a.dueInferred(),
                later ? b.dueWords() : a.dueWords(),
                later ? b.dueRule() : a.dueRule(),
                a.theme(),
                a.subtheme(),
                a.lead(),
                a.leadReason(),
                a.leadWords(),
                a.leader(),
                List.copyOf(joint),
                targets);
        Passage passage = new Passage(
                start, end, text.substring(start, end), into.passage().section());
        return into.with(passage).with(both).in(State.PROPOSED);
    }

    /** A new commitment from selected words, with the figures that the reader found in them. */
    Commitment fromText(DocumentText source, Span words, Instant now) {
        String text = source.text();
        if (words.end() > text.length()) {
            throw new Refused("review.refused.selection");
        }
        Passage whole = new Passage(words.start(), words.end(), "", section(source.outline(), words.start()));
        Passage passage = passage(text, words.start(), words.end(), whole);
        if (passage.sentence().isEmpty()) {
            throw new Refused("review.refused.selection");
        }
        List<Target> targets = new ArrayList<>();
        LocalDate due = null;
        String dueWords = null;
        for (Figure figure : source.figures()) {
            if (new Span(passage.start(), passage.end()).contains(figure.span())) {
                targets.add(Proposals.target(figure));
                if (figure.due() != null) {
                    due = figure.due();
                    dueWords = figure.time();
                }
            }
        }
        boolean inferred = due == null;
        if (inferred && source.outline().taskYear() != null) {
            due = LocalDate.of(source.outline().taskYear().value(), 12, 31);
        }
        Content content = new Content(
                line(passage.sentence()),
                "",
                "",
                due,
                inferred && due != null,
                dueWords,
                due == null ? null : inferred ? "deadline.section" : "deadline.words",
                "",
                "",
                null,
                null,
                null,
                null,
                List.of(),
                targets);
        return new Commitment(
                0,
                source.document(),
                passage,
                content,
                new Origin(1, List.of(), true, null),
                State.PROPOSED,
                null,
                null,
                null,
                1,
                null,
                now);
    }

    /** Title of the innermost section that holds an offset, with its marker. */
    static String section(Outline outline, int offset) {
        String found = "";
        for (Outline.Section section : outline.sections()) {
            boolean inside = section.heading().start() <= offset
                    && offset < section.body().end();
            if (inside && section.depth() <= 2) {
                found = section.marker() + section.title();
            }
        }
        return found;
    }

    static String line(String sentence) {
        String flat = sentence.replaceAll("[\\s\\u3000]+", "");
        return flat.codePointCount(0, flat.length()) <= LONGEST_LINE
                ? flat
                : flat.substring(0, flat.offsetByCodePoints(0, LONGEST_LINE)) + "\u2026";
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
