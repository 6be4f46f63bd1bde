/** Turns facts into official documents (layout of GB/T 9704-2012) and registers. No Spring, no SQL, no HTTP. */
@NullMarked
package org.luoshi.writing;

import org.jspecify.annotations.NullMarked;
