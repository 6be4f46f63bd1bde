package org.luoshi.writing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;

class TaskTablesTest {
    private static TaskRow row(int number, String task, String targets) {
        return new TaskRow(number, task, targets, "2026年6月底前", "王明", "县教育局", "县财政局、县住房城乡建设局", "二（一）", "");
    }

    private static TaskTable table(Iterable<TaskRow> rows) {
        return new TaskTable("青禾县2026年《政府工作报告》目标任务分解表", "青禾县政府督查室", LocalDate.of(2026, 1, 20), TaskTable.USUAL, rows);
    }

    private static byte[] write(TaskTable table, TableFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TaskTables.write(table, format, out);
        return out.toByteArray();
    }

    private static final List<TaskRow> ROWS = List.of(
            row(1, "新建城区小学2所，新增学位1800个", "新增学位≥1800个"),
            row(2, "=HYPERLINK(\"x\")", "-5%"),
            row(3, "引号\"与逗号,\n换行 <b>&", "\u0007铃"));

    @Test
    void docxHasTitleRepeatedHeadingAndEveryRow() throws IOException {
        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(write(table(ROWS), TableFormat.DOCX)))) {
            assertThat(document.getParagraphs().getFirst().getText()).isEqualTo("青禾县2026年《政府工作报告》目标任务分解表");
            assertThat(document.getParagraphs().get(1).getText()).isEqualTo("编制单位：青禾县政府督查室　　编制日期：2026年1月20日");
            XWPFTable table = document.getTables().getFirst();
            assertThat(table.getRow(0).isRepeatHeader()).isTrue();
            assertThat(table.getRow(1).isCantSplitRow()).isTrue();
            assertThat(table.getRow(0).getTableCells())
                    .extracting(c -> c.getText())
                    .containsExactly("序号", "目标任务", "目标值", "完成时限", "牵头领导", "牵头单位", "配合单位", "来源");
            assertThat(table.getNumberOfRows()).isEqualTo(4);
            assertThat(table.getRow(1).getCell(1).getText()).isEqualTo("新建城区小学2所，新增学位1800个");
            assertThat(table.getRow(3).getCell(1).getText()).contains("<b>&");
            assertThat(table.getRow(3).getCell(2).getText()).isEqualTo("铃");
            assertThat(document.getFooterList()).hasSize(2);
            var page = document.getDocument().getBody().getSectPr().getPgSz();
            assertThat(page.getOrient().toString()).isEqualTo("landscape");
            var run = table.getRow(1)
                    .getCell(1)
                    .getParagraphs()
                    .getFirst()
                    .getRuns()
                    .getFirst();
            assertThat(run.getFontFamily(org.apache.poi.xwpf.usermodel.XWPFRun.FontCharRange.eastAsia))
                    .isEqualTo("仿宋_GB2312");
            assertThat(run.getFontFamily(org.apache.poi.xwpf.usermodel.XWPFRun.FontCharRange.cs))
                    .isNotNull();
        }
    }

    @Test
    void xlsxHoldsTextAsTextAndKeepsItsHeadingInSight() throws IOException {
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(write(table(ROWS), TableFormat.XLSX)))) {
            var sheet = workbook.getSheetAt(0);
            assertThat(sheet.getRow(2).getCell(1).getStringCellValue()).isEqualTo("目标任务");
            assertThat(sheet.getRow(3).getCell(0).getNumericCellValue()).isEqualTo(1);
            var formula = sheet.getRow(4).getCell(1);
            assertThat(formula.getCellType()).isEqualTo(CellType.STRING);
            assertThat(formula.getStringCellValue()).isEqualTo("=HYPERLINK(\"x\")");
            assertThat(sheet.getPaneInformation().getHorizontalSplitTopRow()).isEqualTo((short) 3);
            assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).startsWith("A3:H");
            assertThat(sheet.getColumnWidth(1)).isGreaterThan(sheet.getColumnWidth(0));
            assertThat(sheet.getRow(5).getCell(2).getStringCellValue()).isEqualTo("铃");
        }
    }

    @Test
    void csvQuotesByRfc4180AndDisarmsFormulas() throws IOException {
        String csv = new String(write(table(ROWS), TableFormat.CSV), StandardCharsets.UTF_8);
        assertThat(csv).startsWith("\ufeff序号,目标任务,目标值,").contains("\r\n2,\"'=HYPERLINK(\"\"x\"\")\",'-5%,");
        assertThat(csv).contains("\"引号\"\"与逗号,\n换行 <b>&\"").endsWith("\r\n");
        assertThat(TaskTableCsv.field("＝1+1")).isEqualTo("'＝1+1");
        assertThat(TaskTableCsv.field("5%")).isEqualTo("5%");
    }

    @Test
    void jsonHoldsTheRowsByKey() throws IOException {
        String json = new String(write(table(ROWS), TableFormat.JSON), StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith("{\"title\":\"青禾县2026年")
                .contains("\"date\":\"2026-01-20\"")
                .contains("{\"number\":1,\"task\":\"新建城区小学2所，新增学位1800个\",\"targets\":\"新增学位≥1800个\"")
                .contains("引号\\\"与逗号,\\n换行")
                .contains("\\u0007铃");
    }

    @Test
    void aHundredThousandRowsAreWrittenAsTheyCome() throws IOException {
        Iterable<TaskRow> many = rows(100_000);
        for (TableFormat format : TableFormat.values()) {
            Counting out = new Counting();
            TaskTables.write(table(format == TableFormat.DOCX ? rows(20_000) : many), format, out);
            assertThat(out.bytes).as(format.name()).isGreaterThan(100_000);
        }
        try (ReadableWorkbook workbook =
                        new ReadableWorkbook(new ByteArrayInputStream(write(table(many), TableFormat.XLSX)));
                var rows = workbook.getFirstSheet().openStream()) {
            assertThat(rows.count()).isEqualTo(100_003);
        }
    }

    private static Iterable<TaskRow> rows(int count) {
        return () -> IntStream.rangeClosed(1, count)
                .mapToObj(i -> row(i, "第" + i + "项任务", "目标" + i))
                .iterator();
    }

    @Test
    void findsTheFormatByTheNameOfTheFile() {
        assertThat(TableFormat.findByName("任务分解表.XLSX")).contains(TableFormat.XLSX);
        assertThat(TableFormat.findByName("任务分解表")).isEmpty();
        assertThat(TableFormat.findByName("a.pdf")).isEmpty();
    }

    private static final class Counting extends OutputStream {
        long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int from, int length) {
            bytes += length;
        }
    }
}
