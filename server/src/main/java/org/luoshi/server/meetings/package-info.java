/**
 * Meetings (调度会): the agenda is built from what lags, the last meeting's decisions come first, what is decided becomes
 * a matter in the room, and the minutes come out as .docx. Uses matters through what they offer; matters know nothing of
 * meetings.
 */
@NullMarked
package org.luoshi.server.meetings;

import org.jspecify.annotations.NullMarked;
