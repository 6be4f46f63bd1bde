package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luoshi.server.TestCounty;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.database.HouseClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A post changes hands, and the successor carries on with what is open. */
class SuccessionIT extends MatterTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));

    @Autowired
    private MockMvc web;

    @Autowired
    private JdbcClient sql;

    @Autowired
    private Journal journal;

    @Autowired
    private Succession succession;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Officials officials;

    @Autowired
    private HouseClock clock;

    /** Every test hands posts over; each begins with the county as it was. */
    @BeforeEach
    void anew() {
        beginAgain();
    }

    private long person(String name) {
        return sql.sql("select id from person where name = :name order by id desc limit 1")
                .param("name", name)
                .query(Long.class)
                .single();
    }

    private MockHttpServletResponse handOver(String login, String unit, String who, LocalDate day, String... pairs)
            throws Exception {
        var request = post("/units/" + county.unit(unit) + "/hand-over")
                .param("who", who)
                .param("day", day.toString())
                .with(user(county.user(login)))
                .with(csrf());
        for (int i = 0; i < pairs.length; i += 2) {
            request.param(pairs[i], pairs[i + 1]);
        }
        return web.perform(request).andReturn().getResponse();
    }

    private String page(String login, String path) throws Exception {
        return web.perform(get(path).with(user(county.user(login))))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private long task(String unit, String title) {
        long id = create("clerk", "target-task", Map.of("title", title, "lead", unit(unit)));
        act(
                "clerk",
                id,
                "hand-down",
                "lead",
                unit(unit),
                "leader",
                String.valueOf(store.find(id).orElseThrow().leader()),
                "due",
                TODAY.plusDays(40).toString());
        return id;
    }

    private String leaderOf(long matter) {
        return sql.sql("select p.name from matter m join person p on p.id = m.leader where m.id = :id")
                .param("id", matter)
                .query(String.class)
                .single();
    }

    private List<String> events(long matter) {
        return journal.listEntries("matter:" + matter, 50).stream()
                .map(Journal.Entry::act)
                .toList();
    }

    @Test
    void theNewLeaderTakesOverTheFieldAndTheOldRecordsKeepTheirNames() throws Exception {
        long mine = task("housing", "改造背街小巷");
        long transport = task("transport", "硬化村道");
        long ended = create("clerk", "target-task", Map.of("title", "已撤销", "lead", unit("housing")));
        sql.sql("update matter set ended = true, leader = :p where id = :id")
                .param("p", person("何维舟"))
                .param("id", ended)
                .update();
        Instant before = clock.instant();
        county.account("xin", "辛若谷", "county", Role.READER);

        MockHttpServletResponse answer =
                handOver("admin", "housing", "leader:" + person("何维舟"), TODAY, "to", Long.toString(person("辛若谷")));

        assertThat(answer.getStatus()).isEqualTo(302);
        assertThat(leaderOf(mine)).isEqualTo("辛若谷");
        assertThat(leaderOf(transport)).as("another field stays").isEqualTo("何维舟");
        assertThat(leaderOf(ended)).as("what has ended stays").isEqualTo("何维舟");
        assertThat(store.findAt(mine, before).orElseThrow().leader()).isEqualTo(person("何维舟"));
        assertThat(events(mine)).contains("matter.taken-over");
        assertThat(events(transport)).doesNotContain("matter.taken-over");
        assertThat(page("clerk", "/matters/" + mine)).contains("继任者接手", "何维舟 换成 辛若谷，自 " + TODAY + " 起");
        assertThat(page("xin", "/messages")).contains("接替 何维舟（县住建局）", "1 件未办结的事项");
        assertThat(page("clerk", "/units/" + county.unit("housing"))).contains("分管领导：何维舟 → 辛若谷", "接手 1 件未办结事项");
        assertThat(officials.findLeaderOf(county.unit("housing"), TODAY)).contains(person("辛若谷"));
        assertThat(officials.findLeaderOf(county.unit("housing"), TODAY.minusDays(1)))
                .contains(person("何维舟"));
        long next = task("housing", "新交的任务");
        assertThat(leaderOf(next)).isEqualTo("辛若谷");
        assertThat(journal.listBrokenStreams()).isEmpty();
    }

    @Test
    void whatWaitsForALeaderWhoLeavesWaitsForTheSuccessor() throws Exception {
        long transport = task("transport", "改建候车亭");
        long approval = create(
                "clerk",
                "inspection",
                Map.of(
                        "title",
                        "督查供热",
                        "what",
                        "供热保障",
                        "basis",
                        "群众来信",
                        "lead",
                        unit("housing"),
                        "leader",
                        Long.toString(person("何维舟"))));
        assertThat(store.find(approval).orElseThrow().waits()).contains("person:" + person("何维舟"));
        county.account("xin", "辛若谷", "county", Role.READER);

        handOver(
                "admin",
                "housing",
                "leader:" + person("何维舟"),
                TODAY,
                "to",
                Long.toString(person("辛若谷")),
                "leaves",
                "true");

        assertThat(store.find(approval).orElseThrow().waits()).containsExactly("person:" + person("辛若谷"));
        assertThat(page("xin", "/inbox")).contains("督查供热");
        assertThat(leaderOf(transport)).isEqualTo("辛若谷");
        assertThat(officials.findLeaderOf(county.unit("transport"), TODAY)).contains(person("辛若谷"));
        assertThat(sql.sql("select count(*) from matter where not ended and leader = :p")
                        .param("p", person("何维舟"))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aNewHeadFindsWhatWaitsForHimAndTheOldOneIsOut() throws Exception {
        long matter = task("housing", "清理违建");
        act("handler", matter, "sign");
        sql.sql("update matter set waits = array['head:' || :unit] where id = :id")
                .param("unit", county.unit("housing"))
                .param("id", matter)
                .update();

        MockHttpServletResponse answer = handOver(
                "admin",
                "housing",
                "head:" + person("顾明远"),
                TODAY,
                "name",
                "苏见微",
                "login",
                "sujianwei",
                "password",
                "first-password-1",
                "leaves",
                "true");

        assertThat(answer.getStatus()).isEqualTo(302);
        assertThat(page("sujianwei", "/inbox")).contains("清理违建");
        assertThat(page("sujianwei", "/messages")).contains("接替 顾明远", "1 件未办结的事项由您接着办");
        assertThat(county.user("sujianwei").is(Role.HEAD)).isTrue();
        assertThat(county.user("head").isEnabled()).isFalse();
        assertThat(county.user("head").is(Role.HEAD)).isFalse();
        assertThat(events(matter)).contains("matter.taken-over");
    }

    @Test
    void aNewHandlerFollowsWhatTheOldOneWorkedOn() throws Exception {
        long worked = task("housing", "补栽行道树");
        act("handler", worked, "sign");
        long followed = task("transport", "联合治超");
        sql.sql("insert into follower (matter, account) values (:m, :a)")
                .param("m", worked)
                .param("a", county.user("handler").account())
                .update();
        long taught = create("clerk", "target-task", Map.of("title", "改造校舍厕所", "lead", unit("education")));
        sql.sql("insert into follower (matter, account) values (:m, :a)")
                .param("m", taught)
                .param("a", county.user("stranger").account())
                .update();
        handOver("admin", "housing", "handler:" + person("陆川"), TODAY, "to", Long.toString(person("路远")));
        assertThat(sql.sql("select matter from follower where account = :a")
                        .param("a", county.user("stranger").account())
                        .query(Long.class)
                        .list())
                .as("what he cannot see from his new unit he follows no longer")
                .containsExactly(worked);

        assertThat(handOver("admin", "liuwan", "handler:" + person("方晴"), TODAY, "to", Long.toString(person("马行")))
                        .getStatus())
                .isEqualTo(302);
        assertThat(page("mover", "/messages")).contains("没有未办结的事项要接着办");
        assertThat(county.user("stranger").unit()).isEqualTo(county.unit("housing"));
        assertThat(page("stranger", "/inbox?tab=followed")).contains("补栽行道树");
        assertThat(events(worked)).contains("matter.taken-over");
        assertThat(events(followed)).doesNotContain("matter.taken-over");
        assertThat(county.user("handler").isEnabled()).isTrue();
        assertThat(county.user("handler").roles()).containsExactly(Role.READER);
    }

    @Test
    void aHandOverOfALaterDayTakesPlaceOnItAndOnce() throws Exception {
        long mine = task("housing", "加装电梯");
        county.account("xin", "辛若谷", "county", Role.READER);
        LocalDate day = TODAY.plusDays(10);
        handOver("admin", "housing", "leader:" + person("何维舟"), day, "to", Long.toString(person("辛若谷")));

        assertThat(succession.carryOutDue()).isZero();
        assertThat(leaderOf(mine)).isEqualTo("何维舟");
        assertThat(page("clerk", "/units/" + county.unit("housing"))).contains("到这一天自动交接");
        Instant then = day.atTime(0, 10).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
        assertThat(clock.<Integer>at(then, succession::carryOutDue)).isEqualTo(1);
        assertThat(clock.<Integer>at(then, succession::carryOutDue)).isZero();
        assertThat(leaderOf(mine)).isEqualTo("辛若谷");
        assertThat(events(mine)).filteredOn("matter.taken-over"::equals).hasSize(1);
        assertThat(officials.findLeaderOf(county.unit("housing"), day.minusDays(1)))
                .contains(person("何维舟"));
    }

    @Test
    void refusesWhatCannotBeAndLeavesEverythingAsItWas() throws Exception {
        String leader = "leader:" + person("何维舟");
        long mine = task("housing", "维修泵房");

        assertThat(handOver("clerk", "housing", leader, TODAY, "name", "某人").getStatus())
                .isEqualTo(403);
        assertThat(handOver("admin", "housing", leader, TODAY).getStatus()).isEqualTo(422);
        assertThat(handOver("admin", "housing", leader, TODAY, "to", Long.toString(person("何维舟")))
                        .getStatus())
                .isEqualTo(422);
        assertThat(handOver("admin", "education", leader, TODAY, "name", "某人").getStatus())
                .isEqualTo(422);
        assertThat(handOver("admin", "housing", "head:" + person("顾明远"), TODAY, "name", "无账户者")
                        .getStatus())
                .isEqualTo(422);
        assertThat(handOver(
                                "admin",
                                "housing",
                                "head:" + person("顾明远"),
                                TODAY,
                                "name",
                                "重名者",
                                "login",
                                "clerk",
                                "password",
                                "first-password-1")
                        .getStatus())
                .isEqualTo(422);
        assertThat(handOver("admin", "housing", leader, LocalDate.of(2001, 1, 1), "name", "某人")
                        .getStatus())
                .isEqualTo(422);

        assertThat(leaderOf(mine)).isEqualTo("何维舟");
        assertThat(sql.sql("select count(*) from hand_over")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(sql.sql("select count(*) from person where name in ('某人', '无账户者', '重名者')")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(Objects.requireNonNull(county.user("head")).is(Role.HEAD)).isTrue();
    }

    @Test
    void postsThatGoRoundOnOneDayLeaveEverybodyWithHisNewOne() throws Exception {
        county.account("ke", "柯以南", "transport", Role.HEAD);
        LocalDate day = TODAY.plusDays(10);
        handOver("admin", "transport", "head:" + person("柯以南"), day, "to", Long.toString(person("顾明远")));
        handOver("admin", "housing", "head:" + person("顾明远"), day, "to", Long.toString(person("路远")), "leaves", "true");

        Instant then = day.atTime(0, 10).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
        assertThat(clock.<Integer>at(then, succession::carryOutDue)).isEqualTo(2);

        assertThat(county.user("head").isEnabled()).isTrue();
        assertThat(county.user("head").unit()).isEqualTo(county.unit("transport"));
        assertThat(county.user("head").roles()).containsExactly(Role.HEAD);
        assertThat(county.user("stranger").unit()).isEqualTo(county.unit("housing"));
        assertThat(county.user("stranger").roles())
                .as("what he was in his old unit stays there")
                .containsExactly(Role.HEAD);
        assertThat(county.user("ke").roles()).containsExactly(Role.READER);
    }

    @Test
    void twoHeadsChangePlacesByHand() throws Exception {
        long transport = task("transport", "修补路面");
        county.account("ke", "柯以南", "transport", Role.HEAD);
        assertThat(handOver("admin", "housing", "head:" + person("顾明远"), TODAY, "to", Long.toString(person("柯以南")))
                        .getStatus())
                .isEqualTo(302);

        String back = "/units/" + county.unit("transport");
        assertThat(page("admin", back)).contains("head:" + person("柯以南"), "待交接");
        assertThat(handOver("admin", "transport", "head:" + person("柯以南"), TODAY, "to", Long.toString(person("顾明远")))
                        .getStatus())
                .isEqualTo(302);

        assertThat(county.user("head").unit()).isEqualTo(county.unit("transport"));
        assertThat(county.user("head").roles()).contains(Role.HEAD);
        assertThat(county.user("ke").unit()).isEqualTo(county.unit("housing"));
        assertThat(county.user("ke").roles()).containsExactly(Role.HEAD);
        assertThat(events(transport)).contains("matter.taken-over");
        assertThat(page("admin", back)).doesNotContain("head:" + person("柯以南"), "待交接");
    }

    @Test
    void aLeaderWhoHandsOverABureauThatHeHeadsKeepsItsField() throws Exception {
        long mine = task("housing", "整治积水点");
        accounts.create(
                Actor.SYSTEM, "he", person("何维舟"), county.unit("housing"), Set.of(Role.HEAD), TestCounty.PASSWORD);

        handOver("admin", "housing", "head:" + person("何维舟"), TODAY, "to", Long.toString(person("路远")));

        assertThat(county.user("stranger").is(Role.HEAD)).isTrue();
        assertThat(county.user("he").is(Role.HEAD)).isFalse();
        assertThat(leaderOf(mine)).isEqualTo("何维舟");
    }

    @Test
    void aSecondClickHandsNothingOverAndWhoComesLateIsToldTheName() throws Exception {
        String[] form = {"to", Long.toString(person("路远")), "request", "click-1"};
        for (int click = 0; click < 2; click++) {
            assertThat(handOver("admin", "housing", "head:" + person("顾明远"), TODAY, form)
                            .getStatus())
                    .isEqualTo(302);
        }
        assertThat(sql.sql("select count(*) from hand_over")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        MockHttpServletResponse late =
                handOver("admin", "housing", "head:" + person("顾明远"), TODAY, "to", Long.toString(person("马行")));
        assertThat(late.getStatus()).isEqualTo(422);
        assertThat(late.getContentAsString(StandardCharsets.UTF_8)).contains("顾明远现在不在这个岗位上");
    }
}
