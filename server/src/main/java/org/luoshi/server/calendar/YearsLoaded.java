package org.luoshi.server.calendar;

import java.time.LocalDate;
import org.luoshi.server.audit.Actor;

/**
 * Years of the calendar were loaded; what was counted over them counts otherwise now.
 *
 * @param actor who loaded them
 * @param before the working time as it was
 * @param after the working time as it is
 * @param first the first day that may have changed
 * @param last the last day that may have changed
 */
public record YearsLoaded(Actor actor, WorkingTime before, WorkingTime after, LocalDate first, LocalDate last) {}
