package org.luoshi.server.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.InventedSheet;
import org.springframework.context.ApplicationContext;

/** How long it takes to bring a long list in: read, checked for the preview, checked again, made, journaled. */
public final class ImportTimes {
    private ImportTimes() {}

    public static double seconds(ApplicationContext server, String login, List<String> units, int rows)
            throws IOException {
        byte[] file = InventedSheet.findings(rows, units);
        SheetImports imports = server.getBean(SheetImports.class);
        ImportStore store = server.getBean(ImportStore.class);
        User user = server.getBean(Accounts.class).loadUserByUsername(login);
        long begun = System.nanoTime();
        long id = imports.take(user, "rectification", "清单.xlsx", new ByteArrayInputStream(file));
        imports.look(imports.find(id).orElseThrow());
        store.begin(id, 1, true);
        imports.run(id);
        double seconds = (System.nanoTime() - begun) / 1e9;
        SheetImport done = imports.find(id).orElseThrow();
        if (done.made() != rows) {
            throw new IllegalStateException("Of " + rows + " rows " + done.made() + " were made: " + done.failure());
        }
        return seconds;
    }
}
