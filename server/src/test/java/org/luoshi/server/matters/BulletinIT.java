package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.time.Instant;
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
    }

    private String page(String login, String address) throws Exception {
        return web.perform(get(address).with(user(county.user(login))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private String list(String login, String figure) throws Exception {
        return page(login, "/bulletins/list?" + MAY + "&figure=" + figure);
    }

    @Test
    void countsAsThingsStoodAtTheEndOfThePeriod() throws Exception {
        String page = page("clerk", "/bulletins?" + MAY);

        assertThat(page).contains("县住建局", "县交通局", "1 ÷ 3 = 33.3%", "1 ÷ 2 = 50%", "0 ÷ 1 = 0%");
        assertThat(list("clerk", "active")).contains("按期的事", "迟到的事", "没办的事").doesNotContain("下月的事");
        assertThat(list("clerk", "on-time")).contains("按期的事").doesNotContain("迟到的事", "没办的事");
        assertThat(list("clerk", "late")).contains("迟到的事").doesNotContain("按期的事", "没办的事");
        assertThat(list("clerk", "bounced")).contains("迟到的事").doesNotContain("按期的事");
        // Closed in June: for May it stays overdue, for June it is late.
        assertThat(list("clerk", "overdue")).contains("没办的事").doesNotContain("迟到的事");
        assertThat(page("clerk", "/bulletins/list?from=2031-06-01&to=2031-06-30&figure=late"))
                .contains("没办的事");
        assertThat(list("clerk", "given")).contains("没办的事").doesNotContain("按期的事");
    }

    @Test
    void showsAUnitItsOwnFiguresAlone() throws Exception {
        assertThat(page("handler", "/bulletins?" + MAY)).contains("县住建局").doesNotContain("县交通局", "0 ÷ 1");
        assertThat(list("handler", "active")).doesNotContain("没办的事");
        assertThat(list("stranger", "active")).doesNotContain("按期的事", "没办的事");
    }

    @Test
    void writesTheBulletinAsADocument() throws Exception {
        byte[] file = web.perform(get("/bulletins/bulletin.docx?" + MAY).with(user(county.user("clerk"))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();

        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(file));
                XWPFWordExtractor text = new XWPFWordExtractor(document)) {
            assertThat(text.getText())
                    .contains(
                            "督查通报",
                            "2031年5月1日",
                            "本期在办事项3件，其中新交办1件；办结2件，其中逾期办结1件。",
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
}
