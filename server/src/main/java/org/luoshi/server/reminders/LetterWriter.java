package org.luoshi.server.reminders;

import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.Acting;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.Tellings;
import org.luoshi.server.matters.Tellings.Telling;
import org.luoshi.server.web.Languages;
import org.luoshi.server.web.Shells;
import org.luoshi.server.web.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Turns a waiting letter into words, with the rights that its reader has now. */
@Component
public class LetterWriter {
    private static final int MOST_LINES = 100;

    private final JdbcClient sql;
    private final Accounts accounts;
    private final Wishes wishes;
    private final Tellings tellings;
    private final Languages languages;
    private final Shells shells;
    private final TemplateEngine templates;
    /** The row of the queue is locked by another transaction, which runs as the house itself. */
    private final TransactionTemplate apart;

    LetterWriter(
            JdbcClient sql,
            Accounts accounts,
            Wishes wishes,
            Tellings tellings,
            Languages languages,
            Shells shells,
            TemplateEngine templates,
            PlatformTransactionManager transactions) {
        this.sql = sql;
        this.accounts = accounts;
        this.wishes = wishes;
        this.tellings = tellings;
        this.languages = languages;
        this.shells = shells;
        this.templates = templates;
        this.apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** A letter of the queue. */
    record Waiting(
            long id, long account, String kind, @Nullable String address, int tries, Instant madeAt) {}

    /** A line of a letter: what happened, in which matter, and where to see it. */
    public record Line(String sentence, String matter, String link) {}

    /** What the template of a letter shows. */
    public record View(String title, String greeting, List<Line> lines, String more, String foot, String link) {}

    /** What the house knows of a letter before it is written in its reader's name. */
    private record Known(User user, Wishes.@Nullable Wish wish, String code, List<Long> messages) {}

    /** The letter; empty where there is nothing to say any more. */
    Optional<Letter> write(Waiting waiting, String home, Instant now) {
        return apart.execute(status -> know(waiting)).flatMap(known -> write(waiting, known, home, now));
    }

    private Optional<Letter> write(Waiting waiting, Known known, String home, Instant now) {
        Wishes.Wish wish = known.wish();
        return switch (waiting.kind()) {
            case "test" -> Optional.of(test(waiting, Objects.requireNonNull(waiting.address()), home, wish, now));
            case "code" ->
                wish == null || known.code().isEmpty()
                        ? Optional.empty()
                        : Optional.of(code(waiting, wish, known.code(), home, now));
            default ->
                wish == null || known.messages().isEmpty()
                        ? Optional.empty()
                        : messages(waiting, wish, known, home, now);
        };
    }

    private Optional<Known> know(Waiting waiting) {
        User user = accounts.findCurrent(waiting.account()).orElse(null);
        if (user == null) {
            return Optional.empty();
        }
        Wishes.Wish wish = wishes.find(waiting.account()).orElse(null);
        if (waiting.kind().equals("code")) {
            return Optional.of(
                    new Known(user, wish, wishes.freshCode(waiting.account()).orElse(""), List.of()));
        }
        boolean wanted = wish != null
                && wish.confirmedAt() != null
                && wish.refusedAt() == null
                && wish.what() != Wishes.What.NONE;
        return Optional.of(new Known(
                user,
                wish,
                "",
                wanted
                        ? sql.sql(
                                        "select id from message where letter = :letter and account = :account order by at, id")
                                .param("letter", waiting.id())
                                .param("account", waiting.account())
                                .query(Long.class)
                                .list()
                        : List.of()));
    }

    private Letter test(Waiting waiting, String to, String home, Wishes.@Nullable Wish wish, Instant now) {
        Words words = languages.words(wish == null ? "zh" : wish.language());
        return letter(
                waiting,
                to,
                words,
                words.t("reminders.letter.test"),
                new View(
                        words.t("reminders.letter.test"),
                        words.t("reminders.letter.test.body"),
                        List.of(),
                        "",
                        foot(words, home),
                        home),
                now);
    }

    private Letter code(Waiting waiting, Wishes.Wish wish, String code, String home, Instant now) {
        Words words = languages.words(wish.language());
        return letter(
                waiting,
                wish.address(),
                words,
                words.t("reminders.letter.code", code),
                new View(
                        words.t("reminders.letter.code", code),
                        words.t("reminders.letter.code.body"),
                        List.of(),
                        "",
                        words.t("reminders.letter.code.foot"),
                        home + "/me/notices"),
                now);
    }

    private Optional<Letter> messages(Waiting waiting, Wishes.Wish wish, Known known, String home, Instant now) {
        Words words = languages.words(wish.language());
        // A transaction keeps the role in which it began: this one begins in the reader's name.
        List<Telling> told = Acting.as(
                known.user(),
                () -> apart.execute(status -> tellings.listVisible(waiting.account(), known.messages(), words)));
        if (told.isEmpty()) {
            return Optional.empty();
        }
        List<Line> lines = told.stream()
                .limit(MOST_LINES)
                .map(t -> new Line(
                        Letter.oneLine(t.sentence()),
                        Letter.oneLine(t.message().number() + " " + t.message().title()),
                        t.message().matter() == null
                                ? home + "/messages"
                                : home + "/matters/" + t.message().matter()))
                .toList();
        String subject = lines.size() == 1 && !lines.getFirst().matter().isEmpty()
                ? words.t("reminders.letter.one", lines.getFirst().matter())
                : words.t("reminders.letter.many", told.size());
        return Optional.of(letter(
                waiting,
                wish.address(),
                words,
                subject,
                new View(
                        subject,
                        words.t("reminders.letter.greeting", known.user().name()),
                        lines,
                        told.size() > MOST_LINES ? words.t("reminders.letter.more", told.size() - MOST_LINES) : "",
                        foot(words, home),
                        home + "/messages"),
                now));
    }

    private static String foot(Words words, String home) {
        return words.t("reminders.letter.foot", home + "/me/notices");
    }

    private Letter letter(Waiting waiting, String to, Words words, String subject, View view, Instant now) {
        String place = shells.place();
        StringBuilder text = new StringBuilder(view.greeting()).append("\n\n");
        for (Line line : view.lines()) {
            text.append("- ").append(line.sentence()).append('\n');
            if (!line.matter().isEmpty()) {
                text.append("  ").append(line.matter()).append('\n');
            }
            text.append("  ").append(line.link()).append("\n\n");
        }
        if (!view.more().isEmpty()) {
            text.append(view.more()).append("\n\n");
        }
        text.append(view.foot()).append('\n').append(view.link()).append('\n');
        StringOutput html = new StringOutput();
        templates.render("reminders/letter.jte", Map.of("words", words, "view", view), html);
        return new Letter(
                waiting.id(),
                waiting.madeAt(),
                to,
                words.t("reminders.letter.subject", place.isEmpty() ? words.t("shell.name") : place, subject),
                text.toString(),
                html.toString(),
                now);
    }
}
