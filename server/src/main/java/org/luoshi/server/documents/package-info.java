/**
 * What was said: files as they were uploaded, their text, and how far each has been read. A file is read once by a
 * background job; what was found in it goes to whoever implements {@link org.luoshi.server.documents.Harvest}, in the
 * transaction that stores the text.
 */
@NullMarked
package org.luoshi.server.documents;

import org.jspecify.annotations.NullMarked;
