package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.database.HouseClock;
import org.luoshi.server.matters.types.Condition;
import org.luoshi.server.matters.types.Light;
import org.luoshi.server.matters.types.Named;
import org.luoshi.server.matters.types.Rung;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Lights and notices as the days go by. */
class WatchIT extends MatterTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));

    @Autowired
    Watch watch;

    @Autowired
    HouseClock clock;

    @Autowired
    JdbcClient sql;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MatterLists lists;

    @Autowired
    Surroundings surroundings;

    @Autowired
    Milestones milestones;

    private static Instant on(LocalDate day) {
        return day.atTime(8, 0).atZone(WorkingTime.BEIJING).toInstant();
    }

    private Watch.Round lookOn(LocalDate day) {
        return clock.at(on(day), watch::look);
    }

    private long working(String title, int days) {
        long id = create("clerk", "target-task", Map.of("title", title));
        act(
                "clerk",
                id,
                "hand-down",
                "lead",
                unit("housing"),
                "due",
                TODAY.plusDays(days).toString());
        act("handler", id, "sign");
        return id;
    }

    private List<String> levels(long id) {
        return sql.sql("select level from matter_notice where matter = :id order by id")
                .param("id", id)
                .query(String.class)
                .list();
    }

    @Test
    void turnsLightsByTheRulesOfTheTypeAndSaysWhy() {
        long id = working("建成体育公园", 100);
        act("handler", id, "report", "note", "开工", "percent", "10");
        act("clerk", id, "verify", "finding", "属实");
        assertThat(store.find(id).orElseThrow().light()).isEqualTo(Light.GREEN);

        lookOn(TODAY.plusDays(16));
        Matter behind = store.find(id).orElseThrow();
        assertThat(behind.light()).isEqualTo(Light.YELLOW);
        assertThat(behind.lightWord()).isEqualTo("behind");
        assertThat(behind.lightWhy())
                .containsEntry("progress", "10")
                .containsEntry("expected", "16")
                .containsEntry("gap", "6");

        lookOn(TODAY.plusDays(24));
        assertThat(store.find(id).orElseThrow().light()).isEqualTo(Light.YELLOW);
        lookOn(TODAY.plusDays(25));
        assertThat(store.find(id).orElseThrow().light()).isEqualTo(Light.RED);

        lookOn(TODAY.plusDays(101));
        Matter overdue = store.find(id).orElseThrow();
        assertThat(overdue.lightWord()).isEqualTo("overdue");
        assertThat(overdue.lightWhy()).containsEntry("left", "-1");
    }

    @Test
    void sendsARungOncePerCauseAndAgainAfterAnExtension() {
        long id = working("整修文化站", 10);
        lookOn(TODAY);
        assertThat(levels(id)).containsExactly("reminder");
        assertThat(lookOn(TODAY).sent()).isZero();
        lookOn(TODAY.plusDays(8));
        assertThat(levels(id)).startsWith("reminder").contains("blue");
        int sent = levels(id).size();
        lookOn(TODAY.plusDays(9));
        assertThat(levels(id)).hasSize(sent);
        assertThat(store.find(id).orElseThrow().level()).isEqualTo("blue");

        act("handler", id, "ask-extension", "due", TODAY.plusDays(40).toString(), "reason", "设计变更");
        act("clerk", id, "grant-extension");
        lookOn(TODAY.plusDays(30));
        assertThat(levels(id).stream().filter("reminder"::equals)).hasSize(2);
    }

    @Test
    void urgesNobodyForWhatIsSuspendedOrAlreadySubmitted() {
        long submitted = working("翻修图书馆", 100);
        long suspended = working("翻修博物馆", 100);
        for (long id : List.of(submitted, suspended)) {
            act("handler", id, "report", List.of(PROOF), "note", "开工", "percent", "10");
            act("clerk", id, "verify", "finding", "属实");
        }
        act("clerk", suspended, "suspend", "reason", "等资金");
        act("handler", submitted, "submit", "result", "完工");

        lookOn(TODAY.plusDays(60));

        assertThat(levels(suspended)).isEmpty();
        assertThat(levels(submitted)).isEmpty();
        // Matters of the version before have rungs that name no state.
        Matter held = store.find(suspended).orElseThrow();
        Instant later = on(TODAY.plusDays(60));
        Lights.Facts facts = surroundings.facts(surroundings.open(held, surroundings.typeOf(held)), later);
        for (Condition when : List.of(new Condition.Behind(BigDecimal.ONE), new Condition.Silent(1))) {
            Rung rung = new Rung("blue", new Named("", ""), when, true, true, null, 0);
            assertThat(Lights.holds(rung, facts, later, surroundings.time(), new LinkedHashMap<>()))
                    .isFalse();
        }
        clock.at(on(TODAY.plusDays(61)), () -> act("clerk", suspended, "resume"));
        lookOn(TODAY.plusDays(62));
        assertThat(store.find(suspended).orElseThrow().light()).isEqualTo(Light.GREEN);
        assertThat(store.find(suspended).orElseThrow().lightWhy()).containsEntry("expected", "1");
        assertThat(levels(suspended)).isEmpty();
        lookOn(TODAY.plusDays(61 + 16));
        assertThat(store.find(suspended).orElseThrow().lightWhy()).containsEntry("expected", "16");
        assertThat(levels(suspended)).contains("blue");
    }

    @Test
    void measuresMilestonesLaterByTheDaysOfAPauseAndKeepsTheirBaselines() {
        long id = working("修复古城墙", 100);
        plan(id, line(null, "清基", TODAY.plusDays(20), 0, null), line(null, "砌筑", TODAY.plusDays(100), 0, null));
        List<Schedule.Milestone> agreed = store.milestones(id);
        clock.at(on(TODAY.plusDays(20)), () -> {
            act("handler", id, "report", "note", "清完", "percent", "50");
            act("clerk", id, "verify", "finding", "属实");
            plan(
                    id,
                    line(agreed.get(0).id(), "清基", TODAY.plusDays(20), 0, TODAY.plusDays(20)),
                    line(agreed.get(1).id(), "砌筑", TODAY.plusDays(100), 0, null));
            return true;
        });
        clock.at(on(TODAY.plusDays(30)), () -> act("clerk", id, "suspend", "reason", "文物发掘"));
        clock.at(on(TODAY.plusDays(80)), () -> act("clerk", id, "resume"));

        assertThat(store.find(id).orElseThrow().due()).isEqualTo(TODAY.plusDays(150));
        assertThat(store.milestones(id))
                .extracting(m -> m.baseline() + " " + m.planned())
                .containsExactly(
                        TODAY.plusDays(20) + " " + TODAY.plusDays(20), TODAY.plusDays(100) + " " + TODAY.plusDays(150));
        lookOn(TODAY.plusDays(90));
        assertThat(store.find(id).orElseThrow().lightWhy())
                .as("20 of the 80 days between the two")
                .containsEntry("expected", "62.5");
        clock.at(on(TODAY.plusDays(90)), () -> act("clerk", id, "rebaseline", "reason", "按新工期"));
        lookOn(TODAY.plusDays(90));
        assertThat(store.find(id).orElseThrow().lightWhy()).containsEntry("expected", "62.5");
        assertThat(store.milestones(id).get(1).baseline()).isEqualTo(TODAY.plusDays(150));
    }

    @Test
    void doesNotHoldTheMilestonesOfTheWorkBeforeAgainstWorkThatBeganAnew() {
        long id = working("整治内涝点", 60);
        plan(
                id,
                line(null, "排查", TODAY.plusDays(20), 0, null),
                line(null, "清淤", TODAY.plusDays(40), 0, null),
                line(null, "复查", TODAY.plusDays(60), 0, null));
        long later = working("整治渗漏点", 30);
        plan(later, line(null, "排查", TODAY.plusDays(20), 0, null));
        LocalDate again = TODAY.plusDays(50);
        for (long one : List.of(id, later)) {
            act("clerk", one, "cancel", "reason", "改由水务局做");
            clock.at(on(again), () -> {
                act(
                        "clerk",
                        one,
                        "reopen",
                        "reason",
                        "恢复",
                        "due",
                        again.plusDays(100).toString());
                act("handler", one, "report", "note", "重新排查", "percent", "20");
                return act("clerk", one, "verify", "finding", "属实");
            });
            assertThat(store.find(one).orElseThrow().lightWord()).isEqualTo("normal");
        }
        lookOn(again.plusDays(5));
        assertThat(store.find(id).orElseThrow().lightWhy())
                .as("half the way to the only one that is still ahead")
                .containsEntry("expected", "50");
        assertThat(store.find(later).orElseThrow().lightWhy())
                .as("none is left: a straight line")
                .containsEntry("expected", "5");
    }

    @Test
    void sendsNothingByRuleForWhatWasSubmittedInTime() {
        long working = working("改造剧场", 100);
        long reviewing = working("改造剧院", 100);
        long checking = working("改造影院", 100);
        long finding = create(
                "clerk",
                "rectification",
                Map.of(
                        "title",
                        "剧场消防通道堵塞",
                        "origin",
                        "safety",
                        "lead",
                        unit("housing"),
                        "due",
                        TODAY.plusDays(100).toString()));
        act("handler", finding, "plan", "measures", "清通道", "aim", "畅通");
        act("clerk", finding, "approve-plan");
        for (long id : List.of(working, reviewing, checking, finding)) {
            act("handler", id, "report", List.of(PROOF), "note", "完工", "percent", "100");
            act("clerk", id, "verify", "finding", "属实");
        }
        for (long id : List.of(reviewing, checking, finding)) {
            act("handler", id, "submit", "result", "完工");
        }
        for (long id : List.of(checking, finding)) {
            act("head", id, "approve");
        }

        lookOn(TODAY.plusDays(86));
        assertThat(levels(working)).containsExactly("reminder");
        lookOn(TODAY.plusDays(98));
        assertThat(levels(working)).containsExactly("reminder", "blue");
        lookOn(TODAY.plusDays(101));
        for (long id : List.of(reviewing, checking, finding)) {
            assertThat(levels(id)).isEmpty();
        }
    }

    @Test
    void countsNoDayOfASuspensionAsSilence() {
        long id = working("编纂县志", 1000);
        act("handler", id, "report", List.of(PROOF), "note", "资料收齐", "percent", "12");
        act("clerk", id, "verify", "finding", "属实");
        clock.at(on(TODAY.plusDays(20)), () -> act("clerk", id, "suspend", "reason", "等史料"));
        clock.at(on(TODAY.plusDays(70)), () -> act("clerk", id, "resume"));

        assertThat(store.find(id).orElseThrow().lightWord()).isEqualTo("normal");
        lookOn(TODAY.plusDays(70 + 45));
        assertThat(store.find(id).orElseThrow().lightWord()).isEqualTo("normal");
        lookOn(TODAY.plusDays(70 + 46));
        Matter silent = store.find(id).orElseThrow();
        assertThat(silent.lightWord()).isEqualTo("silent");
        assertThat(silent.lightWhy()).containsEntry("silent", "46");
    }

    @Test
    void measuresWorkThatBeganAnewFromTheDayItBegan() {
        long id = working("迁移电杆", 50);
        act("clerk", id, "cancel", "reason", "改线");
        LocalDate again = TODAY.plusDays(60);
        clock.at(
                on(again),
                () -> act(
                        "clerk",
                        id,
                        "reopen",
                        "reason",
                        "恢复",
                        "due",
                        again.plusDays(100).toString()));
        clock.at(on(again), () -> {
            act("handler", id, "report", "note", "放线", "percent", "10");
            return act("clerk", id, "verify", "finding", "属实");
        });

        lookOn(again.plusDays(12));
        Matter found = store.find(id).orElseThrow();
        assertThat(found.lightWord()).isEqualTo("normal");
        assertThat(found.lightWhy()).containsEntry("expected", "12");
    }

    @Test
    void showsAListAsItStoodOnADay() {
        long id = working("安装健身器材", 50);
        Instant later = on(TODAY.plusDays(20));
        clock.at(later, () -> act("clerk", id, "suspend", "reason", "等场地"));

        assertThat(stateOn(id, TODAY.plusDays(19))).isEqualTo("working");
        assertThat(stateOn(id, TODAY.plusDays(20))).isEqualTo("suspended");
        assertThat(stateOn(id, TODAY.minusDays(1))).isEmpty();
        assertThat(store.findAt(id, on(TODAY.plusDays(10))).orElseThrow().state())
                .isEqualTo("working");
    }

    private String stateOn(long id, LocalDate day) {
        Listing listing = new Listing(
                Listing.View.TASKS,
                "",
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of(),
                "",
                null,
                day,
                Listing.Sort.NUMBER,
                false,
                1);
        assertThat(lists.list(listing, 0, 500)).hasSize((int) lists.count(listing));
        return lists.list(listing, 0, 500).stream()
                .filter(row -> row.id() == id)
                .map(MatterLists.Row::state)
                .findFirst()
                .orElse("");
    }

    @Test
    void movesWhatFollowsALateMilestoneAndKeepsTheBaseline() {
        long id = working("新建农贸市场", 120);
        plan(
                id,
                line(null, "设计", TODAY.plusDays(30), 0, null),
                line(null, "施工", TODAY.plusDays(100), 70, null),
                line(null, "开业", TODAY.plusDays(120), 10, null));
        List<Schedule.Milestone> planned = store.milestones(id);
        clock.at(on(TODAY.plusDays(45)), () -> {
            plan(
                    id,
                    line(planned.get(0).id(), "设计", TODAY.plusDays(30), 0, TODAY.plusDays(45)),
                    line(planned.get(1).id(), "施工", planned.get(1).planned(), 70, null),
                    line(planned.get(2).id(), "开业", planned.get(2).planned(), 10, null));
            return true;
        });

        List<Schedule.Milestone> moved = store.milestones(id);
        assertThat(moved.get(1).planned()).isEqualTo(TODAY.plusDays(115));
        assertThat(moved.get(1).baseline()).isEqualTo(TODAY.plusDays(100));
        assertThat(moved.get(2).planned()).isEqualTo(TODAY.plusDays(125));
        assertThat(moved.get(2).slip()).isEqualTo(5);

        act("clerk", id, "rebaseline", "reason", "雨季停工，县政府同意");
        assertThat(store.milestones(id).get(2).baseline()).isEqualTo(TODAY.plusDays(125));
    }

    @Test
    void leavesAloneWhatSomebodyChangesMeanwhile() throws Exception {
        long ended = working("拆除危桥", 20);
        long extended = working("疏浚河道", 20);
        LocalDate day = TODAY.plusDays(21);
        CompletableFuture<Watch.Round> round = transaction.execute(status -> {
            // What a person does who closes the one and prolongs the other while the round reads its batch.
            sql.sql(
                            "update matter set ended = true, light = 'green', light_word = 'done', version = version + 1 where id = :id")
                    .param("id", ended)
                    .update();
            sql.sql("update matter set due = due + 90, version = version + 1 where id = :id")
                    .param("id", extended)
                    .update();
            sql.sql(
                            "update matter_clock set runs_out = runs_out + interval '90 days' where matter = :id and clock = 'due'")
                    .param("id", extended)
                    .update();
            CompletableFuture<Watch.Round> looking = CompletableFuture.supplyAsync(() -> lookOn(day));
            waitForALock();
            return looking;
        });
        assertThat(Objects.requireNonNull(round).get(60, TimeUnit.SECONDS).failed())
                .isZero();

        assertThat(store.find(ended).orElseThrow().lightWord()).isEqualTo("done");
        assertThat(levels(ended)).isEmpty();
        assertThat(store.find(extended).orElseThrow().lightWord())
                .as("judged on the next round")
                .isEqualTo("normal");
        assertThat(levels(extended)).isEmpty();
    }

    private void waitForALock() {
        Instant end = Instant.now().plusSeconds(30);
        while (sql.sql(
                                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                        .query(Integer.class)
                        .single()
                == 0) {
            assertThat(Instant.now()).as("the round waits for the lock").isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    @Test
    void looksAtAllOthersWhereOneMatterCannotBeJudged() {
        long broken = working("改造水塔", 10);
        long sound = working("修缮祠堂", 10);
        sql.sql("update matter set state = 'nowhere' where id = :id")
                .param("id", broken)
                .update();
        try {
            assertThat(lookOn(TODAY).failed()).isOne();
            assertThat(levels(sound)).containsExactly("reminder");
        } finally {
            sql.sql("update matter set state = 'working' where id = :id")
                    .param("id", broken)
                    .update();
        }
    }

    private static Milestones.Line line(
            @Nullable Long id, String name, LocalDate planned, int days, @Nullable LocalDate reached) {
        return new Milestones.Line(id, name, planned, days, BigDecimal.ONE, reached);
    }

    private void plan(long id, Milestones.Line... lines) {
        milestones.plan(
                county.user("handler"),
                id,
                store.find(id).orElseThrow().version(),
                List.of(lines),
                UUID.randomUUID().toString());
    }
}
