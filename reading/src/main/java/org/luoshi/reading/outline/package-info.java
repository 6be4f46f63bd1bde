/**
 * Reads what a report says of itself (title, date, place, speaker, occasion, years) and its sections, with their roles.
 *
 * <p>{@link org.luoshi.reading.outline.Outlines} is the way in. Plain scanning by position: no regular expressions, so
 * that a text of any size and content is read in linear time.
 */
@NullMarked
package org.luoshi.reading.outline;

import org.jspecify.annotations.NullMarked;
