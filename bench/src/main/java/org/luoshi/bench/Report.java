package org.luoshi.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows as a table of plain text. */
record Report(List<Row> rows) {
    private static final List<String> HEAD =
            List.of("name", "value", "unit", "compared with", "its value", "ratio", "bar", "met");

    String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        for (Row row : rows) {
            lines.add(List.of(
                    row.name(),
                    row.value().toPlainString(),
                    row.unit(),
                    row.comparedWith(),
                    figure(row.comparedValue()),
                    figure(row.ratio()),
                    row.bar(),
                    row.bar().isEmpty() ? "" : row.met() ? "yes" : "NO"));
        }
        int[] widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i)).repeat(" ", widths[i] - line.get(i).length() + 2);
            }
            table.append(text.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }

    private static String figure(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }
}
