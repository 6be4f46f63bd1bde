package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.database.HouseClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Plans of milestones: whose they are to change, and what stays as it was agreed. */
class MilestonesIT extends MatterTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));

    @Autowired
    Milestones milestones;

    @Autowired
    Slips slips;

    @Autowired
    HouseClock clock;

    @Autowired
    MockMvc pages;

    @Autowired
    JdbcClient sql;

    private long working(String title) {
        long id = create("clerk", "target-task", Map.of("title", title));
        act(
                "clerk",
                id,
                "hand-down",
                "lead",
                unit("housing"),
                "due",
                TODAY.plusDays(200).toString());
        act("handler", id, "sign");
        return id;
    }

    private static Milestones.Line line(@Nullable Long id, String name, int in, int weight) {
        return new Milestones.Line(id, name, TODAY.plusDays(in), 0, BigDecimal.valueOf(weight), null);
    }

    private void plan(String login, long id, String reason, Milestones.Line... lines) {
        as(login, () -> {
            milestones.plan(
                    county.user(login),
                    id,
                    store.find(id).orElseThrow().version(),
                    Arrays.asList(lines),
                    reason,
                    UUID.randomUUID().toString());
            return true;
        });
    }

    private static List<String> keys(Throwable refused) {
        return ((MoveRefused) refused).faults().stream().map(Fault::key).toList();
    }

    @Test
    void afterTheHandDownTheLeadCannotReplaceABaselineByTypingItAgain() {
        long id = working("建粮库");
        plan("handler", id, "", line(null, "设计", 30, 1), line(null, "封顶", 100, 2));
        List<Schedule.Milestone> agreed = store.milestones(id);

        for (List<Milestones.Line> bent : List.of(
                List.of(line(null, "设计", 90, 1), line(agreed.get(1).id(), "封顶", 100, 2)),
                List.of(line(agreed.get(0).id(), "设计", 30, 1)),
                List.of(
                        line(agreed.get(0).id(), "验收", 30, 1),
                        line(agreed.get(1).id(), "封顶", 100, 2)),
                List.of(
                        line(agreed.get(0).id(), "设计", 30, 1),
                        line(agreed.get(1).id(), "封顶", 100, 50)))) {
            assertThatThrownBy(() -> plan("handler", id, "工期紧张", bent.toArray(Milestones.Line[]::new)))
                    .satisfies(e -> assertThat(keys(e)).containsExactly("matters.fault.baseline"));
        }
        assertThat(store.milestones(id)).isEqualTo(agreed);

        plan(
                "handler",
                id,
                "",
                line(agreed.get(0).id(), "设计", 60, 1),
                line(agreed.get(1).id(), "封顶", 100, 2),
                line(null, "验收", 190, 1));
        assertThat(store.milestones(id))
                .extracting(Schedule.Milestone::baseline)
                .containsExactly(TODAY.plusDays(30), TODAY.plusDays(100), TODAY.plusDays(190));
    }

    @Test
    void theSupervisionOfficeReplacesABaselineWithAReasonThatIsKept() {
        long id = working("修渡口");
        plan("handler", id, "", line(null, "设计", 30, 1), line(null, "封顶", 100, 2));
        Milestones.Line[] anew = {
            line(null, "重新选址", 50, 1), line(store.milestones(id).get(1).id(), "封顶", 150, 2)
        };

        assertThatThrownBy(() -> plan("clerk", id, " ", anew))
                .satisfies(e -> assertThat(keys(e)).containsExactly("matters.fault.baseline-reason"));
        plan("clerk", id, "选址有变，县政府同意", anew);

        assertThat(store.milestones(id))
                .extracting(m -> m.name() + " " + m.baseline())
                .containsExactly("重新选址 " + TODAY.plusDays(50), "封顶 " + TODAY.plusDays(150));
        assertThat(sql.sql("""
                                select details ->> 'reason' || ' ' || (details -> 'before' ->> 0) from journal
                                where stream = :stream and act = 'matter.move' and details ->> 'move' = 'rebaseline'""")
                        .param("stream", "matter:" + id)
                        .query(String.class)
                        .single())
                .isEqualTo("选址有变，县政府同意 设计 " + TODAY.plusDays(30));
    }

    @Test
    void aDayOfReachingThatIsStillToComeAndAPlanOfAnEndedMatterAreRefused() {
        long id = working("通自来水");
        assertThatThrownBy(() -> plan(
                        "handler",
                        id,
                        "",
                        new Milestones.Line(null, "开工", TODAY.plusDays(9), 0, BigDecimal.ONE, TODAY.plusDays(1))))
                .satisfies(e -> assertThat(keys(e)).containsExactly("matters.fault.milestone-reached"));
        act("clerk", id, "cancel", "reason", "项目取消");
        assertThatThrownBy(() -> plan("clerk", id, "", line(null, "开工", 9, 1)))
                .satisfies(e -> assertThat(keys(e)).containsExactly("matters.fault.plan-ended"));
    }

    private String expectedOn(long id, int day) {
        clock.at(
                TODAY.plusDays(day).atTime(9, 0).atZone(WorkingTime.BEIJING).toInstant(),
                () -> act("handler", id, "report", "note", "进展"));
        return store.find(id).orElseThrow().lightWhy().getOrDefault("expected", "");
    }

    @Test
    void whatTheLeadAddsCountsOnlyAfterANewBaseline() {
        long id = working("修水库");
        plan("handler", id, "", line(null, "清淤", 50, 1), line(null, "加固", 100, 1));
        act("handler", id, "report", List.of(PROOF), "note", "开工", "percent", "20");
        act("clerk", id, "verify", "finding", "属实");
        assertThat(expectedOn(id, 50)).isEqualTo("50");
        List<Schedule.Milestone> agreed = store.milestones(id);
        plan(
                "handler",
                id,
                "",
                line(agreed.get(0).id(), "清淤", 50, 1),
                line(agreed.get(1).id(), "加固", 100, 1),
                line(null, "收尾", 200, 9998));
        assertThat(expectedOn(id, 50)).isEqualTo("50");
        assertThat(store.milestones(id)).extracting(Schedule.Milestone::counts).containsExactly(true, true, false);

        act("clerk", id, "rebaseline", "reason", "增加收尾工程");
        assertThat(expectedOn(id, 50)).isEqualTo("0.01");
    }

    @Test
    void noDayIsPlannedPastTheDeadlineAndAMilestoneIsMissedByItsBaseline() {
        long id = working("修堤坝");
        plan("handler", id, "", line(null, "清基", 50, 1), line(null, "合龙", 100, 1));
        List<Schedule.Milestone> agreed = store.milestones(id);
        Milestones.Line first = line(agreed.get(0).id(), "清基", 50, 1);
        for (Milestones.Line bent : List.of(
                line(agreed.get(1).id(), "合龙", 201, 1),
                new Milestones.Line(agreed.get(1).id(), "合龙", TODAY.plusDays(100), 900, BigDecimal.ONE, null))) {
            assertThatThrownBy(() -> plan("handler", id, "", first, bent))
                    .satisfies(e -> assertThat(keys(e)).containsExactly("matters.fault.milestone-late"));
        }
        plan(
                "handler",
                id,
                "",
                line(agreed.get(0).id(), "清基", 199, 1),
                line(agreed.get(1).id(), "合龙", 200, 1));
        expectedOn(id, 51);
        Matter late = store.find(id).orElseThrow();
        assertThat(late.lightWord()).isEqualTo("missed");
        assertThat(late.lightWhy()).containsEntry("milestone", "清基").containsEntry("milestone-late", "1");
    }

    private int slipOn(int day) {
        return clock.at(
                TODAY.plusDays(day).atTime(9, 0).atZone(WorkingTime.BEIJING).toInstant(), slips::look);
    }

    @Test
    void aPassedDayMovesWhatFollowsOnceAWeekAndTheLeadIsTold() {
        long id = working("修水渠");
        plan(
                "clerk",
                id,
                "",
                line(null, "设计", 30, 1),
                line(null, "征地", 40, 1),
                // Follows the first, not the one above.
                new Milestones.Line(null, "施工", TODAY.plusDays(100), 70, BigDecimal.ONE, null, 1));
        slipOn(30);
        assertThat(store.milestones(id).get(2).planned()).isEqualTo(TODAY.plusDays(100));
        assertThat(slipOn(31)).isPositive();
        assertThat(store.milestones(id).get(2).planned()).isEqualTo(TODAY.plusDays(101));
        slipOn(37);
        assertThat(store.milestones(id).get(2).planned()).isEqualTo(TODAY.plusDays(101));
        slipOn(38);
        assertThat(store.milestones(id).get(2).planned()).isEqualTo(TODAY.plusDays(108));
        assertThat(store.milestones(id).get(2).baseline()).isEqualTo(TODAY.plusDays(100));
        assertThat(sql.sql("""
                                select distinct details ->> 'reason' from message
                                where matter = :matter and kind = 'slipped' and account = :account order by 1""")
                        .param("matter", id)
                        .param("account", county.user("handler").account())
                        .query(String.class)
                        .list())
                .containsExactly(
                        "施工 " + TODAY.plusDays(100) + " → " + TODAY.plusDays(101),
                        "施工 " + TODAY.plusDays(101) + " → " + TODAY.plusDays(108));
        act("clerk", id, "suspend", "reason", "雨季");
        slipOn(60);
        assertThat(store.milestones(id).get(2).planned()).isEqualTo(TODAY.plusDays(108));
    }

    @Test
    void thePlanPageOffersTheMilestonesOfTheTypeWithTheDaysOfTheMatter() throws Exception {
        long id = working("建文化站");
        String page = pages.perform(
                        get("/matters/" + id + "/milestones?template=type").with(user(county.user("handler"))))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page)
                .contains("value=\"方案报备\"", TODAY.plusDays(30).toString())
                .contains("value=\"自查并申请销号\"", TODAY.plusDays(190).toString());
    }

    @Test
    void aRowFollowsTheRowItNamesThoughRowsAboveAreEmpty() throws Exception {
        long id = working("建养老院");
        pages.perform(post("/matters/" + id + "/milestones")
                        .with(user(county.user("handler")))
                        .with(csrf())
                        .param(
                                "version",
                                Integer.toString(store.find(id).orElseThrow().version()))
                        .param("request", UUID.randomUUID().toString())
                        .param("id", "", "", "", "")
                        .param("name", "", "选址", "设计", "施工")
                        .param(
                                "planned",
                                "",
                                TODAY.plusDays(20).toString(),
                                TODAY.plusDays(30).toString(),
                                TODAY.plusDays(90).toString())
                        .param("days", "", "0", "0", "70")
                        .param("follows", "", "", "", "2")
                        .param("weight", "", "1", "1", "1")
                        .param("reached", "", "", "", ""))
                .andExpect(status().is3xxRedirection());
        List<Schedule.Milestone> planned = store.milestones(id);
        assertThat(planned).extracting(Schedule.Milestone::name).containsExactly("选址", "设计", "施工");
        assertThat(planned.get(2).follows()).isEqualTo(planned.get(0).id());
    }
}
