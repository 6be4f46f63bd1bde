package org.luoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadCommandTest {
    private static final String REPORT = """
            青禾县政府工作报告
            ——2026年1月8日在青禾县第十八届人民代表大会第五次会议上
            青禾县人民政府县长　王明
            各位代表：
            一、2025年工作回顾
            过去一年，全县生产总值增长6%，新建农村公路35公里。
            二、2026年工作安排
            （一）扩大有效投资。全年完成固定资产投资80亿元以上，新开工亿元以上项目20个。
            （二）办好民生实事。新建城区小学2所，新增学位1800个；8月底前完成老旧小区改造12个𠮷。
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeReport() throws IOException {
        Files.writeString(folder.resolve("报告.txt"), REPORT);
    }

    private int read(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("read"));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true), false);
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    private static List<Row> rows(Path xlsx) throws IOException {
        try (InputStream in = Files.newInputStream(xlsx);
                ReadableWorkbook workbook = new ReadableWorkbook(in)) {
            return workbook.getFirstSheet().read();
        }
    }

    @Test
    void writesTheTableOfOneReport() throws IOException {
        assertThat(read(at("报告.txt"), "--out", at("任务分解表.xlsx"))).isZero();
        List<Row> rows = rows(at("任务分解表.xlsx"));
        assertThat(rows.getFirst().getCellText(0)).isEqualTo("青禾县2026年《政府工作报告》目标任务分解表");
        assertThat(rows).anyMatch(row -> row.getCellText(1).contains("新建城区小学2所"));
        assertThat(rows).noneMatch(row -> row.getCellText(1).contains("农村公路35公里"));
        assertThat(err.toString()).contains("失败 0 份");
        try (var files = Files.list(folder)) {
            assertThat(files).as("no draft is left").hasSize(2);
        }
    }

    @Test
    void writesTheGoodFilesAndNamesTheBadOnesWithTheirReason() throws IOException {
        Files.write(at("空.docx"), new byte[0]);
        Files.write(at("坏.docx"), new byte[] {'P', 'K', 3, 4, 9, 9, 9});
        Files.writeString(at("第二份.txt"), REPORT.replace("1800", "2400"));
        int status = read(at("报告.txt"), at("空.docx"), at("坏.docx"), at("没有.docx"), at("第二份.txt"), "-o", at("全部.xlsx"));
        assertThat(status).isEqualTo(1);
        assertThat(err.toString().lines())
                .anyMatch(line -> line.contains("空.docx") && line.contains("空的"))
                .anyMatch(line -> line.contains("坏.docx") && line.contains("损坏"))
                .anyMatch(line -> line.contains("没有.docx") && line.contains("无法打开"))
                .anyMatch(line -> line.contains("失败 3 份"));
        List<Row> rows = rows(at("全部.xlsx"));
        assertThat(rows)
                .anyMatch(row -> row.getCellText(1).contains("1800")
                        && row.getCellText(7).startsWith("报告"));
        assertThat(rows)
                .anyMatch(row -> row.getCellText(1).contains("2400")
                        && row.getCellText(7).startsWith("第二份"));
    }

    @Test
    void listsTheSameFileOnceAndSaysSo() throws IOException {
        Files.writeString(at("副本.txt"), REPORT);
        assertThat(read(at("报告.txt"), at("副本.txt"), "-o", at("t.csv"), "--json", at("json")))
                .isZero();
        assertThat(err.toString()).contains("副本.txt").contains("内容相同");
        assertThat(Files.readString(at("t.csv")).split("新建城区小学2所", -1)).hasSize(2);
        assertThat(at("json").resolve("副本.json")).exists();
    }

    @Test
    void writesTheLabelledFormWithOffsetsInCodePoints() throws IOException {
        assertThat(read(at("报告.txt"), "--json", at("json"))).isZero();
        JsonNode json = JsonMapper.shared().readTree(Files.readString(at("json").resolve("报告.json")));
        int[] text = REPORT.codePoints().toArray();
        assertThat(json.get("segments")).isNotEmpty();
        for (JsonNode segment : json.get("segments")) {
            int start = segment.get("start").asInt();
            int end = segment.get("end").asInt();
            String words = new String(text, start, end - start);
            assertThat(words).isEqualTo(words.strip()).isNotEmpty();
            assertThat(segment.get("label").asString()).isIn("past", "commit", "talk");
        }
        JsonNode last = json.get("segments").get(json.get("segments").size() - 1);
        assertThat(new String(
                        text,
                        last.get("start").asInt(),
                        last.get("end").asInt() - last.get("start").asInt()))
                .endsWith("𠮷");
        assertThat(json.get("figures")).isNotEmpty().allSatisfy(figure -> {
            assertThat(figure.propertyNames())
                    .contains(
                            "start",
                            "end",
                            "kind",
                            "indicator",
                            "op",
                            "value",
                            "value2",
                            "unit",
                            "basis",
                            "masked",
                            "time",
                            "due");
            assertThat(figure.get("op").asString()).isIn(">=", "<=", "=", "<", ">", "range");
        });
        assertThat(json.get("commitments")).isNotEmpty();
    }

    @Test
    void writesATableOfEachFileIntoAFolder() throws IOException {
        Files.writeString(at("第二份.txt"), REPORT.replace("1800", "2400"));
        Files.createDirectories(at("表"));
        assertThat(read(at("报告.txt"), at("第二份.txt"), "-o", at("表"))).isZero();
        assertThat(rows(at("表").resolve("报告.xlsx")))
                .anyMatch(row -> row.getCellText(1).contains("1800"));
        assertThat(rows(at("表").resolve("第二份.xlsx")))
                .anyMatch(row -> row.getCellText(1).contains("2400"));
    }

    @Test
    void refusesToOverwriteAnInput() throws IOException {
        Files.writeString(at("a.json"), REPORT);
        assertThat(read(at("a.json"), "--json", folder)).isEqualTo(2);
        assertThat(read(at("a.json"), "--out", folder.resolve("x/../a.json"))).isEqualTo(2);
        assertThat(Files.readString(at("a.json"))).isEqualTo(REPORT);
        assertThat(err.toString()).contains("不会覆盖");
    }

    @Test
    void leavesNoTableWhereNothingCouldBeRead() throws IOException {
        Files.write(at("空.docx"), new byte[0]);
        assertThat(read(at("空.docx"), "-o", at("t.xlsx"))).isEqualTo(1);
        assertThat(at("t.xlsx")).doesNotExist();
    }

    @Test
    void answersAWrongCallWithStatus2() {
        assertThat(read()).isEqualTo(2);
        assertThat(read(at("报告.txt"), "--out", "t.pdf")).isEqualTo(2);
        assertThat(err.toString()).contains(".xlsx、.docx、.json");
        assertThat(read(at("报告.txt"), "--duties", at("没有.yaml"))).isEqualTo(2);
    }

    @Test
    void speaksEnglishWhereAsked() throws IOException {
        Files.write(at("a.docx"), new byte[0]);
        assertThat(read(at("a.docx"), "--lang", "en")).isEqualTo(1);
        assertThat(err.toString()).contains("a.docx: The file is empty").doesNotContainPattern("\\p{IsHan}");
    }

    @Test
    void printsTheTasksWhereNoFileIsAskedFor() {
        assertThat(read(at("报告.txt"))).isZero();
        assertThat(out.toString().lines()).anyMatch(line -> line.matches("\\d+\t.*新建城区小学2所.*"));
    }

    @Test
    void drawsNoBarWhereStandardErrorIsNoTerminal() throws IOException {
        List<Object> files = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Files.writeString(at("r" + i + ".txt"), REPORT + "第" + i + "份。");
            files.add(at("r" + i + ".txt"));
        }
        files.addAll(List.of("-o", at("t.csv")));
        assertThat(read(files.toArray())).isZero();
        assertThat(err.toString()).doesNotContain("\r").doesNotContain("\u001b").contains("20/20");
        assertThat(new String(Files.readAllBytes(at("t.csv")), StandardCharsets.UTF_8).split("新建城区小学2所", -1))
                .hasSize(21);
    }
}
