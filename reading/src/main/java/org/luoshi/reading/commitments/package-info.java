/**
 * From segments that commit to commitments: what, how much, by when, under which theme, and who.
 *
 * <p>Rule keys of the evidence. Pages translate them, so they are stable:
 *
 * <ul>
 *   <li>commitment: {@code commitment.segment} (a whole segment), {@code commitment.clause} (a part of one whose other
 *       parts other units answer for)
 *   <li>deadline: {@code deadline.words} (words of the commitment), {@code deadline.sentence} (words earlier in its
 *       sentence), {@code deadline.figure} (the time of its figure), {@code deadline.heading} (a period in a heading
 *       above), {@code deadline.section} (the year of the tasks), {@code deadline.none}
 *   <li>theme: {@code theme.term}, {@code theme.section}, {@code theme.department} (the theme of the proposed lead),
 *       {@code theme.none}
 *   <li>departments: see {@link org.luoshi.reading.departments}
 * </ul>
 *
 * <p>Keys of the doubts:
 *
 * <ul>
 *   <li>{@code doubt.masked-value}: a target's digits are hidden; words: the masked digits; detail: the indicator
 *   <li>{@code doubt.no-outcome}: nothing that could be checked at the end: no target, no named project, no verb of
 *       completion
 *   <li>{@code doubt.deadline-scope}: the time stands elsewhere in the sentence and may not hold for this part; words:
 *       the time
 *   <li>{@code doubt.deadline-unknown}: neither words nor the year of the tasks tell a day
 *   <li>{@code doubt.several-deadlines}: more than one time in it; words: the time not taken; detail: its day
 *   <li>{@code doubt.lead-close}: two departments are close; detail: their names, with 、 between
 *   <li>{@code doubt.lead-none}: nothing speaks for any department
 *   <li>{@code doubt.low-label}: it may be no commitment at all; detail: the label's confidence in percent
 *   <li>{@code doubt.repeated}: it repeats an earlier one with other words; detail: the earlier one's line
 * </ul>
 */
@NullMarked
package org.luoshi.reading.commitments;

import org.jspecify.annotations.NullMarked;
