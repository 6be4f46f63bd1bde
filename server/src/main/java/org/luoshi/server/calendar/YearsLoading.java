package org.luoshi.server.calendar;

import java.time.LocalDate;
import org.luoshi.server.audit.Actor;

/**
 * Years of the calendar are being loaded; what was counted over them will count otherwise. Told within the transaction
 * that loads them, so that nobody can forget what is to be counted anew; {@link YearsLoaded} follows once they stand.
 *
 * @param actor who loads them
 * @param before the working time as it was
 * @param after the working time as it will be
 * @param first the first day that may have changed
 * @param last the last day that may have changed
 */
public record YearsLoading(Actor actor, WorkingTime before, WorkingTime after, LocalDate first, LocalDate last) {}
