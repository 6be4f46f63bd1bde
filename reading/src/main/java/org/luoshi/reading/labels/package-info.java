/** Labelled reports as files, for the commands that train and judge. Reading itself does not need them. */
@NullMarked
package org.luoshi.reading.labels;

import org.jspecify.annotations.NullMarked;
