package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.database.HouseClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** One month of a county: in time, late, sent back and overdue, and what happened after its end. */
class BulletinIT extends MatterTest {
    private static final String MAY = "from=2031-05-01&to=2031-05-31";

    @Autowired
    MockMvc web;

    @Autowired
    HouseClock clock;

    private <T> T on(String day, Supplier<T> work) {
        return clock.at(Instant.parse(day + "T02:00:00Z"), work);
    }

    private long task(String day, String title, String unit, String due) {
        return on(day, () -> create("clerk", "to-do", Map.of("title", title, "lead", unit(unit), "due", due)));
    }

    private void done(String day, long id, String login) {
        on(day, () -> act(login, id, "answer", "note", "办好了"));
    }

    @BeforeAll
    void aMonth() {
        types.load();
        long inTime = task("2031-04-20", "按期的事", "housing", "2031-05-10");
        done("2031-05-08", inTime, "handler");
        on("2031-05-09", () -> act("clerk", inTime, "confirm"));
        long late = task("2031-04-20", "迟到的事", "housing", "2031-05-10");
        done("2031-05-11", late, "handler");
        on("2031-05-12", () -> act("clerk", late, "bounce", "reason", "缺附件"));
        done("2031-05-13", late, "handler");
        on("2031-05-14", () -> act("clerk", late, "confirm"));
        long overdue = task("2031-05-02", "没办的事", "transport", "2031-05-20");
        done("2031-06-05", overdue, "mover");
        on("2031-06-06", () -> act("clerk", overdue, "confirm"));
        task("2031-06-02", "下月的事", "transport", "2031-07-01");
        // Handed over to another unit after it was sent back; never handed down; suspended: none is transport's
        // overdue.
        on(
                "2031-05-01",
                () -> create(
                        "clerk",
                        "target-task",
                        Map.of("title", "没交办的事", "lead", unit("transport"), "due", "2031-05-05")));
        long held = on(
                "2031-04-01",
                () -> create(
                        "clerk",
                        "target-task",
                        Map.of("title", "挂账的事", "lead", unit("transport"), "due", "2031-05-06")));
        on("2031-04-01", () -> act("clerk", held, "hand-down", "lead", unit("transport"), "due", "2031-05-06"));
        on("2031-04-02", () -> act("mover", held, "sign"));
        on("2031-04-03", () -> act("clerk", held, "suspend", "reason", "等规划"));
    }

    private String page(String login, String address) {
        return page("2031-07-15", login, address);
    }

    private byte[] answer(String day, String login, String address) {
        return on(day, () -> {
            try {
                return web.perform(get(address).with(user(county.user(login))))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private String page(String day, String login, String address) {
        return new String(answer(day, login, address), StandardCharsets.UTF_8);
    }

    private String list(String login, String figure) {
        return page(login, "/bulletins/list?" + MAY + "&figure=" + figure);
    }

    @Test
    void countsAsThingsStoodAtTheEndOfThePeriod() throws Exception {
        String page = page("clerk", "/bulletins?" + MAY);

        assertThat(page).contains("县住建局", "县交通局", "1 ÷ 2 = 50%");
        assertThat(list("clerk", "active")).contains("按期的事", "迟到的事", "没办的事").doesNotContain("下月的事");
        String first = page("clerk", "/bulletins/list?" + MAY + "&figure=active&size=1");
        String second = page("clerk", "/bulletins/list?" + MAY + "&figure=active&size=1&page=2");
        assertThat(first).contains("size=1&amp;page=2");
        assertThat(java.util.stream.Stream.of("按期的事", "迟到的事", "没办的事", "挂账的事").filter(first::contains))
                .hasSize(1)
                .noneMatch(second::contains);
        assertThat(list("clerk", "on-time")).contains("按期的事").doesNotContain("迟到的事", "没办的事");
        assertThat(list("clerk", "late")).contains("迟到的事").doesNotContain("按期的事", "没办的事");
        assertThat(list("clerk", "bounced")).contains("迟到的事").doesNotContain("按期的事");
        // Closed in June: for May it stays overdue, for June it is late.
        assertThat(list("clerk", "overdue")).contains("没办的事").doesNotContain("迟到的事", "没交办的事", "挂账的事");
        assertThat(page("clerk", "/bulletins/list?from=2031-06-01&to=2031-06-30&figure=late"))
                .contains("没办的事");
        assertThat(list("clerk", "given")).contains("没办的事").doesNotContain("按期的事");
    }

    @Test
    void showsAUnitItsOwnFiguresAlone() throws Exception {
        assertThat(page("handler", "/bulletins?" + MAY))
                .contains("县住建局", "不是全县的通报")
                .doesNotContain("县交通局", "0 ÷ 1");
        assertThat(list("handler", "active")).doesNotContain("没办的事");
        assertThat(list("stranger", "active")).doesNotContain("按期的事", "没办的事");
    }

    @Test
    void writesTheBulletinAsADocument() throws Exception {
        byte[] file = answer("2031-07-15", "clerk", "/bulletins/bulletin.docx?" + MAY);

        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(file));
                XWPFWordExtractor text = new XWPFWordExtractor(document)) {
            assertThat(text.getText())
                    .contains(
                            "督查通报",
                            "2031年5月1日",
                            "本期在办事项4件，其中新交办1件；办结2件，其中逾期办结1件。",
                            "本期到期3件，按期办结1件，按期率33.3%。",
                            "三、逾期未办结事项",
                            "没办的事",
                            "四、核查退回事项");
        }
    }

    @Test
    void saysWhatIsWrongWithAPeriod() throws Exception {
        web.perform(get("/bulletins?from=2031-05-31&to=2031-05-01").with(user(county.user("clerk"))))
                .andExpect(status().isUnprocessableContent());
        web.perform(get("/bulletins?from=gestern").with(user(county.user("clerk"))))
                .andExpect(status().isUnprocessableContent());
    }

    @Test
    void takesWhatWasStruckOffInTimeForNeitherOverdueNorLate() throws Exception {
        struckOff("销号的问题", "2032-02-20");
        struckOff("晚销号的问题", "2032-02-09");
        String february = "/bulletins/list?from=2032-02-01&to=2032-02-29&figure=";
        String march = "/bulletins/list?from=2032-03-01&to=2032-03-31&figure=";

        assertThat(page("2032-04-01", "clerk", february + "on-time"))
                .contains(">销号的问题<")
                .doesNotContain(">晚销号的问题<");
        assertThat(page("2032-04-01", "clerk", february + "done")).contains(">销号的问题<", ">晚销号的问题<");
        assertThat(page("2032-04-01", "clerk", february + "late"))
                .contains(">晚销号的问题<")
                .doesNotContain(">销号的问题<");
        for (String figure : new String[] {"overdue", "open", "active", "done", "late"}) {
            assertThat(page("2032-04-01", "clerk", march + figure)).as(figure).doesNotContain("销号的问题");
        }
        assertThat(page("2032-04-01", "clerk", "/matters?due=overdue&q=销号的问题")).doesNotContain(">销号的问题<", ">晚销号的问题<");
        assertThat(page("2032-04-01", "clerk", "/matters?due=overdue&on=2032-03-01&q=销号的问题"))
                .doesNotContain(">销号的问题<", ">晚销号的问题<");
        assertThat(page("2032-04-01", "clerk", "/matters?due=overdue&on=2032-02-09&q=销号的问题"))
                .doesNotContain(">晚销号的问题<");
        assertThat(page("2032-04-01", "clerk", "/matters?type=rectification")).contains(">晚销号的问题<");

        long back = struckOff("反弹的问题", "2032-02-21");
        on("2032-03-02", () -> act("clerk", back, "recur", "reason", "又有裸露", "due", "2032-03-20"));
        assertThat(page("2032-04-01", "clerk", march + "overdue")).contains("反弹的问题");
        assertThat(page("2032-04-01", "clerk", february + "done")).contains("反弹的问题");

        long settled = struckOff("不再反弹的问题", "2032-02-22");
        on("2032-08-20", () -> act("clerk", settled, "settle", "finding", "没有反弹"));
        assertThat(page("2032-09-01", "clerk", "/matters?view=results&type=rectification&q=不再反弹"))
                .contains("不再反弹的问题")
                .doesNotContain("c-closed late");
    }

    /** A finding that is found mended on 10 February. */
    private long struckOff(String title, String due) {
        long id = on(
                "2032-01-05",
                () -> create(
                        "clerk",
                        "rectification",
                        Map.of("title", title, "origin", "audit", "lead", unit("housing"), "due", due)));
        on("2032-01-06", () -> act("handler", id, "plan", "measures", "全面覆盖", "aim", "达标"));
        on("2032-01-07", () -> act("clerk", id, "approve-plan"));
        on("2032-02-01", () -> act("handler", id, "report", List.of(PROOF), "note", "已覆盖", "percent", "100"));
        on("2032-02-02", () -> act("clerk", id, "verify", "finding", "属实"));
        on("2032-02-03", () -> act("handler", id, "submit", List.of(PROOF), "result", "全部覆盖"));
        on("2032-02-04", () -> act("head", id, "approve"));
        on("2032-02-10", () -> act("clerk", id, "strike-off", "finding", "现场合格"));
        return id;
    }

    @Test
    void countsWhatEndedWithoutBeingDoneAsDueAndNotAsInTime() throws Exception {
        long partly = on(
                "2031-09-01",
                () -> create(
                        "clerk",
                        "target-task",
                        Map.of("title", "只办了一半的事", "lead", unit("housing"), "due", "2031-09-20")));
        on("2031-09-01", () -> act("clerk", partly, "hand-down", "lead", unit("housing"), "due", "2031-09-20"));
        on("2031-09-02", () -> act("handler", partly, "sign"));
        long cancelled = on(
                "2031-09-01",
                () -> create(
                        "clerk",
                        "target-task",
                        Map.of("title", "撤销了的事", "lead", unit("housing"), "due", "2031-09-20")));
        on("2031-09-03", () -> act("clerk", cancelled, "cancel", "reason", "不办了"));
        on("2031-09-25", () -> act("handler", partly, "submit", List.of(PROOF), "result", "办了一半"));
        on("2031-09-26", () -> act("head", partly, "approve"));
        on("2031-09-27", () -> act("clerk", partly, "close-partly", "reason", "资金只到一半"));

        String september = "/bulletins/list?from=2031-09-01&to=2031-09-30&figure=";
        assertThat(page("2031-10-05", "clerk", september + "due"))
                .contains("只办了一半的事")
                .doesNotContain("撤销了的事");
        assertThat(page("2031-10-05", "clerk", september + "undone"))
                .contains("只办了一半的事")
                .doesNotContain("撤销了的事");
        assertThat(page("2031-10-05", "clerk", september + "on-time")).doesNotContain("只办了一半的事");
    }

    @Test
    void takesNothingForLateThatIsNotYetDue() throws Exception {
        task("2031-08-10", "今天到期", "civil", "2031-08-10");
        task("2031-08-10", "月底到期", "civil", "2031-08-31");
        String august = "/bulletins/list?from=2031-08-01&to=2031-08-31&figure=";
        String today = page("2031-08-10", "clerk", august + "overdue") + page("2031-08-10", "clerk", august + "due");
        assertThat(page("2031-08-11", "clerk", august + "overdue")).contains("今天到期");
        assertThat(today).doesNotContain("今天到期", "月底到期");
    }
}
