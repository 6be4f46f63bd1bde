/**
 * Working days and working hours: what departs from Monday to Friday, year by year, and the counting of time limits. A
 * year that is not loaded counts as Monday to Friday for the time being, and whoever shows a date computed in it says
 * so.
 */
@NullMarked
package org.luoshi.server.calendar;

import org.jspecify.annotations.NullMarked;
