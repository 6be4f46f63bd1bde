package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

class ExportIT extends MatterTest {
    @Autowired
    MockMvc web;

    private byte[] file(String login, String address) throws Exception {
        return web.perform(get(address).with(user(county.user(login))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
    }

    private static List<String> cells(byte[] xlsx) throws Exception {
        List<String> texts = new ArrayList<>();
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(xlsx))) {
            for (Row row : book.getSheetAt(0)) {
                for (Cell cell : row) {
                    assertThat(cell.getCellType()).isIn(CellType.STRING, CellType.BLANK);
                    texts.add(cell.toString());
                }
            }
        }
        return texts;
    }

    @Test
    void writesTheColumnsOfTheTypeAndNoFormula() throws Exception {
        create(
                "clerk",
                "rectification",
                Map.of(
                        "title",
                        "=cmd|' /C calc'!A0",
                        "origin",
                        "audit",
                        "lead",
                        unit("housing"),
                        "due",
                        "2099-01-31",
                        "reporter",
                        "群众李四",
                        "batch",
                        "第一批"));

        List<String> cells = cells(file("clerk", "/matters/export.xlsx?type=rectification"));

        assertThat(cells).contains("原清单序号", "批次", "=cmd|' /C calc'!A0", "审计", "第一批", "2099-01-31", "未核实");
        assertThat(cells).noneMatch(text -> text.contains("李四"));
        assertThat(cells(file("stranger", "/matters/export.xlsx?type=rectification")))
                .noneMatch(text -> text.contains("calc"));
    }

    @Test
    void countsADutyAsTheListBehindItShows() throws Exception {
        create("clerk", "to-do", Map.of("title", "巷道照明", "lead", unit("transport"), "due", "2098-01-31"));
        create("clerk", "to-do", Map.of("title", "巷道划线", "lead", unit("transport"), "due", "2098-01-31"));
        create(
                "clerk",
                "target-task",
                Map.of("title", "巷道绿化", "lead", unit("transport"), "due", "2098-01-31", "joint", unit("housing")));
        String duties = page("/matters?view=duties&type=to-do&q=巷道");

        Matcher figure = Pattern.compile("href=\"(/matters\\?[^\"]*part=own-lead[^\"]*)\">2<")
                .matcher(duties);
        assertThat(figure.find()).as(duties).isTrue();
        String address = figure.group(1).replace("&amp;", "&");
        assertThat(address).contains("type=to-do", "q=", "unit=" + unit("transport"));
        assertThat(page(URLDecoder.decode(address, StandardCharsets.UTF_8)))
                .contains(">2 件<", "巷道照明", "巷道划线")
                .doesNotContain("巷道绿化");
        assertThat(page("/matters?q=巷道&part=own-joint&unit=" + unit("housing")))
                .contains("巷道绿化")
                .doesNotContain("巷道照明", "巷道划线");

        assertThat(cells(file("clerk", "/matters/export.xlsx?view=duties&type=to-do&q=巷道")))
                .contains("单位", "牵头", "县交通运输局", "2")
                .doesNotContain("巷道照明", "编号");
        assertThat(cells(file("clerk", "/matters/export.xlsx?view=results"))).contains("成效", "办结");
    }

    private String page(String address) throws Exception {
        return new String(file("clerk", address), StandardCharsets.UTF_8);
    }

    @Test
    void keepsTheOrderOfASavedView() throws Exception {
        web.perform(post("/matters/views")
                        .with(user(county.user("clerk")))
                        .with(csrf())
                        .param("name", "按期限")
                        .param("type", "to-do")
                        .param("sort", "due")
                        .param("dir", "asc"))
                .andExpect(status().is3xxRedirection());

        assertThat(page("/matters?type=to-do&sort=due&dir=asc")).containsPattern("aria-current=\"page\"\\s*>按期限<");
        assertThat(page("/matters?type=to-do")).doesNotContainPattern("aria-current=\"page\"\\s*>按期限<");
    }

    @Test
    void exportsInTheOrderOfTheListFromWhoseLinkItComes() throws Exception {
        create("clerk", "to-do", Map.of("title", "桥栏甲", "lead", unit("housing"), "due", "2097-03-31"));
        create("clerk", "to-do", Map.of("title", "桥栏乙", "lead", unit("housing"), "due", "2097-01-31"));
        create("clerk", "to-do", Map.of("title", "桥栏丙", "lead", unit("housing"), "due", "2097-02-28"));

        for (String dir : List.of("asc", "desc")) {
            String list = page("/matters?type=to-do&q=桥栏&sort=due&dir=" + dir);
            Matcher link =
                    Pattern.compile("href=\"(/matters/export\\.xlsx[^\"]*)\"").matcher(list);
            assertThat(link.find()).as(list).isTrue();
            String address = URLDecoder.decode(link.group(1).replace("&amp;", "&"), StandardCharsets.UTF_8);
            List<String> order = List.of("桥栏乙", "桥栏丙", "桥栏甲");
            assertThat(cells(file("clerk", address)).stream().filter(text -> text.startsWith("桥栏")))
                    .containsExactlyElementsOf(dir.equals("asc") ? order : order.reversed());
        }
    }

    @Test
    void writesATableOfWordAsOfADay() throws Exception {
        create("clerk", "to-do", Map.of("title", "报名册", "lead", unit("housing"), "due", "2099-01-31"));

        try (XWPFDocument document =
                        new XWPFDocument(new ByteArrayInputStream(file("clerk", "/matters/export.docx?type=to-do")));
                XWPFWordExtractor text = new XWPFWordExtractor(document)) {
            assertThat(text.getText()).contains("报名册").contains("县住房和城乡建设局");
        }
        try (XWPFDocument before = new XWPFDocument(
                        new ByteArrayInputStream(file("clerk", "/matters/export.docx?type=to-do&on=2001-01-01")));
                XWPFWordExtractor text = new XWPFWordExtractor(before)) {
            assertThat(text.getText()).doesNotContain("报名册").contains("截至 2001-01-01");
        }
    }
}
