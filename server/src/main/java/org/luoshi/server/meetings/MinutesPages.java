package org.luoshi.server.meetings;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.luoshi.server.meetings.MeetingSheet.Line;
import org.luoshi.server.web.Languages;
import org.luoshi.server.web.Shell;
import org.luoshi.server.web.Words;
import org.luoshi.writing.MeetingMinutes;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** The minutes as .docx: a draft until the meeting is closed; who does not see all of it gets an extract. */
@Controller
class MinutesPages {
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private final Meetings meetings;
    private final MeetingSheet sheet;
    private final Languages languages;
    private final JdbcClient sql;

    MinutesPages(Meetings meetings, MeetingSheet sheet, Languages languages, JdbcClient sql) {
        this.meetings = meetings;
        this.sheet = sheet;
        this.languages = languages;
        this.sql = sql;
    }

    @GetMapping("/meetings/{id:\\d+}/minutes.docx")
    void minutes(@ModelAttribute("shell") Shell shell, @PathVariable long id, HttpServletResponse response)
            throws IOException {
        Meeting meeting = MeetingPages.found(meetings, id);
        MeetingMinutes minutes = of(inChinese(shell), meeting);
        response.setContentType(DOCX);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(meeting.title() + "纪要.docx", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
        minutes.writeDocx(out);
        out.flush();
    }

    /** Official documents are Chinese, whatever language their reader has chosen. */
    private Shell inChinese(Shell shell) {
        return new Shell(
                languages.words("zh"),
                shell.user(),
                shell.unitName(),
                shell.place(),
                shell.path(),
                shell.today(),
                shell.theme(),
                shell.density(),
                shell.csrf(),
                shell.assets(),
                null);
    }

    private MeetingMinutes of(Shell shell, Meeting meeting) {
        MeetingSheet.View view = sheet.view(shell, meeting);
        Words words = shell.words();
        LocalDate day = meeting.day();
        List<Line> lags =
                view.lags().stream().flatMap(group -> group.lines().stream()).toList();
        return new MeetingMinutes(
                meeting.title(),
                mark(words, meeting, view.whole()),
                day,
                meeting.hour(),
                meeting.place(),
                meeting.chair(),
                meeting.units().stream()
                        .map(unit -> sheet.tree().full(unit, day))
                        .toList(),
                view.decided().stream().map(line -> earlier(words, line)).toList(),
                lags.stream()
                        .filter(MinutesPages::isSpokenOf)
                        .map(MinutesPages::topic)
                        .toList(),
                lags.stream()
                        .filter(line -> !isSpokenOf(line))
                        .map(line -> line.unit() + line.item().name())
                        .toList(),
                view.others().stream().map(MinutesPages::topic).toList(),
                view.made().stream()
                        .filter(d -> !d.withdrawn())
                        .map(d -> new MeetingMinutes.Decision(d.number(), d.title(), d.lead(), d.joint(), d.due()))
                        .toList(),
                office(meeting));
    }

    private static String mark(Words words, Meeting meeting, boolean all) {
        List<String> marks = java.util.stream.Stream.of(
                        meeting.isClosed() ? "" : words.t("meetings.minutes.draft"),
                        all ? "" : words.t("meetings.minutes.extract"))
                .filter(mark -> !mark.isEmpty())
                .toList();
        return marks.isEmpty() ? "" : "（" + String.join("，", marks) + "）";
    }

    private static MeetingMinutes.Earlier earlier(Words words, Line line) {
        var stood = java.util.Objects.requireNonNull(line.item().stood());
        String late = line.late() > 0 && !stood.ended() ? words.t("matters.days.over", Long.toString(line.late())) : "";
        return new MeetingMinutes.Earlier(
                stood.number(),
                stood.title(),
                line.unit(),
                stood.due(),
                late.isEmpty() ? line.state() : line.state() + "，" + late,
                line.item().discussion());
    }

    private static boolean isSpokenOf(Line line) {
        return line.decided() > 0 || !line.item().discussion().isBlank();
    }

    private static MeetingMinutes.Topic topic(Line line) {
        var stood = line.item().stood();
        return stood == null
                ? new MeetingMinutes.Topic(
                        "", line.item().title(), "", line.item().discussion())
                : new MeetingMinutes.Topic(
                        line.unit(), stood.title(), line.why(), line.item().discussion());
    }

    /** The unit of the person who called the meeting. */
    private String office(Meeting meeting) {
        return sql.sql("select unit from account where id = :account")
                .param("account", meeting.createdBy())
                .query(Long.class)
                .optional()
                .map(unit -> sheet.tree().full(unit, meeting.day()))
                .orElse("");
    }
}
