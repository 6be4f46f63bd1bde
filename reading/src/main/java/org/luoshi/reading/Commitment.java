package org.luoshi.reading;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is promised: what is to be done, how much of it, by when, and who should answer for it.
 *
 * @param index position among the commitments of the text, from 0
 * @param span the words that promise it; a segment may hold several commitments
 * @param segment index of the segment that it lies in
 * @param section index of the innermost section in {@link Outline#sections()}, -1 outside all sections
 * @param what verb and object as one short line for a list
 * @param verb 建成, 新增, 完成 …; empty where the text has none
 * @param object what the verb acts on
 * @param targets its figures; floor and stretch goal are two targets
 * @param lead who should lead, best first, each with its reason; empty where nothing speaks for anyone
 * @param joint who should join in, best first
 * @param sameAs index of an earlier commitment that this one repeats, -1 where it repeats none
 * @param confidence calibrated probability that this is a commitment and was read right, 0..1
 * @param doubts what a person should look at first
 */
public record Commitment(
        int index,
        Span span,
        int segment,
        int section,
        String what,
        String verb,
        String object,
        List<Figure> targets,
        Deadline deadline,
        List<Named> names,
        ThemeChoice theme,
        List<Proposal> lead,
        List<Proposal> joint,
        int sameAs,
        double confidence,
        List<Doubt> doubts,
        Evidence evidence) {

    /**
     * When it is to be done.
     *
     * @param due last day, null where neither words nor section tell
     * @param inferred the day follows from the section (the year of the tasks), not from words of the sentence
     */
    public record Deadline(@Nullable LocalDate due, boolean inferred, Evidence evidence) {}

    /** A project, place or unit named in the words. */
    public record Named(Sort sort, String name, Span span) {
        /** What sort of thing carries the name. */
        public enum Sort {
            PROJECT,
            PLACE,
            UNIT
        }
    }

    /** A theme of the two-level taxonomy by its keys; {@code sub} is empty where only the first level is clear. */
    public record ThemeChoice(String theme, String sub, double confidence, Evidence evidence) {}

    /**
     * A department for the lead or the joint list.
     *
     * @param department key in the duties file, or the name as written where the text names one the file lacks
     * @param name the name as the duties file or the text has it
     * @param named the text itself names it; such a department wins over every proposal
     * @param score 0..1, comparable within one commitment
     */
    public record Proposal(String department, String name, boolean named, double score, Evidence evidence) {}

    /** A question for the reviewer: a stable key that pages translate, and the words it is about. */
    public record Doubt(String question, @Nullable Span words, String detail) {}
}
