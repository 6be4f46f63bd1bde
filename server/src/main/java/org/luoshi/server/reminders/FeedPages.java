package org.luoshi.server.reminders;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.luoshi.server.accounts.Acting;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.DueDays;
import org.luoshi.server.web.Languages;
import org.luoshi.server.web.Shells;
import org.luoshi.server.web.Words;
import org.luoshi.writing.DayCalendar;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What a person is to do, as a calendar that his programs fetch (RFC 5545). The address is its key: whoever guesses is
 * held off, and an unknown secret is answered like a withdrawn one.
 */
@Controller
class FeedPages {
    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    static final int WRONG_MOST = 20;
    static final int FETCHES_MOST = 120;

    private final Feeds feeds;
    private final DueDays dueDays;
    private final Languages languages;
    private final Shells shells;
    private final Wishes wishes;
    private final MailSettings settings;
    private final Attempts wrong;
    private final Attempts fetches;

    FeedPages(
            Feeds feeds,
            DueDays dueDays,
            Languages languages,
            Shells shells,
            Wishes wishes,
            MailSettings settings,
            Clock clock) {
        this.feeds = feeds;
        this.dueDays = dueDays;
        this.languages = languages;
        this.shells = shells;
        this.wishes = wishes;
        this.settings = settings;
        this.wrong = new Attempts(WRONG_MOST, WINDOW, clock);
        this.fetches = new Attempts(FETCHES_MOST, WINDOW, clock);
    }

    @GetMapping("/calendar/feed/{secret:[A-Za-z0-9_-]+}.ics")
    ResponseEntity<byte[]> feed(@PathVariable String secret, HttpServletRequest request) {
        String from = String.valueOf(request.getRemoteAddr());
        User user = feeds.open(secret).orElse(null);
        if (user == null) {
            // Only who guesses is held off: behind one address there may be many who know theirs.
            if (wrong.tooMany(from)) {
                return tooMany();
            }
            wrong.count(from);
            return ResponseEntity.status(HttpStatus.NOT_FOUND)
                    .cacheControl(CacheControl.noStore())
                    .build();
        }
        String key = Long.toString(user.account());
        if (fetches.tooMany(key)) {
            return tooMany();
        }
        fetches.count(key);
        feeds.used(user);
        byte[] content = Acting.as(user, () -> calendar(user)).getBytes(StandardCharsets.UTF_8);
        String tag = '"' + Secrets.sha256(new String(content, StandardCharsets.UTF_8)) + '"';
        CacheControl cache = CacheControl.noCache().cachePrivate();
        String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        // A proxy that packs the answer marks the tag as weak; it is the same calendar.
        if (known != null && known.contains(tag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(tag)
                    .cacheControl(cache)
                    .build();
        }
        return ResponseEntity.ok()
                .eTag(tag)
                .cacheControl(cache)
                .contentType(CALENDAR)
                .body(content);
    }

    private static ResponseEntity<byte[]> tooMany() {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(WINDOW.toSeconds()))
                .cacheControl(CacheControl.noStore())
                .build();
    }

    private String calendar(User user) {
        Words words = languages.words(
                wishes.find(user.account()).map(Wishes.Wish::language).orElse("zh"));
        String home = settings.address();
        List<DayCalendar.Entry> entries = new ArrayList<>();
        for (DueDays.Item item : dueDays.of(user, words)) {
            entries.add(new DayCalendar.Entry(
                    item.key() + "@luoshi",
                    item.day(),
                    words.t("reminders.feed." + item.kind(), item.what(), item.title()),
                    words.t("reminders.feed.description", item.number(), item.unit(), item.what()),
                    home + "/matters/" + item.matter(),
                    item.changedAt(),
                    item.version()));
        }
        String place = shells.place();
        return new DayCalendar(
                        words.t("reminders.feed.name", place.isEmpty() ? words.t("shell.name") : place, user.name()),
                        entries)
                .text();
    }
}
