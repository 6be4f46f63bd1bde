/**
 * Reads a government work report: what was said, what was done, what is promised.
 *
 * <p>This package holds the values that a reading consists of and the façade {@link org.luoshi.reading.Reader}. The
 * packages below it hold one step each: {@code files} (a file into text), {@code outline}, {@code segments},
 * {@code figures}, {@code commitments} and {@code departments}. No Spring, no SQL, no HTTP.
 */
@NullMarked
package org.luoshi.reading;

import org.jspecify.annotations.NullMarked;
