package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.database.Asking;
import org.luoshi.server.database.HouseClock;
import org.luoshi.server.database.Revisions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

class MattersIT extends MatterTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));

    @Autowired
    private Journal journal;

    @Autowired
    private JdbcClient sql;

    @Autowired
    private HouseClock clock;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Revisions revisions;

    @Autowired
    private Asking.Finder who;

    @Autowired
    private MockMvc web;

    private long given(String title) {
        long id = create("clerk", "target-task", Map.of("title", title));
        act(
                "clerk",
                id,
                "hand-down",
                "lead",
                unit("housing"),
                "joint",
                unit("transport"),
                "due",
                TODAY.plusDays(60).toString());
        act("handler", id, "sign");
        return id;
    }

    @Test
    void runsFromGivenToStruckOff() {
        long id = given("改造老旧小区31个");

        act("handler", id, "report", List.of(PROOF), "note", "已全部完工", "percent", "100");
        act("clerk", id, "verify", "finding", "现场看过，属实");
        act("mover", id, "countersign");
        act("handler", id, "submit", "result", "31个小区完工");
        act("head", id, "approve");
        Matter closed = act("clerk", id, "close", "finding", "核查通过");

        assertThat(closed.state()).isEqualTo("closed");
        assertThat(closed.ended()).isTrue();
        assertThat(closed.progress()).isEqualByComparingTo("100");
        assertThat(closed.waits()).isEmpty();
        assertThat(journal.listEntries("matter:" + id, 50)).hasSize(9);
        assertThat(journal.listBrokenStreams()).isEmpty();
        assertThat(store.clocks(id).values())
                .allSatisfy(run -> assertThat(run.isRunning()).isFalse());
    }

    @Test
    void refusesAnIllegalMoveWithBothStatesAndWhatIsMissing() {
        long id = given("新建停车位一千个");

        MoveRefused refused =
                catchThrowableOfType(MoveRefused.class, () -> act("handler", id, "close", "finding", "好了"));

        assertThat(refused.faults()).extracting(Fault::key).contains("matters.fault.state", "matters.fault.who");
        assertThat(refused.faults().getFirst().arguments())
                .hasSize(3)
                .first()
                .hasToString("Named[zh=销号, en=Close and strike off]");
    }

    @Test
    void refusesClosingByTheUnitThatDidIt() {
        long id = given("修农村公路十公里");
        assertThatThrownBy(() -> act("handler", id, "submit", "result", "修完了"))
                .isInstanceOfSatisfying(
                        MoveRefused.class,
                        e -> assertThat(e.faults())
                                .extracting(Fault::key)
                                .containsExactly("matters.fault.evidence", "matters.fault.countersign"));
    }

    @Test
    void asksAJointUnitAgainOnceTheWorkBeganAgain() {
        long id = given("治理积水点九处");
        act("mover", id, "countersign");
        act("handler", id, "submit", List.of(PROOF), "result", "完成");
        act("head", id, "approve");
        act("clerk", id, "bounce", "reason", "有一处未完工");

        assertThat(act("handler", id, "submit", List.of(PROOF), "result", "已补").state())
                .as("their own part was not found wanting")
                .isEqualTo("reviewing");
        act("head", id, "approve");
        act("clerk", id, "bounce", "reason", "还没有全部完工");
        act("handler", id, "report", List.of(PROOF), "note", "全部完工", "percent", "100");
        act("clerk", id, "verify", "finding", "属实");
        act("handler", id, "submit", "result", "完成");
        act("head", id, "approve");
        act("clerk", id, "close", "finding", "核查通过");
        act("clerk", id, "reopen", "reason", "又积水", "due", TODAY.plusDays(60).toString());
        MoveRefused refused = catchThrowableOfType(
                MoveRefused.class, () -> act("handler", id, "submit", List.of(PROOF), "result", "已补"));
        assertThat(refused.faults()).extracting(Fault::key).containsExactly("matters.fault.countersign");
        act("mover", id, "countersign");
        assertThat(act("handler", id, "submit", List.of(PROOF), "result", "已补").state())
                .isEqualTo("reviewing");
    }

    @Test
    void aFindingGivenToTheWrongUnitGoesBackAndToAnother() {
        long id = create(
                "clerk",
                "rectification",
                Map.of(
                        "title",
                        "客运站消防设施过期",
                        "origin",
                        "safety",
                        "lead",
                        unit("housing"),
                        "due",
                        TODAY.plusDays(30).toString()));
        Matter back = act("handler", id, "return", "reason", "客运站归交通局管");
        assertThat(back.state()).isEqualTo("returned");
        assertThat(store.clocks(id).values())
                .allSatisfy(run -> assertThat(run.isRunning()).isFalse());

        Matter given = act(
                "clerk",
                id,
                "regive",
                "lead",
                unit("transport"),
                "due",
                TODAY.plusDays(40).toString(),
                "reason",
                "改由交通局整改");
        assertThat(given.state()).isEqualTo("listed");
        assertThat(given.lead()).isEqualTo(county.unit("transport"));
        assertThat(store.clocks(id))
                .hasEntrySatisfying("due", run -> assertThat(run.isRunning()).isTrue());
        assertThat(act("mover", id, "plan", "measures", "更换", "aim", "合格").state())
                .isEqualTo("planned");
    }

    @Test
    void bouncesWithAReasonAndCountsIt() {
        long id = given("治理积水点五处");
        act("mover", id, "countersign");
        act("handler", id, "submit", List.of(PROOF), "result", "完成");
        act("head", id, "approve");

        assertThatThrownBy(() -> act("clerk", id, "bounce")).isInstanceOf(MoveRefused.class);
        Matter back = act("clerk", id, "bounce", "reason", "有一处未完工");

        assertThat(back.state()).isEqualTo("working");
        assertThat(back.bounced()).isEqualTo(1);
    }

    @Test
    void asksForEvidenceOfThoseWhoDoItSinceTheyDoIt() {
        long id = given("治理内涝点三处");
        act("mover", id, "countersign");
        act("handler", id, "report", List.of(PROOF), "note", "两处完工", "percent", "60");
        act("clerk", id, "verify", "finding", "照片是旧的", "decision", "return");
        assertLacksEvidence(() -> act("handler", id, "submit", "result", "完成"), "the report was returned");

        act("mover", id, "report", List.of(PROOF), "note", "路面已恢复");
        act("handler", id, "submit", "result", "完成");
        act("head", id, "disapprove", "reason", "写明三处位置");
        act("handler", id, "submit", "result", "三处都已完成");
        act("head", id, "approve");
        act("clerk", id, "bounce", "reason", "有一处未完工");
        assertLacksEvidence(() -> act("handler", id, "submit", "result", "完成"), "nothing new since the bounce");

        act("handler", id, "submit", List.of(PROOF), "result", "完成");
        act("head", id, "approve");
        assertThat(store.find(id).orElseThrow().state()).isEqualTo("checking");
    }

    @Test
    void takesNoFileOfTheOfficeForWhatTheInspectedUnitMended() {
        long id = create(
                "clerk",
                "inspection",
                Map.of("title", "惠企资金督查", "what", "拨付时限", "basis", "会议要求", "lead", unit("housing")));
        act("second", id, "approve");
        act("clerk", id, "plan", "plan", "抽查", "scope", "今年以来");
        act(
                "clerk",
                id,
                "conclude",
                List.of(PROOF),
                "conclusion",
                "超时",
                "due",
                TODAY.plusDays(60).toString());
        act("handler", id, "accept");

        assertLacksEvidence(() -> act("handler", id, "rectify", "result", "改完"), "the office's own conclusion");
        assertThat(act("handler", id, "rectify", List.of(PROOF), "result", "改完").state())
                .isEqualTo("verifying");
    }

    @Test
    void keepsTheTimeToObjectForTheInspectedUnit() {
        long early = concluded("粮食储备督查");
        long late = concluded("医保基金督查");
        assertRefused("matters.fault.clock-runs", () -> act("clerk", early, "lapse"));
        assertThat(act("handler", early, "object", "objection", "一笔算错").state()).isEqualTo("objected");

        Instant after = TODAY.plusDays(31)
                .atTime(9, 0)
                .atZone(ZoneId.of("Asia/Shanghai"))
                .toInstant();
        clock.at(after, () -> {
            assertRefused("matters.fault.clock-over", () -> act("handler", late, "object", "objection", "晚了"));
            return act("clerk", late, "lapse");
        });
        assertThat(store.find(late).orElseThrow().state()).isEqualTo("rectifying");
    }

    /** An inspection whose conclusion was given today; whoever proposed it did not approve it. */
    private long concluded(String title) {
        long id = create(
                "clerk", "inspection", Map.of("title", title, "what", "台账", "basis", "会议要求", "lead", unit("housing")));
        assertRefused("matters.fault.other-person", () -> act("clerk", id, "approve"));
        act("second", id, "approve");
        act("clerk", id, "plan", "plan", "抽查", "scope", "今年以来");
        String due = TODAY.plusDays(60).toString();
        act("clerk", id, "conclude", List.of(PROOF), "conclusion", "超时", "due", due);
        return id;
    }

    private static void assertRefused(String fault, org.assertj.core.api.ThrowableAssert.ThrowingCallable move) {
        assertThat(catchThrowableOfType(MoveRefused.class, move).faults())
                .extracting(Fault::key)
                .containsExactly(fault);
    }

    @Test
    void overridesWithClocksThatLive() {
        long id = given("疏通下水道");
        act("handler", id, "ask-extension", "due", TODAY.plusDays(90).toString(), "reason", "连续降雨");
        act("clerk", id, "suspend", "reason", "等资金");
        override(id, "working");
        assertThat(store.clocks(id).get("due"))
                .satisfies(run -> assertThat(run.isRunning()).isTrue());
        assertThat(store.find(id).orElseThrow().asked()).isNull();

        override(id, "closed");
        assertThat(store.clocks(id).values())
                .allSatisfy(run -> assertThat(run.isRunning()).isFalse());

        Instant late = TODAY.plusDays(70)
                .atTime(9, 0)
                .atZone(ZoneId.of("Asia/Shanghai"))
                .toInstant();
        clock.at(late, () -> {
            override(id, "working");
            return true;
        });
        Matter woken = store.find(id).orElseThrow();
        assertThat(woken.lightWord()).isEqualTo("overdue");
        assertThat(woken.closedAt()).isNull();

        override(id, "drafted");
        assertThat(store.clocks(id).values())
                .as("as if it had been returned")
                .allSatisfy(run -> assertThat(run.isRunning()).isFalse());
        int stale = woken.version();
        assertThat(catchThrowableOfType(
                                MoveRefused.class,
                                () -> matters.override(county.user("admin"), id, stale, "closed", "误操作", "stale-" + id))
                        .isStale())
                .isTrue();
    }

    private void override(long id, String state) {
        int version = store.find(id).orElseThrow().version();
        matters.override(
                county.user("admin"),
                id,
                version,
                state,
                "误操作",
                UUID.randomUUID().toString());
    }

    private static void assertLacksEvidence(org.assertj.core.api.ThrowableAssert.ThrowingCallable move, String why) {
        assertThat(catchThrowableOfType(MoveRefused.class, move).faults())
                .as(why)
                .extracting(Fault::key)
                .containsExactly("matters.fault.evidence");
    }

    @Test
    void extendsOnlyWhatWasAskedForAndAsFarAsTheTypeAllows() {
        long id = given("建成幼儿园一所");
        assertThatThrownBy(() -> act("clerk", id, "grant-extension")).isInstanceOf(MoveRefused.class);
        assertThatThrownBy(() -> act(
                        "handler",
                        id,
                        "ask-extension",
                        "due",
                        TODAY.plusDays(600).toString(),
                        "reason",
                        "雨"))
                .isInstanceOfSatisfying(
                        MoveRefused.class,
                        e -> assertThat(e.faults())
                                .extracting(Fault::key)
                                .containsExactly("matters.fault.extension-long"));

        act("handler", id, "ask-extension", "due", TODAY.plusDays(90).toString(), "reason", "连续降雨停工");
        Matter extended = act("clerk", id, "grant-extension");

        assertThat(extended.due()).isEqualTo(TODAY.plusDays(90));
        assertThat(extended.firstDue()).isEqualTo(TODAY.plusDays(60));
        assertThat(extended.extended()).isEqualTo(1);
    }

    @Test
    void forgetsAnExtensionThatNobodyCanAnswerAnyMore() throws Exception {
        long id = given("建成托育园一所");
        act("mover", id, "countersign");
        String wanted = TODAY.plusDays(90).toString();
        act("handler", id, "ask-extension", "due", wanted, "reason", "连续降雨停工");
        Matter submitted = act("handler", id, "submit", List.of(PROOF), "result", "赶上了");

        assertThat(submitted.asked()).isNull();
        assertThat(submitted.waits()).containsExactly("head:" + county.unit("housing"));
        assertThat(journal.listEntries("matter:" + id, 1).getFirst().details().toString())
                .contains("extension-dropped", wanted);
        assertThat(page(id)).contains("延期申请（拟延至 " + wanted + "）随之作废");
    }

    @Test
    void knowsNoProgressOfWorkThatBeginsAnew() throws Exception {
        for (String move : List.of("reopen", "recur")) {
            long id = given("修复路灯八十盏，" + move);
            act("mover", id, "countersign");
            act("handler", id, "report", List.of(PROOF), "note", "全部修复", "percent", "100");
            act("clerk", id, "verify", "finding", "属实");
            act("handler", id, "submit", "result", "修复八十盏");
            act("head", id, "approve");
            act("clerk", id, "close", "finding", "核查通过");

            Matter again = act(
                    "clerk",
                    id,
                    move,
                    "reason",
                    "又坏了二十盏",
                    "due",
                    TODAY.plusDays(90).toString());
            assertThat(again.progress()).isNull();
            assertThat(again.reported()).isNull();
            assertThat(page(id)).contains("原已确认进度 100% 不再计算");

            act("handler", id, "report", "note", "已备料");
            assertThat(act("clerk", id, "verify", "finding", "属实").progress())
                    .as("what was confirmed before does not come back")
                    .isNull();
            act("handler", id, "report", "note", "修好五盏", "percent", "25");
            assertThat(act("clerk", id, "verify", "finding", "属实").progress()).isEqualByComparingTo("25");
        }
    }

    private String page(long id) throws Exception {
        return web.perform(get("/matters/" + id).with(user(county.user("clerk"))))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void grantsNoExtensionToADayThatHasPassed() {
        long id = given("建成养老驿站一所");
        act("handler", id, "ask-extension", "due", TODAY.plusDays(90).toString(), "reason", "连续降雨停工");
        Instant late = TODAY.plusDays(91)
                .atTime(9, 0)
                .atZone(ZoneId.of("Asia/Shanghai"))
                .toInstant();

        MoveRefused refused = catchThrowableOfType(
                MoveRefused.class, () -> clock.at(late, () -> act("clerk", id, "grant-extension")));

        assertThat(refused.faults()).extracting(Fault::key).containsExactly("matters.fault.extension-past");
    }

    @Test
    void mergesOneOfTwoAndTellsThoseOfTheOther() {
        long one = given("清淤一号渠");
        long other = given("清淤一号渠二期");
        String number = store.find(other).orElseThrow().number();
        MoveRefused busy = transaction.execute(status -> {
            sql.sql("select 1 from matter where id = :id for update")
                    .param("id", other)
                    .query(Integer.class)
                    .single();
            return CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                            MoveRefused.class, () -> act("clerk", one, "merge", "other", number, "reason", "同一件事")))
                    .join();
        });
        assertThat(Objects.requireNonNull(busy).faults())
                .extracting(Fault::key)
                .containsExactly("matters.fault.merge-busy");

        act("clerk", one, "merge", "other", number, "reason", "同一件事");

        assertThat(sql.sql("select count(*) from message where matter = :id and kind = 'absorbed'")
                        .param("id", other)
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThatThrownBy(() -> act(
                        "clerk",
                        other,
                        "merge",
                        "other",
                        store.find(one).orElseThrow().number(),
                        "reason",
                        "同一件事"))
                .isInstanceOf(MoveRefused.class);
    }

    @Test
    void carriesOutARepeatedRequestOnce() {
        long id = given("安装路灯三百盏");
        int version = store.find(id).orElseThrow().version();
        Matters.Asked asked = new Matters.Asked("report", version, Map.of("note", "装了一半", "percent", "50"), List.of());
        String request = UUID.randomUUID().toString();

        matters.act(county.user("handler"), id, asked, request);
        matters.act(county.user("handler"), id, asked, request);

        assertThat(store.find(id).orElseThrow().unverified()).isEqualTo(1);
    }

    @Test
    void tellsTheSecondOfTwoWhoActAtOnceWhatChanged() {
        long id = given("清理河道两公里");
        int seen = store.find(id).orElseThrow().version();
        act("clerk", id, "suspend", "reason", "等资金");

        MoveRefused refused = catchThrowableOfType(
                MoveRefused.class,
                () -> matters.act(
                        county.user("handler"),
                        id,
                        new Matters.Asked("submit", seen, Map.of("result", "完成"), List.of()),
                        UUID.randomUUID().toString()));

        assertThat(refused.isStale()).isTrue();
        assertThat(refused.faults().getFirst().arguments()).first().isEqualTo("周启明");
    }

    @Test
    void keepsMattersFromPeopleWhoHaveNoPartInThem() {
        long id = given("加装电梯二十部");

        assertThat(count("select count(*) from matter where id = " + id, "stranger"))
                .isZero();
        assertThat(count("select count(*) from matter_clock where matter = " + id, "stranger"))
                .isZero();
        assertThat(count("select count(*) from matter where id = " + id, "mover"))
                .isOne();
        assertThat(count("select count(*) from matter where id = " + id, "handler"))
                .isOne();
        assertThat(count("select count(*) from matter where id = " + id, "clerk"))
                .isOne();
    }

    private int count(String query, String login) {
        return as(login, () -> sql.sql(query).query(Integer.class).single());
    }

    @Test
    void suspendsTheDeadlineAndMovesItByTheDaysOfThePause() {
        long id = given("引进物流企业两家");
        LocalDate due = store.find(id).orElseThrow().due();
        act("clerk", id, "suspend", "reason", "等规划调整");
        Matter resumed = act("clerk", id, "resume");

        assertThat(resumed.due()).isEqualTo(due);
        assertThat(resumed.state()).isEqualTo("working");
    }

    @Test
    void refusesADeadlineInThePast() {
        long id = create("clerk", "target-task", Map.of("title", "整治占道经营"));
        assertThatThrownBy(() -> act("clerk", id, "hand-down", "lead", unit("housing"), "due", "2020-01-01"))
                .isInstanceOfSatisfying(
                        MoveRefused.class,
                        e -> assertThat(e.faults()).extracting(Fault::key).containsExactly("matters.fault.due-past"));
    }

    @Test
    void refusesTheSameMatterTwice() {
        create(
                "clerk",
                "to-do",
                Map.of(
                        "title",
                        "报花名册",
                        "lead",
                        unit("housing"),
                        "due",
                        TODAY.plusDays(5).toString()));
        assertThatThrownBy(() -> create(
                        "clerk",
                        "to-do",
                        Map.of(
                                "title",
                                "报花名册",
                                "lead",
                                unit("housing"),
                                "due",
                                TODAY.plusDays(9).toString())))
                .isInstanceOfSatisfying(
                        MoveRefused.class,
                        e -> assertThat(e.faults()).extracting(Fault::key).containsExactly("matters.fault.duplicate"));
    }

    @Test
    void refusesANumberThatWouldFillTheMemory() {
        long matter =
                create("clerk", "target-task", Map.of("title", "防内存", "lead", unit("housing"), "due", "2099-01-31"));
        act("clerk", matter, "hand-down", "lead", unit("housing"), "due", "2099-01-31");
        act("handler", matter, "sign");
        for (String evil : java.util.List.of("1E-999999999", "1E999999999", "0." + "0".repeat(5000) + "1")) {
            assertThatThrownBy(() -> act("handler", matter, "report", "note", "x", "percent", evil))
                    .isInstanceOf(MoveRefused.class);
        }
    }

    @Test
    void keepsTheListsOfThoseWhoseMattersDidNotChange() {
        long id = given("修缮戏台");
        Asking town = Objects.requireNonNull(as("town", who::find));
        Asking housing = Objects.requireNonNull(as("handler", who::find));
        Asking office = Objects.requireNonNull(as("clerk", who::find));
        List<Long> before = count(town, housing, office);

        act("handler", id, "report", List.of(PROOF), "note", "已备料", "percent", "10");
        List<Long> reported = count(town, housing, office);
        assertThat(reported.get(0)).isEqualTo(before.get(0));
        assertThat(reported.get(1)).isGreaterThan(before.get(1));
        assertThat(reported.get(2)).isGreaterThan(before.get(2));

        // Who gives a matter up and who gets it both see it.
        act("clerk", id, "transfer", "lead", unit("liuwan"), "reason", "职责调整");
        List<Long> given = count(town, housing, office);
        assertThat(given.get(0)).isGreaterThan(reported.get(0));
        assertThat(given.get(1)).isGreaterThan(reported.get(1));
        assertThat(given.get(2)).isGreaterThan(reported.get(2));
    }

    private List<Long> count(Asking... people) {
        return Stream.of(people).map(revisions::mattersOf).toList();
    }

    @Test
    void countsThePercentageFromAFigureAndKeepsOneThatIsGiven() {
        long id = create("clerk", "target-task", Map.of("title", "改造老旧小区三十一个", "target", "31", "measure", "个"));
        act("clerk", id, "hand-down", "lead", unit("housing"), "due", "2099-12-31");
        act("handler", id, "sign");
        assertThatThrownBy(() -> act("handler", id, "report", "note", "在办", "value", "十二"))
                .isInstanceOf(MoveRefused.class);

        act("handler", id, "report", "note", "完工十二个", "value", "12");
        assertThat(act("clerk", id, "verify", "finding", "属实").progress()).isEqualByComparingTo("38.70");
        act("handler", id, "report", "note", "全部进场", "value", "13", "percent", "60");
        assertThat(act("clerk", id, "verify", "finding", "属实").progress()).isEqualByComparingTo("60");
        act("handler", id, "report", "note", "多办了两个", "value", "33");
        assertThat(act("clerk", id, "verify", "finding", "属实").progress()).isEqualByComparingTo("100");
    }
}
