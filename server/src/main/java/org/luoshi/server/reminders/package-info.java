/**
 * What reaches people outside the pages: letters by mail, and a calendar of what is due. A letter and a calendar are
 * made with the rights that their reader has at that moment.
 */
@NullMarked
package org.luoshi.server.reminders;

import org.jspecify.annotations.NullMarked;
