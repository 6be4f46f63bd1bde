/**
 * Matters: anything tracked from being given to being closed. A matter type is a file ({@code types}); the rest of this
 * module carries it out: one write path for every move, clocks and lights, notices, evidence, and the pages that show
 * them.
 */
@NullMarked
package org.luoshi.server.matters;

import org.jspecify.annotations.NullMarked;
