package org.luoshi.server.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever starts the program why there is no database, without a page of stack. */
final class UnavailableDatabaseReport extends AbstractFailureAnalyzer<DatabaseUnavailable> {
    @Override
    protected FailureAnalysis analyze(Throwable root, DatabaseUnavailable cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "LUOSHI_DB_URL, LUOSHI_DB_USER, LUOSHI_DB_PASSWORD; LUOSHI_HOME",
                cause);
    }
}
