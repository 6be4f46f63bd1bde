package org.luoshi.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luoshi.server.ServerTest;
import org.luoshi.server.TestMail;
import org.luoshi.server.accounts.Acting;
import org.luoshi.server.calendar.Calendars;
import org.luoshi.server.database.HouseClock;
import org.luoshi.server.matters.Matters;
import org.luoshi.server.matters.Types;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** Letters on their way to a real mail server. */
class MailIT extends ServerTest {
    @Autowired
    private MockMvc web;

    @Autowired
    private Matters matters;

    @Autowired
    private Types types;

    @Autowired
    private Outbox outbox;

    @Autowired
    private LetterWriter writer;

    @Autowired
    private Calendars calendars;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private HouseClock clock;

    @Autowired
    private JdbcClient sql;

    private GreenMail server;

    @BeforeAll
    void startServer() {
        server = TestMail.start();
        types.load();
    }

    @AfterAll
    void stopServer() {
        server.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        sql.sql("update message set letter = null").update();
        sql.sql("delete from message").update();
        sql.sql("delete from mail_letter").update();
        sql.sql("delete from mail_wish").update();
        sql.sql("update account set active = true, language = 'zh'").update();
        sql.sql("update account set unit = :unit where login = 'handler'")
                .param("unit", county.unit("housing"))
                .update();
        server.purgeEmailFromAllMailboxes();
    }

    private static MailSettings settings(int port) {
        return new MailSettings(
                "127.0.0.1", port, "", "", "luoshi@luoshi.test", MailSettings.Security.NONE, "https://luoshi.test");
    }

    private Outbox another(int port) {
        return new Outbox(sql, transaction, writer, calendars, clock, settings(port));
    }

    private void wish(String login, String address, String what) {
        sql.sql("""
                        insert into mail_wish (account, address, what, language, since, confirmed_at)
                        values (:account, :address, :what, 'zh', now() - interval '30 days', now())""")
                .param("account", county.user(login).account())
                .param("address", address)
                .param("what", what)
                .update();
    }

    private long give(String title) {
        return Acting.as(
                county.user("clerk"),
                () -> matters.create(
                        county.user("clerk"),
                        new Matters.Draft(
                                "to-do",
                                Map.of(
                                        "title",
                                        title,
                                        "lead",
                                        Long.toString(county.unit("housing")),
                                        "due",
                                        "2099-01-31")),
                        UUID.randomUUID().toString()));
    }

    private List<MimeMessage> received() {
        return Arrays.asList(server.getReceivedMessages());
    }

    private static String part(MimeMessage message, int index) throws Exception {
        BodyPart part = ((MimeMultipart) message.getContent()).getBodyPart(index);
        return (String) part.getContent();
    }

    private MockHttpServletResponse send(String login, String path, String... pairs) throws Exception {
        var request = post(path).with(user(county.user(login))).with(csrf());
        for (int i = 0; i < pairs.length; i += 2) {
            request.param(pairs[i], pairs[i + 1]);
        }
        return web.perform(request).andReturn().getResponse();
    }

    private String page(String login, String path) throws Exception {
        return web.perform(get(path).with(user(county.user(login))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private String state(String login) {
        return sql.sql("select state from mail_letter where account = :account order by id desc limit 1")
                .param("account", county.user(login).account())
                .query(String.class)
                .single();
    }

    @Test
    void anAddressCountsWhenItsCodeWasTyped() throws Exception {
        send("handler", "/me/mail", "address", "luchuan@example.com", "what", "at-once", "language", "zh");
        give("修剪行道树");
        assertThat(outbox.round()).isEqualTo(1);
        assertThat(received()).hasSize(1);
        Matcher code = Pattern.compile("\\d{6}").matcher(received().getFirst().getSubject());
        assertThat(code.find()).isTrue();
        assertThat(page("handler", "/me/notices")).contains("luchuan@example.com", "等验证码");

        String wrong = code.group().equals("000000") ? "000001" : "000000";
        assertThat(send("handler", "/me/mail/code", "code", wrong).getStatus()).isEqualTo(422);
        assertThat(send("head", "/me/mail/code", "code", code.group()).getStatus())
                .isEqualTo(422);
        assertThat(send("handler", "/me/mail/code", "code", code.group()).getStatus())
                .isEqualTo(302);
        assertThat(outbox.round()).as("what was told meanwhile").isEqualTo(1);
        assertThat(received()).hasSize(2);
        assertThat(page("handler", "/me/notices")).doesNotContain("等验证码");
    }

    @Test
    void fiveWrongCodesMakeItVoid() throws Exception {
        send("handler", "/me/mail", "address", "luchuan@example.com", "what", "at-once", "language", "zh");
        outbox.round();
        Matcher code = Pattern.compile("\\d{6}").matcher(received().getFirst().getSubject());
        assertThat(code.find()).isTrue();
        for (int i = 0; i < 5; i++) {
            send("handler", "/me/mail/code", "code", "wrong");
        }
        assertThat(send("handler", "/me/mail/code", "code", code.group()).getStatus())
                .isEqualTo(422);
    }

    @Test
    void aLetterSaysWhatThePageSays() throws Exception {
        wish("handler", "luchuan@example.com", "at-once");
        long matter = give("疏通雨水管");
        assertThat(outbox.round()).isEqualTo(1);
        assertThat(outbox.round()).as("never twice").isZero();

        MimeMessage letter = received().getFirst();
        assertThat(letter.getRecipients(Message.RecipientType.TO)[0]).hasToString("luchuan@example.com");
        assertThat(letter.getSubject()).contains("疏通雨水管");
        assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(page("handler", "/messages")).contains("周启明 交来一件新事项。");
        assertThat(part(letter, 0)).contains("周启明 交来一件新事项。", "疏通雨水管", "https://luoshi.test/matters/" + matter);
        assertThat(part(letter, 1)).contains("周启明 交来一件新事项。", "https://luoshi.test/matters/" + matter);
        assertThat(sql.sql("select count(*) from message where mailed_at is not null and account = :account")
                        .param("account", county.user("handler").account())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatWasReadIsNotMailed() throws Exception {
        wish("handler", "luchuan@example.com", "at-once");
        give("清洗公交站牌");
        send("handler", "/messages/read");
        assertThat(outbox.round()).isZero();
    }

    @Test
    void nothingInATitleOrAddressBecomesAHeader() throws Exception {
        wish("handler", "luchuan@example.com", "at-once");
        long matter = give("换灯");
        sql.sql("update matter set title = :title where id = :id")
                .param("title", "换灯\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>")
                .param("id", matter)
                .update();
        assertThat(outbox.round()).isEqualTo(1);
        assertThat(received()).hasSize(1);
        MimeMessage letter = received().getFirst();
        assertThat(letter.getHeader("Bcc")).isNull();
        assertThat(letter.getAllRecipients()).hasSize(1);
        assertThat(part(letter, 1)).doesNotContain("<script>").contains("&lt;script&gt;");

        for (String evil : List.of(
                "a@b.test\r\nBcc: evil@example.com",
                "a@b.test, evil@example.com",
                "张三 <a@b.test>",
                "a@b.test\u2028x",
                "a b@c.test",
                "nobody",
                "a@-b.test",
                "x".repeat(300) + "@b.test")) {
            assertThat(send("head", "/me/mail", "address", evil, "what", "at-once", "language", "zh")
                            .getStatus())
                    .as(evil)
                    .isEqualTo(422);
        }
        assertThat(Wishes.isAddress("zhang.san+luoshi@mail.example.gov.cn")).isTrue();
    }

    @Test
    void whatThePersonMayNoLongerSeeIsNotSent() {
        wish("handler", "luchuan@example.com", "at-once");
        give("机密迁建");
        sql.sql("update account set unit = :unit where login = 'handler'")
                .param("unit", county.unit("education"))
                .update();
        assertThat(outbox.round()).isZero();
        assertThat(received()).isEmpty();
        assertThat(state("handler")).isEqualTo("dropped");

        wish("head", "gu@example.com", "at-once");
        sql.sql("update account set active = false where login = 'head'").update();
        assertThat(outbox.round()).as("closed accounts are told nothing").isZero();
    }

    @Test
    void aRefusedAddressIsToldAndHoldsUpNobody() throws Exception {
        wish("head", "gone@example.com", "at-once");
        wish("handler", "luchuan@example.com", "at-once");
        try (GrumpyServer grumpy = new GrumpyServer()) {
            Outbox there = another(grumpy.port());
            give("补种草坪");
            assertThat(there.round()).isEqualTo(1);
            assertThat(grumpy.accepted).containsExactly("luchuan@example.com");
            assertThat(state("head")).isEqualTo("failed");
            assertThat(page("head", "/me/notices")).contains("被拒收", "no such mailbox");
            assertThat(page("admin", "/accounts/mail")).contains("gone@example.com", "no such mailbox", "失败");
            give("再补一次");
            assertThat(there.round()).as("no more letters to that address").isEqualTo(1);
            assertThat(page("stranger", "/me/notices")).doesNotContain("no such mailbox");
        }
    }

    @Test
    void aLetterRefusedForItsContentLeavesTheAddressInUse() throws Exception {
        wish("handler", "luchuan@example.com", "at-once");
        try (GrumpyServer grumpy = new GrumpyServer()) {
            Outbox there = another(grumpy.port());
            give("清运渣土");
            grumpy.refusesLetters = true;
            assertThat(there.round()).isZero();
            assertThat(state("handler")).isEqualTo("failed");
            assertThat(page("handler", "/me/notices"))
                    .contains("没有发出", "refused as spam")
                    .doesNotContain("被拒收");
            grumpy.refusesLetters = false;
            give("再清一次");
            assertThat(there.round()).isEqualTo(1);
            long failed = sql.sql("select id from mail_letter where state = 'failed'")
                    .query(Long.class)
                    .single();
            assertThat(send("admin", "/accounts/mail/" + failed + "/again").getStatus())
                    .isEqualTo(302);
            assertThat(there.round()).as("sent again by hand").isEqualTo(1);
        }
    }

    @Test
    void aFullMailboxIsTriedAgainWithGrowingPauses() throws Exception {
        wish("head", "full@example.com", "at-once");
        wish("handler", "luchuan@example.com", "at-once");
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try (GrumpyServer grumpy = new GrumpyServer()) {
            Outbox there = another(grumpy.port());
            give("清理河道");
            clock.at(now, there::round);
            assertThat(grumpy.accepted).containsExactly("luchuan@example.com");
            List<Duration> pauses = new ArrayList<>();
            Instant at = now;
            for (int i = 0; i < 8; i++) {
                Instant next = sql.sql("select next_try from mail_letter where state = 'waiting'")
                        .query((row, n) -> row.getTimestamp(1).toInstant())
                        .single();
                pauses.add(Duration.between(at, next));
                at = next;
                clock.at(at, there::round);
            }
            assertThat(pauses.stream().map(Duration::toMinutes)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
            clock.at(now.plus(Outbox.GIVES_UP).plusSeconds(1), there::round);
            assertThat(state("head")).isEqualTo("failed");
            assertThat(page("head", "/me/notices")).contains("没有发出", "mailbox is full");
        }
    }

    @Test
    void aServerThatIsDownForAWhileGetsTheLetterLater() throws Exception {
        wish("handler", "luchuan@example.com", "at-once");
        wish("head", "gu@example.com", "at-once");
        give("加固围墙");
        Instant now = clock.instant();
        server.stop();
        try {
            assertThat(clock.<Integer>at(now, outbox::round)).isZero();
            assertThat(sql.sql("select sum(tries) from mail_letter")
                            .query(Integer.class)
                            .single())
                    .as("the first failure ends the round")
                    .isEqualTo(1);
        } finally {
            server.start();
        }
        assertThat(clock.<Integer>at(now.plusSeconds(30), outbox::round)).isEqualTo(1);
        assertThat(clock.<Integer>at(now.plusSeconds(90), outbox::round)).isEqualTo(1);
        assertThat(received()).hasSize(2);
    }

    @Test
    void aServerKilledAfterTheYesRepeatsThatLetterAlone() throws Exception {
        wish("handler", "luchuan@example.com", "at-once");
        wish("head", "gu@example.com", "at-once");
        give("安装路灯");
        TransactionTemplate dying =
                new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager())) {
                    @Override
                    public <T> T execute(TransactionCallback<T> work) {
                        return super.execute(status -> {
                            T result = work.doInTransaction(status);
                            if (!received().isEmpty()) {
                                throw new IllegalStateException("killed before the mark");
                            }
                            return result;
                        });
                    }
                };
        Outbox killed = new Outbox(sql, dying, writer, calendars, clock, settings(TestMail.port()));
        assertThatThrownBy(killed::round).hasMessageContaining("killed");
        assertThat(received()).hasSize(1);
        String first = received().getFirst().getMessageID();

        assertThat(clock.<Integer>at(clock.instant().plusSeconds(5), outbox::round))
                .isEqualTo(2);
        assertThat(outbox.round()).isZero();
        List<String> ids = new ArrayList<>();
        for (MimeMessage message : received()) {
            ids.add(message.getMessageID());
        }
        assertThat(ids).hasSize(3);
        assertThat(ids.stream().filter(first::equals)).as("known by its id").hasSize(2);
    }

    @Test
    void twoServersSendEachLetterOnce() throws Exception {
        List<String> logins = List.of("handler", "head", "mover", "stranger", "town", "reader", "clerk", "second");
        for (String login : logins) {
            wish(login, login + "@example.com", "at-once");
            sql.sql("insert into message (account, kind, details, at) values (:account, 'override', '{}', now())")
                    .param("account", county.user(login).account())
                    .update();
        }
        Outbox other = another(TestMail.port());
        CountDownLatch begin = new CountDownLatch(1);
        int sent = 0;
        try (ExecutorService servers = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> rounds = new ArrayList<>();
            for (Outbox one : List.of(outbox, other)) {
                rounds.add(servers.submit(() -> {
                    begin.await();
                    return one.round() + one.round();
                }));
            }
            begin.countDown();
            for (Future<Integer> round : rounds) {
                sent += round.get();
            }
        }
        assertThat(sent).isEqualTo(logins.size());
        List<String> to = new ArrayList<>();
        Set<String> ids = new java.util.TreeSet<>();
        for (MimeMessage message : received()) {
            to.add(message.getAllRecipients()[0].toString());
            ids.add(message.getMessageID());
        }
        assertThat(to)
                .containsExactlyInAnyOrderElementsOf(
                        logins.stream().map(l -> l + "@example.com").toList());
        assertThat(ids).hasSize(logins.size());
    }

    @Test
    void oneLetterEachWorkingMorning() {
        wish("handler", "luchuan@example.com", "daily");
        ZoneId here = ZoneId.of("Asia/Shanghai");
        // A Monday in a year without a calendar: Monday to Friday are worked.
        LocalDateTime monday = LocalDateTime.of(2031, 3, 3, 7, 59);
        sql.sql("update mail_wish set since = :at")
                .param(
                        "at",
                        java.sql.Timestamp.from(monday.minusDays(5).atZone(here).toInstant()))
                .update();
        clock.at(monday.minusDays(1).atZone(here).toInstant(), () -> give("周日交办"));
        clock.at(monday.minusHours(1).atZone(here).toInstant(), () -> give("周一早上交办"));
        assertThat(clock.<Integer>at(
                        monday.minusDays(1).withHour(10).atZone(here).toInstant(), outbox::round))
                .as("not on a Sunday")
                .isZero();
        assertThat(clock.<Integer>at(monday.atZone(here).toInstant(), outbox::round))
                .as("not before eight")
                .isZero();
        assertThat(clock.<Integer>at(monday.plusMinutes(1).atZone(here).toInstant(), outbox::round))
                .isEqualTo(1);
        clock.at(monday.plusHours(2).atZone(here).toInstant(), () -> give("周一上午交办"));
        assertThat(clock.<Integer>at(monday.plusHours(3).atZone(here).toInstant(), outbox::round))
                .as("one a day")
                .isZero();
        assertThat(clock.<Integer>at(monday.plusDays(1).withHour(9).atZone(here).toInstant(), outbox::round))
                .isEqualTo(1);
        assertThat(received()).hasSize(2);
    }

    @Test
    void theAdministratorSendsATestLetter() throws Exception {
        assertThat(send("admin", "/accounts/mail/test", "address", "it@example.com")
                        .getStatus())
                .isEqualTo(302);
        assertThat(send("clerk", "/accounts/mail/test", "address", "it@example.com")
                        .getStatus())
                .isEqualTo(403);
        assertThat(outbox.round()).isEqualTo(1);
        assertThat(received().getFirst().getSubject()).contains("测试信");
        assertThat(page("admin", "/accounts/mail")).contains("it@example.com", "已发");
    }

    @Test
    void withoutAServerNothingIsSent() {
        wish("handler", "luchuan@example.com", "at-once");
        give("不发信");
        Outbox off = new Outbox(
                sql,
                transaction,
                writer,
                calendars,
                clock,
                new MailSettings("", 587, "", "", "", MailSettings.Security.STARTTLS, ""));
        assertThat(off.round()).isZero();
        assertThat(sql.sql("select count(*) from mail_letter")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
