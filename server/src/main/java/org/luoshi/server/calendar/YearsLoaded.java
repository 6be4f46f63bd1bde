package org.luoshi.server.calendar;

import java.util.List;

/**
 * Years of the calendar were loaded and stand.
 *
 * @param years which
 */
public record YearsLoaded(List<Integer> years) {}
