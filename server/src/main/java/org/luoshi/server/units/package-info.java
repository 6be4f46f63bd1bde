/**
 * Who answers: the dated tree of units, the people who hold posts in them, and the calendar they work by. A unit has
 * the name of the day that is asked for.
 */
@NullMarked
package org.luoshi.server.units;

import org.jspecify.annotations.NullMarked;
