package org.luoshi.server.burden;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.luoshi.server.calendar.WorkingDays;
import org.springframework.mock.web.MockHttpServletResponse;

class InspectionIT extends BurdenTest {
    /** A Monday of a far month; no holidays are loaded in tests, so that every week has five working days. */
    private static LocalDate monday(int weeks) {
        return TODAY.plusDays(40 + 7L * weeks).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    }

    private MockHttpServletResponse propose(String login, String unit, String title, LocalDate from, String... more)
            throws Exception {
        List<String> pairs = new ArrayList<>(List.of(
                "title",
                title,
                "basis",
                "年度计划",
                "kind",
                "inspection",
                "people",
                "4",
                "unit",
                unit(unit),
                "from",
                from.toString(),
                "to",
                from.plusDays(1).toString()));
        pairs.addAll(List.of(more));
        if (!pairs.contains("act")) {
            pairs.addAll(List.of("act", "propose"));
        }
        return send(login, "/inspections", pairs.toArray(String[]::new));
    }

    private String state(long id) {
        return sql.sql("select state from inspection where id = " + id)
                .query(String.class)
                .single();
    }

    private String version(long id) {
        return Long.toString(count("select version from inspection where id = " + id));
    }

    @Test
    void showsAClashBeforeSavingWithTheNextFreeDaysAndWhomToJoin() throws Exception {
        LocalDate day = monday(0);
        long first = id(propose("handler", "liuwan", "燃气安全检查", day));
        assertThat(state(first)).isEqualTo("proposed");
        MockHttpServletResponse clash = propose("mover", "liuwan", "公路养护检查", day.plusDays(3));
        assertThat(clash.getStatus()).isEqualTo(422);
        // Tuesday to Thursday: Wednesday alone lies between.
        assertThat(clash.getContentAsString())
                .contains("柳湾镇：与县住建局的《燃气安全检查》", "只隔 1 个工作日", "与县住建局的《燃气安全检查》一起去", "value=\"公路养护检查\"")
                .contains("改到最近的空档 " + day.plusDays(9) + " 至 " + day.plusDays(10));
        assertThat(count("select count(*) from inspection where title = '公路养护检查'"))
                .isZero();
        long taken = id(propose(
                "mover", "liuwan", "公路养护检查", day.plusDays(3), "take", day.plusDays(9) + "/" + day.plusDays(10)));
        assertThat(page("mover", "/inspections/" + taken))
                .contains(day.plusDays(9).toString(), "待同意");

        assertThat(propose("stranger", "liuwan", "学校检查", day, "act", "despite").getContentAsString())
                .contains("同一天", "请写明有冲突仍要安排的理由");
        long despite = id(propose("stranger", "liuwan", "学校检查", day, "act", "despite", "despite", "开学前必须查"));
        assertThat(page("clerk", "/inspections/" + despite)).contains("开学前必须查", "与计划冲突");
        assertThat(page("clerk", "/inspections?month=" + day.toString().substring(0, 7)))
                .contains("visit proposed clash", "燃气安全检查");
    }

    @Test
    void letsSupervisionJoinTwoIntoOne() throws Exception {
        LocalDate day = monday(6);
        long first = id(propose("handler", "education", "消防检查", day));
        long wish = id(propose("mover", "education", "校车检查", day, "join", Long.toString(first)));
        assertThat(page("clerk", "/inspections/" + wish)).contains("要求并入", "消防检查");
        assertThat(send(
                                "mover",
                                "/inspections/" + wish + "/join",
                                "version",
                                version(wish),
                                "into",
                                Long.toString(first))
                        .getStatus())
                .isEqualTo(422);
        assertThat(send(
                                "clerk",
                                "/inspections/" + wish + "/join",
                                "version",
                                version(wish),
                                "into",
                                Long.toString(first))
                        .getStatus())
                .isEqualTo(302);
        assertThat(state(wish)).isEqualTo("joined");
        assertThat(page("mover", "/inspections/" + first)).contains("县住建局、县交通局").doesNotContain("tag-bad");
    }

    @Test
    void supervisionApprovesAndOthersDoNot() throws Exception {
        long id = id(propose("handler", "civil", "养老机构检查", monday(3)));
        String version = version(id);
        assertThat(send("handler", "/inspections/" + id + "/approve", "version", version)
                        .getStatus())
                .isEqualTo(422);
        assertThat(send("clerk", "/inspections/" + id + "/approve", "version", version)
                        .getStatus())
                .isEqualTo(302);
        assertThat(state(id)).isEqualTo("approved");
        // An older copy is told.
        assertThat(send("second", "/inspections/" + id + "/reject", "version", version, "reason", "x")
                        .getStatus())
                .isEqualTo(409);
        assertThat(state(id(propose("clerk", "transport", "综合督查", monday(3))))).isEqualTo("approved");
        assertThat(ask("reader", "/inspections/new").getStatus()).isEqualTo(403);
    }

    @Test
    void keepsWhatWasTypedWhenDaysAreWrong() throws Exception {
        assertThat(propose("handler", "liuwan", "错日期", TODAY.minusDays(3)).getContentAsString())
                .contains("已经过了", "value=\"错日期\"");
        assertThat(send(
                                "handler",
                                "/inspections",
                                "title",
                                "倒着来",
                                "basis",
                                "x",
                                "people",
                                "两人",
                                "unit",
                                unit("liuwan"),
                                "from",
                                monday(9).toString(),
                                "to",
                                monday(8).toString())
                        .getContentAsString())
                .contains("在开始日期", "“两人”");
        String key = "twice-" + monday(1);
        long one = id(propose("handler", "development", "只报一次", monday(9), "request", key));
        assertThat(id(propose("handler", "development", "只报一次", monday(9), "request", key)))
                .isEqualTo(one);
    }

    @Test
    void keepsVisitsFromStrangersButTellsThemOfAClash() throws Exception {
        long id = id(propose("handler", "industry", "企业检查", monday(12)));
        assertThat(ask("town", "/inspections/" + id).getStatus()).isEqualTo(404);
        assertThat(page(
                        "town",
                        "/inspections?view=list&month=" + monday(12).toString().substring(0, 7)))
                .doesNotContain("企业检查");
        assertThat(as(
                        "town",
                        () -> sql.sql("select count(*) from inspection where id = " + id)
                                .query(Long.class)
                                .single()))
                .isZero();
        assertThat(as(
                        "town",
                        () -> sql.sql("update inspection set people = 9 where id = " + id)
                                .update()))
                .isZero();
        assertThat(send("town", "/inspections/" + id + "/cancel", "version", "1", "reason", "x")
                        .getStatus())
                .isEqualTo(404);
        assertThat(propose("mover", "industry", "另查企业", monday(12)).getContentAsString())
                .contains("与县住建局的《企业检查》");
    }

    @Test
    void tellsNobodyOfAVisitToAnother() throws Exception {
        LocalDate day = monday(17);
        propose("stranger", "industry", "飞行检查", day);
        long both = id(propose(
                "handler", "liuwan", "两处都查", day, "unit", unit("industry"), "act", "despite", "despite", "上级要求"));
        for (String address : List.of(
                "/inspections/" + both,
                "/inspections?view=list&month=" + day.toString().substring(0, 7))) {
            assertThat(page("town", address)).as(address).contains("两处都查").doesNotContain("飞行检查", "县工信局：");
            assertThat(page("handler", address))
                    .as(address)
                    .contains("县工信局：同一天另有检查")
                    .doesNotContain("飞行检查");
            assertThat(page("clerk", address)).as(address).contains("县工信局：与县教育局的《飞行检查》");
        }
    }

    @Test
    void countsDaysOffAndTheVisitsOfAYear() {
        LocalDate monday = LocalDate.of(2026, 6, 1);
        Clashes clashes = new Clashes(
                new Rules(Map.of(), 5, 2), new WorkingDays(Map.of(monday.plusDays(2), false), Set.of(2026)));
        List<Clashes.Visit> planned = IntStream.range(0, 2)
                .mapToObj(i -> new Clashes.Visit(
                        i, "x", 7, monday.minusDays(60 + 20L * i), monday.minusDays(60 + 20L * i), List.of(1L)))
                .toList();
        var units = new LinkedHashSet<>(List.of(1L));
        assertThat(clashes.of(9, units, monday, monday.plusDays(2), planned))
                .extracting(Clash::kind)
                .containsExactly(Clash.Kind.OFF, Clash.Kind.MOST);
        assertThat(clashes.of(9, units, monday, monday.plusDays(1), List.of())).isEmpty();
        // Monday, then five working days between with one day off in the middle: the Tuesday after next is the first.
        List<Clashes.Visit> one = List.of(new Clashes.Visit(3, "y", 7, monday, monday, List.of(1L)));
        assertThat(clashes.of(9, units, monday.plusDays(8), monday.plusDays(8), one))
                .extracting(Clash::number)
                .containsExactly(4);
        assertThat(clashes.of(9, units, monday.plusDays(9), monday.plusDays(9), one))
                .isEmpty();
        assertThat(clashes.nextFree(9, units, monday, 1, one).orElseThrow()[0]).isEqualTo(monday.plusDays(9));
    }
}
