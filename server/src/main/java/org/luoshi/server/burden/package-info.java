/**
 * Burden: what units are asked for. Requests for data, refused where the answer stands already; what each unit was asked
 * for in a period, with the arithmetic of the estimated minutes; and the plan of inspections with its clashes. It counts
 * what was asked of units, never what people do.
 */
@NullMarked
package org.luoshi.server.burden;

import org.jspecify.annotations.NullMarked;
