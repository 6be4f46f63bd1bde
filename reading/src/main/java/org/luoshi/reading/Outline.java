package org.luoshi.reading;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of itself, and its sections. A component that the text does not state is null.
 *
 * @param place the place that reports, as the report names it (xx where masked)
 * @param speaker the person who gave the report
 * @param occasion the meeting at which it was given
 * @param reviewYear the year that the review part looks back on
 * @param taskYear the year that the tasks part plans for
 * @param sections in the order of the text, each with its depth; flat, so that offsets stay sorted
 */
public record Outline(
        @Nullable Stated<String> title,
        @Nullable Stated<LocalDate> date,
        @Nullable Stated<String> place,
        @Nullable Stated<String> speaker,
        @Nullable Stated<String> occasion,
        @Nullable Stated<Integer> reviewYear,
        @Nullable Stated<Integer> taskYear,
        List<Section> sections) {

    /** A value with the words it came from and how sure it is. */
    public record Stated<T>(T value, Evidence evidence, double confidence) {}

    /**
     * A section: its heading and everything below it up to the next heading of its depth or less.
     *
     * @param depth 0 for the unnumbered title of a part (2030年工作回顾, 名词解释), 1 for 一、, 2 for （一）, 3 for 1., 4 for
     *     一是 and 首先
     * @param marker the numbering as written, such as {@code （一）}
     * @param title the heading without its marker
     * @param heading the heading in the text
     * @param body from the end of the heading to the end of the section
     */
    public record Section(
            int depth, String marker, String title, Span heading, Span body, Role role, Evidence evidence) {}

    /** What a section is about: looking back, setting goals, planning tasks, or something else. */
    public enum Role {
        REVIEW,
        GOALS,
        TASKS,
        GLOSSARY,
        OTHER
    }
}
