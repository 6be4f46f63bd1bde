package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.database.HouseClock;
import org.luoshi.server.matters.Splitting.Line;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** A matter and all that stands around it, as it stood on a day. */
class TimeTravelIT extends MatterTest {
    private static final LocalDate GIVEN = LocalDate.of(2041, 3, 4);
    private static final LocalDate DUE = GIVEN.plusDays(100);

    @Autowired
    private MockMvc web;

    @Autowired
    private HouseClock clock;

    @Autowired
    private Around around;

    @Autowired
    private Watch watch;

    @Autowired
    private Milestones milestones;

    @Autowired
    private Splitting splitting;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private JdbcClient sql;

    private static Instant on(LocalDate day) {
        return day.atTime(9, 0).atZone(WorkingTime.BEIJING).toInstant();
    }

    private static LocalDate day(int n) {
        return GIVEN.plusDays(n);
    }

    private Around.Found found(long id, int n) {
        Instant at = Listing.endOf(day(n));
        return around.at(store.findAt(id, at).orElseThrow(), 0, at);
    }

    private Run due(long id, int n) {
        return Objects.requireNonNull(found(id, n).clocks().get("due"));
    }

    private String page(String login, String address) {
        try {
            return web.perform(get(address).with(user(county.user(login))))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new AssertionError(address, e);
        }
    }

    private long working(String title) {
        return clock.at(on(GIVEN), () -> {
            long id = create("clerk", "target-task", Map.of("title", title));
            act("clerk", id, "hand-down", "lead", unit("housing"), "joint", unit("transport"), "due", DUE.toString());
            act("handler", id, "sign");
            return id;
        });
    }

    @Test
    void showsTheClocksOfTheDay() {
        long id = working("时光倒流看时限");
        clock.at(on(day(20)), () -> act("clerk", id, "suspend", "reason", "等场地"));
        clock.at(on(day(30)), () -> act("clerk", id, "resume"));

        assertThat(due(id, 19).isRunning()).isTrue();
        assertThat(due(id, 25).pausedAt()).isEqualTo(on(day(20)));
        assertThat(due(id, 30).isRunning()).isTrue();
        LocalDate first =
                due(id, 19).runsOut().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
        assertThat(first).isEqualTo(DUE.plusDays(1));
        assertThat(page("clerk", "/matters/" + id + "?on=" + day(19))).doesNotContain("已暂停");
    }

    @Test
    void showsTheMilestonesOfTheDay() {
        long id = working("时光倒流看节点");
        clock.at(on(day(1)), () -> plan(id, new Milestones.Line(null, "设计批复", day(30), 0, BigDecimal.ONE, null)));
        long milestone = store.milestones(id).getFirst().id();
        clock.at(on(day(10)), () -> plan(id, new Milestones.Line(milestone, "设计批复", day(40), 0, BigDecimal.ONE, null)));
        clock.at(
                on(day(35)),
                () -> plan(id, new Milestones.Line(milestone, "设计批复", day(40), 0, BigDecimal.ONE, day(35))));

        assertThat(found(id, 0).milestones()).isEmpty();
        assertThat(found(id, 5).milestones()).singleElement().satisfies(m -> {
            assertThat(m.planned()).isEqualTo(day(30));
            assertThat(m.reached()).isNull();
        });
        assertThat(found(id, 34).milestones().getFirst().planned()).isEqualTo(day(40));
        assertThat(found(id, 34).milestones().getFirst().reached()).isNull();
        assertThat(found(id, 35).milestones().getFirst().reached()).isEqualTo(day(35));
        assertThat(page("clerk", "/matters/" + id + "?on=" + day(0))).doesNotContain("设计批复");
    }

    private boolean plan(long id, Milestones.Line... lines) {
        milestones.plan(
                county.user("handler"),
                id,
                store.find(id).orElseThrow().version(),
                List.of(lines),
                UUID.randomUUID().toString());
        return true;
    }

    @Test
    void showsReportsWithoutTheVerdictThatCameLater() {
        long id = working("时光倒流看核实");
        clock.at(on(day(5)), () -> act("handler", id, "report", "note", "开工了", "percent", "30"));
        clock.at(on(day(8)), () -> act("clerk", id, "verify", "finding", "看过现场"));

        assertThat(found(id, 4).reports()).isEmpty();
        assertThat(found(id, 7).reports().getFirst().state()).isEqualTo("reported");
        assertThat(found(id, 8).reports().getFirst().state()).isEqualTo("confirmed");
        assertThat(page("clerk", "/matters/" + id + "?on=" + day(7)))
                .contains("开工了")
                .doesNotContain("看过现场");
    }

    @Test
    void showsThePartsAsTheyStoodAndWhatTheyHadShown() {
        long id = working("时光倒流看分解");
        long part = clock.at(on(day(3)), () -> {
            as("handler", () -> {
                splitting.split(
                        county.user("handler"),
                        id,
                        store.find(id).orElseThrow().version(),
                        List.of(new Line(unit("liuwan"), "先修一半", "1", DUE.toString())),
                        UUID.randomUUID().toString());
                return true;
            });
            long made = store.listParts(id).getFirst().id();
            act("town", made, "sign");
            return made;
        });
        clock.at(on(day(9)), () -> act("town", part, "report", "note", "修了", "percent", "60"));
        clock.at(on(day(12)), () -> act("handler", part, "verify", "finding", "属实"));

        assertThat(found(id, 2).parts()).isEmpty();
        assertThat(found(id, 11).parts().getFirst().progress()).isNull();
        assertThat(found(id, 12).parts().getFirst().progress()).isEqualByComparingTo("60");
        assertThat(page("clerk", "/matters/" + id + "?on=" + day(2))).doesNotContain("先修一半");
        assertThat(page("clerk", "/matters/" + id + "?on=" + day(11))).contains("先修一半");
    }

    @Test
    void showsWhoHadAgreedAndWhatGatheredItOnTheDay() {
        long id = working("时光倒流看会签");
        clock.at(on(day(6)), () -> act("mover", id, "countersign"));
        long campaign = clock.at(on(day(2)), () -> {
            long made =
                    campaigns.save(county.user("clerk"), null, new Campaigns.Said("时光专项行动", "", null, day(0), day(50)));
            campaigns.add(
                    county.user("clerk"),
                    made,
                    List.of(store.find(id).orElseThrow().number()));
            return made;
        });
        clock.at(on(day(15)), () -> {
            campaigns.remove(county.user("clerk"), campaign, id);
            return true;
        });

        assertThat(found(id, 5).joint().getFirst().agreedAt()).isNull();
        assertThat(found(id, 6).joint().getFirst().agreedAt()).isEqualTo(on(day(6)));
        assertThat(found(id, 1).campaigns()).isEmpty();
        assertThat(found(id, 14).campaigns())
                .extracting(MatterSheet.Campaigning::name)
                .containsExactly("时光专项行动");
        assertThat(found(id, 15).campaigns()).isEmpty();
        String list = "/matters?campaign=" + campaign + "&on=";
        assertThat(page("clerk", list + day(1))).doesNotContain("时光倒流看会签");
        assertThat(page("clerk", list + day(14))).contains("时光倒流看会签");
        assertThat(page("clerk", list + day(15))).doesNotContain("时光倒流看会签");
        assertThat(page("clerk", "/matters?campaign=" + campaign)).doesNotContain("时光倒流看会签");
    }

    @Test
    void showsAndFiltersByTheLightOfTheDayAlsoWhereOnlyTheCalendarTurnedIt() {
        long id = working("时光倒流看亮灯");
        clock.at(on(day(0)), watch::look);
        clock.at(on(day(90)), watch::look);
        clock.at(on(DUE.plusDays(1)), watch::look);
        assertThat(store.find(id).orElseThrow().lightWord()).isEqualTo("overdue");

        assertThat(store.findAt(id, Listing.endOf(day(80))).orElseThrow().lightWord())
                .isEqualTo("normal");
        assertThat(store.findAt(id, Listing.endOf(day(95))).orElseThrow().lightWord())
                .isEqualTo("due-soon");
        String red = "/matters?light=red&q=时光倒流看亮灯&on=";
        assertThat(page("clerk", red + day(95))).doesNotContain("href=\"/matters/" + id);
        assertThat(page("clerk", red + DUE.plusDays(1))).contains("href=\"/matters/" + id);
        assertThat(page("clerk", "/matters?light=yellow&q=时光倒流看亮灯&on=" + day(95)))
                .contains("href=\"/matters/" + id);
        assertThat(page("handler", "/matters?light=yellow&q=时光倒流看亮灯&on=" + day(95)))
                .contains("href=\"/matters/" + id);
        assertThat(page("stranger", "/matters?q=时光倒流看亮灯&on=" + day(95))).doesNotContain("href=\"/matters/" + id);
        assertThat(page("clerk", "/matters/" + id + "?on=" + day(95)))
                .as("the sentence counts the days of that day")
                .contains("剩 5 天")
                .doesNotContain("逾期");
    }

    @Test
    void keepsHistoryFromThoseWhoHaveNoPartInTheMatterAndLetsNobodyWriteIt() {
        long id = working("时光倒流看权限");
        for (String table : List.of("matter_clock_history", "matter_unit_history")) {
            String count = "select count(*) from " + table + " where matter = " + id;
            assertThat(as("handler", () -> sql.sql(count).query(Long.class).single()))
                    .as(table)
                    .isPositive();
            assertThat(as("stranger", () -> sql.sql(count).query(Long.class).single()))
                    .as(table)
                    .isZero();
            assertThatThrownBy(() ->
                            as("clerk", () -> sql.sql("delete from " + table).update()))
                    .hasStackTraceContaining("permission denied");
        }
    }
}
