package org.luoshi.server.matters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Invented lists as offices keep them: a title over all columns, headings below it, one row a finding. */
public final class InventedSheet {
    private InventedSheet() {}

    /** A list with the headings of a findings list and some rows; a cell that is a {@link LocalDate} is a date cell. */
    public static byte[] of(List<String> headings, List<List<Object>> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Luoshi", "1.0")) {
            Worksheet sheet = book.newWorksheet("问题清单");
            sheet.value(0, 0, "青岚县某督察反馈问题整改清单");
            sheet.range(0, 0, 0, headings.size() - 1).merge();
            for (int c = 0; c < headings.size(); c++) {
                sheet.value(1, c, headings.get(c));
            }
            for (int r = 0; r < rows.size(); r++) {
                for (int c = 0; c < rows.get(r).size(); c++) {
                    switch (rows.get(r).get(c)) {
                        case LocalDate day -> {
                            sheet.value(r + 2, c, day);
                            sheet.style(r + 2, c).format("yyyy/m/d").set();
                        }
                        case Number number -> sheet.value(r + 2, c, number);
                        case Object text -> sheet.value(r + 2, c, text.toString());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** So many findings, no two the same, each of a unit of the list. */
    public static byte[] findings(int count, List<String> units) {
        List<List<Object>> rows = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(List.of(
                    "第" + (i + 1) + "号",
                    "第" + (i + 1) + "处雨污管网错接混接，汛期溢流",
                    "现场检查发现第" + (i + 1) + "处检查井内污水进入雨水管，需查明来源、改接并复核水质。",
                    "生态环保督察",
                    units.get(i % units.size()),
                    units.get((i + 1) % units.size()),
                    LocalDate.of(2099, 1 + i % 12, 1 + i % 28),
                    "排查、改接、复核"));
        }
        return of(List.of("编号", "反馈问题", "问题描述", "问题来源", "整改责任单位", "配合单位", "整改时限", "整改措施"), rows);
    }
}
