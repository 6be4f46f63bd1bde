/**
 * Where the data lives: an embedded PostgreSQL under the data folder, or a server of its own when {@code LUOSHI_DB_URL}
 * names one.
 */
@NullMarked
package org.luoshi.server.database;

import org.jspecify.annotations.NullMarked;
