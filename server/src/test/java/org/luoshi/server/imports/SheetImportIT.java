package org.luoshi.server.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luoshi.server.ServerTest;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.InventedSheet;
import org.luoshi.server.matters.Types;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

class SheetImportIT extends ServerTest {
    private static final List<String> HEADINGS = List.of("序号", "反馈问题", "问题来源", "整改责任单位", "配合单位", "整改时限", "反映人");

    @Autowired
    MockMvc web;

    @Autowired
    SheetImports imports;

    @Autowired
    JdbcClient sql;

    @Autowired
    Journal journal;

    @Autowired
    Types types;

    @Autowired
    ApplicationContext context;

    @BeforeEach
    void load() {
        types.load();
    }

    private long take(byte[] file) throws Exception {
        return imports.take(county.user("clerk"), "rectification", "清单.xlsx", new ByteArrayInputStream(file));
    }

    private SheetImport find(long id) {
        return imports.find(id).orElseThrow();
    }

    private SheetImport run(long id, boolean whole) throws Exception {
        imports.begin(county.user("clerk"), id, find(id).version(), whole);
        return await(id);
    }

    private SheetImport await(long id) throws InterruptedException {
        Instant until = Instant.now().plus(Duration.ofSeconds(30));
        while (find(id).state().isAtWork() && Instant.now().isBefore(until)) {
            Thread.sleep(50);
        }
        return find(id);
    }

    private List<List<Object>> rows(String prefix) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(1, prefix + "路面破损", "审计", "县交通局", "县住建局、县民政局", LocalDate.of(2099, 3, 31), ""));
        rows.add(List.of("一、住房保障"));
        rows.add(List.of(2, prefix + "保障房漏水", "巡视巡察", "县住建局", "", "2099年6月底前", "群众李四"));
        rows.add(List.of(3, prefix + "台账不全", "审计", "县住建", "", "2099-02-30", ""));
        rows.add(List.of(4, "=cmd|' /C calc'!A0" + prefix, "审计", "县教育局", "", "2099.7.1", ""));
        return rows;
    }

    private Map<String, Object> matter(String title) {
        return sql.sql("select * from matter where title = :title")
                .param("title", title)
                .query()
                .singleRow();
    }

    @Test
    void matchesTheColumnsAndSaysOfEachRowWhatToMend() throws Exception {
        long id = take(InventedSheet.of(HEADINGS, rows("甲")));

        SheetImport taken = find(id);
        assertThat(taken.head()).isEqualTo(2);
        assertThat(taken.matching().columns())
                .containsExactlyInAnyOrderEntriesOf(new TreeMap<>(
                        Map.of(0, "item", 1, "title", 2, "origin", 3, "lead", 4, "joint", 5, "due", 6, "reporter")));
        Look look = imports.look(taken);
        assertThat(look.of(Look.Kind.FRESH)).extracting(row -> row.line().row()).containsExactly(3, 5, 7);
        assertThat(look.of(Look.Kind.BLANK)).extracting(row -> row.line().row()).containsExactly(4);
        assertThat(look.of(Look.Kind.FAULTY)).singleElement().satisfies(row -> {
            assertThat(row.line().row()).isEqualTo(6);
            assertThat(row.faults())
                    .extracting(fault -> fault.key())
                    .containsExactlyInAnyOrder("imports.problem.unit", "imports.problem.no-such-day");
        });
        assertThat(look.unknown()).containsOnlyKeys("unit:县住建");
        String page = web.perform(get("/imports/" + id).with(user(county.user("clerk"))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page)
                .contains("没有叫“县住建”的单位", "没有“2099-02-30”这一天", "只导入没有问题的 3 行")
                .doesNotContain("李四");
        assertThat(page.indexOf("县住房和城乡建设局")).as("the most alike first").isLessThan(page.indexOf("县发展和改革委员会"));
    }

    @Test
    void bringsInAllOrNothingOrTheGoodRowsAndNoneTwice() throws Exception {
        byte[] file = InventedSheet.of(HEADINGS, rows("乙"));
        SheetImport whole = run(take(file), true);
        assertThat(whole.state()).isEqualTo(SheetImport.State.DRAFT);
        assertThat(whole.failure()).isNotNull();
        assertThat(sql.sql("select count(*) from matter where title like '乙%'")
                        .query(Integer.class)
                        .single())
                .isZero();

        SheetImport good = run(whole.id(), false);
        assertThat(good.state()).isEqualTo(SheetImport.State.DONE);
        assertThat(good.made() + good.known()).isEqualTo(3);
        assertThat(good.leftOut()).isEqualTo(1);
        assertThat(matter("乙路面破损"))
                .containsEntry("lead", county.unit("transport"))
                .containsEntry("state", "listed")
                .containsEntry("due", java.sql.Date.valueOf("2099-03-31"));
        assertThat(matter("乙保障房漏水")).containsEntry("due", java.sql.Date.valueOf("2099-06-30"));

        // The mended list as a whole, a day later: what came in stays as it is, the mended row is added.
        List<List<Object>> mended = rows("乙");
        mended.set(3, List.of(3, "乙台账不全", "审计", "县住建局", "", "2099-02-28", ""));
        SheetImport again = run(take(InventedSheet.of(HEADINGS, mended)), true);
        assertThat(again.failure()).isNull();
        assertThat(again.made()).isEqualTo(1);
        assertThat(again.known()).isEqualTo(3);
        assertThat(sql.sql("select count(*) from matter where title like '乙%'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
        assertThat(journal.listBrokenStreams()).isEmpty();
        long matter = sql.sql("select id from matter where title = '乙路面破损'")
                .query(Long.class)
                .single();
        assertThat(journal.listEntries("matter:" + matter, 1)
                        .getFirst()
                        .details()
                        .path("row")
                        .asInt())
                .isEqualTo(3);
        // A unit hears once of all that came for it.
        assertThat(sql.sql("""
                                select count(*) from message g join account a on a.id = g.account
                                where a.login = 'mover' and g.kind = 'imported'""").query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    void takesTheListOfTheNextYearForNewThoughItNumbersAndWordsMuchAlike() throws Exception {
        List<Object> first = List.of(1, "庚完成高标准农田建设3万亩", "审计", "县住建局", "", "2099-12-31", "");
        run(take(InventedSheet.of(HEADINGS, List.of(first))), true);
        sql.sql("""
                        update matter set year = 2020, ended = true, closed_at = '2020-12-20'
                        where title = '庚完成高标准农田建设3万亩'""").update();

        List<Object> next = List.of(1, "庚完成高标准农田建设5万亩", "审计", "县住建局", "", "2099-12-31", "");
        SheetImport made = run(take(InventedSheet.of(HEADINGS, List.of(next))), true);
        assertThat(made.made()).isEqualTo(1);
        SheetImport again = run(take(InventedSheet.of(HEADINGS, List.of(next))), true);
        assertThat(again.made()).isZero();
        assertThat(again.known()).isEqualTo(1);
        // Word for word the same, but due after the old one had ended.
        assertThat(run(take(InventedSheet.of(HEADINGS, List.of(first))), true).made())
                .isEqualTo(1);
        assertThat(run(take(InventedSheet.of(HEADINGS, List.of(first))), true).known())
                .isEqualTo(1);
    }

    @Test
    void remembersWhatANameMeans() throws Exception {
        List<List<Object>> rows = List.of(List.of(9, "丙屋面渗漏", "审计", "住建口", "", "2099-05-01", ""));
        long id = take(InventedSheet.of(HEADINGS, rows));
        web.perform(post("/imports/" + id + "/match")
                        .param("version", "1")
                        .param("column-1", "title")
                        .param("column-2", "origin")
                        .param("column-3", "lead")
                        .param("column-5", "due")
                        .param("name", "unit:住建口")
                        .param("means", Long.toString(county.unit("housing")))
                        .with(user(county.user("clerk")))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection());
        assertThat(run(id, true).made()).isEqualTo(1);
        assertThat(matter("丙屋面渗漏")).containsEntry("lead", county.unit("housing"));

        List<List<Object>> more = List.of(List.of(10, "丙外墙脱落", "审计", "住建口", "", "2099-05-01", ""));
        SheetImport next = find(take(InventedSheet.of(HEADINGS, more)));
        assertThat(next.matching().columns())
                .as("columns as they were matched before")
                .hasSize(4);
        assertThat(imports.look(next).count(Look.Kind.FRESH)).isEqualTo(1);
    }

    @Test
    void takesADeadlineThatIsOverOnlyWhenTold() throws Exception {
        List<List<Object>> rows = List.of(List.of(1, "丁旧账未清", "审计", "县教育局", "", LocalDate.of(2024, 6, 30), ""));
        long id = take(InventedSheet.of(HEADINGS, rows));
        assertThat(imports.look(find(id)).of(Look.Kind.FAULTY).getFirst().faults())
                .extracting(fault -> fault.key())
                .containsExactly("matters.fault.due-past");

        SheetImport.Matching as = find(id).matching();
        imports.match(
                county.user("clerk"),
                id,
                1,
                new SheetImport.Matching(as.columns(), as.names(), as.headings(), true, false, null));
        run(id, true);

        assertThat(matter("丁旧账未清"))
                .containsEntry("due", java.sql.Date.valueOf("2024-06-30"))
                .containsEntry("light", "red");
    }

    @Test
    void spreadsMergedCellsAndKeepsWhatFormulasLastSaid() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XSSFWorkbook book = new XSSFWorkbook()) {
            var sheet = book.createSheet();
            String[] head = {"反馈问题", "问题来源", "整改责任单位", "整改时限"};
            Row first = sheet.createRow(0);
            for (int c = 0; c < head.length; c++) {
                first.createCell(c).setCellValue(head[c]);
            }
            for (int r = 1; r <= 3; r++) {
                Row row = sheet.createRow(r);
                row.createCell(0).setCellFormula("\"戊问题\"&" + r);
                row.createCell(1).setCellValue("审计");
                row.createCell(3).setCellValue("2099年12月31日前");
            }
            sheet.getRow(1).createCell(2).setCellValue("县民政局");
            sheet.addMergedRegion(new CellRangeAddress(1, 3, 2, 2));
            book.getCreationHelper().createFormulaEvaluator().evaluateAll();
            book.write(out);
        }
        assertThat(run(take(out.toByteArray()), true).made()).isEqualTo(3);
        assertThat(matter("戊问题3")).containsEntry("lead", county.unit("civil"));
    }

    @Test
    void handsTheRowsToMendBackAsTextNotAsFormulas() throws Exception {
        List<List<Object>> rows = List.of(List.of(1, "=1+1", "审计", "不存在的单位", "", "2099-05-01", ""));
        long id = take(InventedSheet.of(HEADINGS, rows));

        byte[] file = web.perform(get("/imports/" + id + "/faulty.xlsx").with(user(county.user("clerk"))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();

        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(file))) {
            Row row = book.getSheetAt(0).getRow(3);
            assertThat(row.getCell(0).getStringCellValue()).contains("第 3 行", "没有叫“不存在的单位”的单位");
            assertThat(row.getCell(2).getCellType()).isEqualTo(org.apache.poi.ss.usermodel.CellType.STRING);
            assertThat(row.getCell(2).getStringCellValue()).isEqualTo("=1+1");
        }
    }

    @Test
    void refusesWhatIsNoListWithASentence() throws Exception {
        assertThatThrownBy(() -> take(new byte[0])).hasMessageContaining("imports.refused.empty-file");
        assertThatThrownBy(() -> take("我是文本".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("imports.refused.none");
        assertThatThrownBy(() -> take(new byte[] {
                    (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1, 0
                }))
                .hasMessageContaining("imports.refused.old");
        assertThatThrownBy(() ->
                        take(changed("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>")))
                .hasMessageContaining("imports.refused.entities");
        assertThatThrownBy(() -> take(changed("xl/vbaProject.bin", "x")))
                .hasMessageContaining("imports.refused.macros");
        byte[] half = InventedSheet.findings(50, List.of("县教育局"));
        assertThatThrownBy(() -> take(java.util.Arrays.copyOf(half, half.length / 2)))
                .isInstanceOf(Refused.class);
        String page = web.perform(multipart("/imports")
                        .file(new MockMultipartFile(
                                "file", "会议纪要.xlsx", "text/plain", "abc".getBytes(StandardCharsets.UTF_8)))
                        .param("type", "to-do")
                        .with(user(county.user("clerk")))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("文件“会议纪要.xlsx”不是 .xlsx 表格");
    }

    /** A proper list with one more part, or one part begun with something else. */
    private static byte[] changed(String part, String content) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path file = Files.createTempFile("list", ".xlsx");
        Files.write(file, InventedSheet.findings(1, List.of("县教育局")));
        try (ZipFile in = new ZipFile(file.toFile());
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals(part)) {
                    zip.write(content.getBytes(StandardCharsets.UTF_8));
                }
                zip.write(in.getInputStream(entry).readAllBytes());
            }
            if (in.getEntry(part) == null) {
                zip.putNextEntry(new ZipEntry(part));
                zip.write(content.getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(file);
        }
        return out.toByteArray();
    }

    @Test
    void isForTheOfficeAlone() throws Exception {
        long id = take(InventedSheet.of(HEADINGS, rows("己")));
        for (String login : List.of("handler", "head", "reader", "admin", "stranger")) {
            for (String address : List.of("/imports", "/imports/" + id, "/imports/" + id + "/faulty.xlsx")) {
                web.perform(get(address).with(user(county.user(login)))).andExpect(status().isForbidden());
            }
            web.perform(post("/imports/" + id + "/run")
                            .param("version", "1")
                            .param("whole", "false")
                            .with(user(county.user(login)))
                            .with(csrf()))
                    .andExpect(status().isForbidden());
        }
    }

    @Test
    void aSecondClickAndASecondPersonFindItDone() throws Exception {
        long id = take(InventedSheet.of(HEADINGS, rows("庚")));
        imports.begin(county.user("clerk"), id, 1, false);
        imports.begin(county.user("clerk"), id, 1, false);
        assertThatThrownBy(() -> imports.match(
                        county.user("second"),
                        id,
                        1,
                        Objects.requireNonNull(find(id)).matching()))
                .isInstanceOf(Refused.class);
        Instant until = Instant.now().plus(Duration.ofSeconds(30));
        while (find(id).state() == SheetImport.State.RUNNING && Instant.now().isBefore(until)) {
            Thread.sleep(50);
        }
        assertThat(sql.sql("select count(*) from matter where title = '庚路面破损'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void takesALongListInChunks() throws Exception {
        double seconds = ImportTimes.seconds(context, "clerk", List.of("县教育局", "县民政局"), 1_234);
        assertThat(seconds).isPositive();
        assertThat(sql.sql("select count(distinct number) from matter where title like '第%处雨污%'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1_234);
        assertThat(journal.listBrokenStreams()).isEmpty();
    }

    @Test
    void tellsTheSameNumberOfAnotherListApart() throws Exception {
        List<String> headings = List.of("编号", "反馈问题", "问题来源", "整改责任单位", "整改时限");
        assertThat(run(
                                take(InventedSheet.of(
                                        headings, List.of(List.of("1", "辛河道淤积未清", "审计", "县住建局", "2099-05-01")))),
                                true)
                        .made())
                .isEqualTo(1);

        SheetImport other = run(
                take(InventedSheet.of(
                        headings,
                        List.of(
                                List.of("1", "辛校舍消防通道堵塞", "审计", "县教育局", "2099-05-01"),
                                List.of("2", "辛桥梁护栏锈蚀", "审计", "县交通局", "2099-05-01")))),
                true);
        assertThat(other.made())
                .as("number 1 of another list is another finding")
                .isEqualTo(2);

        SheetImport mended = run(
                take(InventedSheet.of(headings, List.of(List.of("1", "辛河道淤积尚未清", "审计", "县住建局", "2099-05-01")))), true);
        assertThat(mended.made()).as("a mended title is the same finding").isZero();
        assertThat(mended.state()).isIn(SheetImport.State.DONE);

        SheetImport another = run(
                take(InventedSheet.of(headings, List.of(List.of("1", "辛河道淤积未清完", "审计", "县民政局", "2099-05-01")))), true);
        assertThat(another.made())
                .as("an alike finding of another unit is another one")
                .isEqualTo(1);
    }

    @Test
    void takesAMeaningBack() throws Exception {
        List<List<Object>> rows = List.of(List.of(9, "壬屋面渗漏", "审计", "住建片", "", "2099-05-01", ""));
        long id = take(InventedSheet.of(HEADINGS, rows));
        SheetImport.Matching as = find(id).matching();
        imports.match(
                county.user("clerk"),
                id,
                1,
                new SheetImport.Matching(
                        as.columns(),
                        Map.of("unit:住建片", Long.toString(county.unit("education"))),
                        as.headings(),
                        false,
                        false,
                        null));
        assertThat(page(id)).contains("“住建片”是指 县教育局");
        web.perform(post("/imports/" + id + "/match")
                        .param("version", "2")
                        .param("column-1", "title")
                        .param("column-2", "origin")
                        .param("column-3", "lead")
                        .param("column-4", "lead")
                        .param("column-5", "due")
                        .param("forget", "unit:住建片")
                        .with(user(county.user("clerk")))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection());
        assertThat(page(id)).contains("没有叫“住建片”的单位").doesNotContain("是指 县教育局");
        assertThat(find(id).matching().columns())
                .as("the first of two keeps it")
                .containsEntry(3, "lead")
                .doesNotContainKey(4);
    }

    @Test
    void takesBackWhatNobodyTouched() throws Exception {
        byte[] file = InventedSheet.of(HEADINGS, rows("戊"));
        SheetImport done = run(take(file), false);
        long worked = sql.sql("select id from matter where title = '戊保障房漏水'")
                .query(Long.class)
                .single();
        sql.sql("update matter set version = version + 1 where id = " + worked).update();
        assertThat(page(done.id())).contains("撤回 2 件");

        undo("handler", done, "传错了表").andExpect(status().isForbidden());
        undo("clerk", done, " ").andExpect(status().isUnprocessableContent());
        undo("clerk", done, "传错了表").andExpect(status().is3xxRedirection());
        undo("second", done, "传错了表").andExpect(status().isConflict());
        SheetImport undone = await(done.id());

        assertThat(undone.state()).isEqualTo(SheetImport.State.UNDONE);
        assertThat(undone.undone()).isEqualTo(2);
        assertThat(matter("戊路面破损")).containsEntry("state", "cancelled");
        assertThat(matter("戊保障房漏水")).containsEntry("state", "listed");
        assertThat(page(done.id())).contains("已撤回 2 件", "1 件已有人办理").doesNotContain("撤回这次导入");
        assertThat(sql.sql("""
                                select count(*) from message g join account a on a.id = g.account
                                where a.login = 'mover' and g.kind = 'import-undone'""").query(Integer.class).single()).isEqualTo(1);
        assertThat(journal.listBrokenStreams()).isEmpty();

        SheetImport again = run(take(file), false);
        assertThat(again.made()).as("what was taken back comes in anew").isEqualTo(2);
        assertThat(again.known()).isEqualTo(1);
    }

    private ResultActions undo(String login, SheetImport of, String reason) throws Exception {
        return web.perform(post("/imports/" + of.id() + "/undo")
                .param("version", Integer.toString(of.version()))
                .param("reason", reason)
                .with(user(county.user(login)))
                .with(csrf()));
    }

    private String page(long id) throws Exception {
        return web.perform(get("/imports/" + id).with(user(county.user("clerk"))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void keepsPersonalFieldsMaskedOnThePageOfWhatWasLeftOut() throws Exception {
        List<List<Object>> rows = List.of(
                List.of(1, "癸信访积案", "巡视巡察", "县民政局", "", "2099-05-01", "群众王某"),
                List.of(2, "癸另一件", "巡视巡察", "没有的单位", "", "2099-05-01", "群众陈某"));
        SheetImport done = run(take(InventedSheet.of(HEADINGS, rows)), false);
        assertThat(done.leftOut()).isEqualTo(1);
        assertThat(page(done.id())).contains("癸另一件").doesNotContain("陈某", "王某");
    }

    @Test
    void readsANumberThatWouldFillTheMemoryAsNoNumber() throws Exception {
        List<String> headings = List.of("反馈问题", "问题来源", "整改责任单位", "整改时限", "涉及金额");
        for (String evil : List.of("1E999999999", "1E-999999999", "1E999999999元", "9".repeat(5000))) {
            Look look = imports.look(
                    find(take(InventedSheet.of(headings, List.of(List.of("甲乙丙", "审计", "县民政局", "2099-05-01", evil))))));
            assertThat(look.of(Look.Kind.FAULTY)).as(evil.substring(0, 5)).hasSize(1);
        }
    }
}
