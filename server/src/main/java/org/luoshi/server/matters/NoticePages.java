package org.luoshi.server.matters;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.Who;
import org.luoshi.writing.SupervisionNotice;
import org.luoshi.writing.TableFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** Notices of the ladder: the letter to take away, and its receipt by the unit that it goes to. */
@Controller
class NoticePages {
    private final Notices notices;
    private final NoticeLetters letters;
    private final MatterStore store;
    private final Surroundings surroundings;
    private final Journal journal;
    private final Clock clock;

    NoticePages(
            Notices notices,
            NoticeLetters letters,
            MatterStore store,
            Surroundings surroundings,
            Journal journal,
            Clock clock) {
        this.notices = notices;
        this.letters = letters;
        this.store = store;
        this.surroundings = surroundings;
        this.journal = journal;
        this.clock = clock;
    }

    /** The letter as .docx; 404 for a notice that goes out without one, or that the person may not see. */
    @GetMapping("/notices/{id:\\d+}/letter.docx")
    void letter(@PathVariable long id, HttpServletResponse response) throws IOException {
        Notices.Notice notice = notices.find(id).orElseThrow(NoticePages::none);
        Matter matter = store.find(notice.matter()).orElseThrow(NoticePages::none);
        SupervisionNotice letter = letters.of(notice, matter).orElseThrow(NoticePages::none);
        response.setContentType(TableFormat.DOCX.mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(letter.number() + ".docx", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
        letter.writeDocx(out);
        out.flush();
    }

    /** Signs for a notice in the name of the lead unit; a second click does nothing. */
    @PostMapping("/notices/{id:\\d+}/sign")
    String sign(@AuthenticationPrincipal User user, @PathVariable long id) {
        Notices.Notice notice = notices.find(id).orElseThrow(NoticePages::none);
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        journal.write(user.actor(), acts -> {
            Matter matter = store.lock(notice.matter()).orElseThrow(NoticePages::none);
            if (!surroundings.standing(user).to(matter).contains(Who.LEAD)) {
                throw new ResponseStatusException(HttpStatus.FORBIDDEN);
            }
            if (notices.sign(id, user.account(), at)) {
                Map<String, Object> details = new LinkedHashMap<>();
                details.put("notice", id);
                details.put("level", notice.level());
                if (notice.number() != null) {
                    details.put("number", notice.number());
                }
                acts.note("matter:" + matter.id(), "matter.notice-signed", details);
                surroundings.tell(
                        surroundings.open(matter, surroundings.typeOf(matter)),
                        Set.of(Who.SUPERVISION),
                        "notice-signed",
                        Map.of("level", notice.level(), "by", user.name()),
                        user.account(),
                        at);
            }
            return true;
        });
        return "redirect:/matters/" + notice.matter() + "?done=letters.signed";
    }

    private static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "No such notice");
    }
}
