/**
 * A file into text. {@link org.luoshi.reading.files.SourceFiles} tells the type by content, reads it within fixed
 * limits and either gives {@link org.luoshi.reading.files.FileText} or refuses with a reason that a clerk can act on.
 *
 * <p>Files come from strangers: macros never run, no external entity or address is ever fetched, nothing is written to
 * disk. OOXML and OFD are read straight from the zip with the JDK's StAX reader, so that no document type declaration
 * is ever processed and memory stays near the size of the text.
 */
@NullMarked
package org.luoshi.reading.files;

import org.jspecify.annotations.NullMarked;
