/** Who may come in and what they may do: accounts, roles, log-in with lock-out, and the one table of rights. */
@NullMarked
package org.luoshi.server.accounts;

import org.jspecify.annotations.NullMarked;
