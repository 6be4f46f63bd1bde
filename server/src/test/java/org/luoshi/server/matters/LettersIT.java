package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Calendars;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Notices as letters, and their receipt. */
class LettersIT extends MatterTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));

    @Autowired
    private MockMvc pages;

    @Autowired
    private Notices notices;

    @Autowired
    private Journal journal;

    @Autowired
    private Calendars calendars;

    private MockHttpServletResponse ask(String login, MockHttpServletRequestBuilder request) throws Exception {
        return pages.perform(request.with(user(county.user(login))).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private Notices.Notice urged(String title, String level) {
        long id = create("clerk", "target-task", Map.of("title", title, "what", "年内<全部>完工"));
        act(
                "clerk",
                id,
                "hand-down",
                "lead",
                unit("housing"),
                "joint",
                unit("transport"),
                "due",
                TODAY.plusDays(2).toString());
        act("clerk", id, "urge", "level", level, "note", "群众反映强烈");
        return notices.list(id).getFirst();
    }

    /** A day as the letter writes it, some working days from today. */
    private String day(int workingDays) {
        LocalDate day = calendars.time().days().plus(TODAY, workingDays);
        return day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }

    private static String document(byte[] docx) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(docx))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("word/document.xml")) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("no document in the file");
    }

    @Test
    void writesTheLetterWithItsFiguresAndItsSender() throws Exception {
        Notices.Notice notice = urged("拓宽断头路三条", "blue");

        MockHttpServletResponse answer = ask("handler", get("/notices/" + notice.id() + "/letter.docx"));

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(document(answer.getContentAsByteArray()))
                .contains("蓝色督办单", String.valueOf(notice.number()), "县住房和城乡建设局：", "拓宽断头路三条")
                .contains("年内&lt;全部&gt;完工", "群众反映强烈", "还剩 2 天", "县政府督查室")
                .contains("请于" + day(5) + "前书面答复");
    }

    @Test
    void givesNoLetterWhereNoneGoesOutAndNoneToStrangers() throws Exception {
        Notices.Notice reminder = urged("修补路面两千米", "reminder");
        Notices.Notice yellow = urged("清运积存垃圾", "yellow");

        assertThat(ask("handler", get("/notices/" + reminder.id() + "/letter.docx"))
                        .getStatus())
                .isEqualTo(404);
        assertThat(ask("stranger", get("/notices/" + yellow.id() + "/letter.docx"))
                        .getStatus())
                .isEqualTo(404);
        assertThat(ask("stranger", post("/notices/" + yellow.id() + "/sign")).getStatus())
                .isEqualTo(404);
        assertThat(notices.find(yellow.id()).orElseThrow().seenAt()).isNull();
    }

    @Test
    void isSignedForOnceAndOnlyByTheLeadUnit() throws Exception {
        Notices.Notice notice = urged("疏通排水管五公里", "red");
        String page = ask("handler", get("/matters/" + notice.matter())).getContentAsString(StandardCharsets.UTF_8);
        assertThat(page).contains("/notices/" + notice.id() + "/sign");

        assertThat(ask("mover", post("/notices/" + notice.id() + "/sign")).getStatus())
                .isEqualTo(403);
        assertThat(ask("clerk", post("/notices/" + notice.id() + "/sign")).getStatus())
                .isEqualTo(403);
        assertThat(notices.find(notice.id()).orElseThrow().seenAt()).isNull();
        assertThat(ask("handler", post("/notices/" + notice.id() + "/sign")).getStatus())
                .isEqualTo(302);
        assertThat(ask("head", post("/notices/" + notice.id() + "/sign")).getStatus())
                .isEqualTo(302);

        assertThat(notices.find(notice.id()).orElseThrow().seenBy()).isEqualTo("陆川");
        assertThat(journal.listEntries("matter:" + notice.matter(), 50))
                .filteredOn(e -> e.act().equals("matter.notice-signed"))
                .hasSize(1);
        assertThat(ask("handler", get("/matters/" + notice.matter())).getContentAsString(StandardCharsets.UTF_8))
                .doesNotContain("/notices/" + notice.id() + "/sign");
        assertThat(ask("clerk", get("/messages")).getContentAsString(StandardCharsets.UTF_8))
                .containsOnlyOnce("陆川 签收了红单。");
    }
}
