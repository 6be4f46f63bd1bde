/** The command line: reads reports into tables of tasks without a server and without a database. */
@NullMarked
package org.luoshi.cli;

import org.jspecify.annotations.NullMarked;
