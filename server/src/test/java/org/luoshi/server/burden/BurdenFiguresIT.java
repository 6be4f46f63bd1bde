package org.luoshi.server.burden;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.luoshi.server.database.HouseClock;
import org.luoshi.server.matters.Matters;
import org.luoshi.server.matters.Types;
import org.springframework.beans.factory.annotation.Autowired;

class BurdenFiguresIT extends BurdenTest {
    @Autowired
    Matters matters;

    @Autowired
    Types types;

    @Autowired
    HouseClock clock;

    @Autowired
    Burdens burdens;

    private long ask(String login, String name, String unit, String... more) throws Exception {
        String[] pairs = new String[14 + more.length + 4];
        String[] usual = {
            "title",
            name,
            "basis",
            "安排",
            "period",
            MONTH,
            "due",
            SOON,
            "unit",
            unit(unit),
            "name0",
            name + "总",
            "act",
            "send"
        };
        System.arraycopy(usual, 0, pairs, 0, 14);
        System.arraycopy(more, 0, pairs, 14, more.length);
        pairs[14 + more.length] = "kind0";
        pairs[15 + more.length] = "number";
        pairs[16 + more.length] = "shared";
        pairs[17 + more.length] = "true";
        return id(send(login, "/requests", pairs));
    }

    @Test
    void countsWhatWasAskedByWhomWithItsArithmetic() throws Exception {
        ask("handler", "山塘", "liuwan", "name1", "山塘说明", "kind1", "text", "minutes1", "45");
        ask("mover", "渡口", "liuwan");
        ask("handler", "学校锅炉", "education");
        String year = Integer.toString(TODAY.getYear());
        String page = page("clerk", "/burden?period=" + year);
        // The town comes first: 10 + 45 of housing, 10 of transport.
        assertThat(page).contains("<b>65</b>", "县住建局 55", "县交通局 10");
        assertThat(page.indexOf("柳湾镇")).isLessThan(page.indexOf("县教育局"));
        assertThat(page("clerk", "/burden/list?period=" + year + "&unit=" + unit("liuwan")))
                .contains("山塘", "渡口", "2 项共 55", "1×10=10")
                .doesNotContain("学校锅炉");
        assertThat(page(
                        "clerk",
                        "/burden/list?period=" + year + "&unit=" + unit("liuwan") + "&asker=" + unit("transport")))
                .contains("渡口")
                .doesNotContain("山塘");
        // A unit sees its own burden and nobody else's.
        assertThat(page("town", "/burden?period=" + year))
                .contains("柳湾镇", "<b>65</b>")
                .doesNotContain("县教育局");
        assertThat(page("stranger", "/burden/list?period=" + year + "&unit=" + unit("liuwan")))
                .doesNotContain("山塘");
        assertThat(ask("clerk", "/burden.xlsx?period=" + year).getContentType()).contains("spreadsheetml");
        String before = Integer.toString(TODAY.getYear() - 1);
        assertThat(page("clerk", "/burden?period=" + before)).doesNotContain("<b>65</b>");
    }

    @Test
    void keepsTheSumsUntilSomethingIsAsked() throws Exception {
        Set<Long> civil = Set.of(county.unit("civil"));
        LocalDate first = TODAY.withDayOfYear(1);
        LocalDate last = first.plusYears(1).minusDays(1);
        long id = ask("handler", "凉亭", "civil");
        List<Burdens.Sum> sums = as("clerk", () -> burdens.sums(civil, first, last));
        assertThat(as("clerk", () -> burdens.sums(civil, first, last))).isSameAs(sums);
        // Who may not see them is not shown what was kept for others.
        assertThat(as("stranger", () -> burdens.sums(civil, first, last))).isEmpty();
        ask("mover", "长廊", "civil");
        assertThat(as("clerk", () -> burdens.sums(civil, first, last)))
                .hasSize(sums.size() + 1)
                .containsAll(sums);
        send("handler", "/requests/" + id + "/withdraw", "reason", "不要了");
        assertThat(as("clerk", () -> burdens.sums(civil, first, last)))
                .noneMatch(s -> s.kind().equals("request") && Objects.equals(s.asker(), county.unit("housing")));
    }

    @Test
    void countsWhatWasRefusedByTheDaysOfTheCounty() throws Exception {
        sql.sql("""
                        insert into data_refusal (at, account, asker, request_key, title, name, period, units, place, place_id, place_title, outcome)
                        select case when n = 0 then timestamptz '2031-04-01 00:10+08' else timestamptz '2031-03-01 00:30+08' end,
                               :by, :asker, 'k', 't', 'n', '2031', array[cast(:asker as bigint)], 'matter', n, '', 'refused'
                        from generate_series(0, 600) n""")
                .param("by", county.user("mover").account())
                .param("asker", county.unit("transport"))
                .update();
        assertThat(page("clerk", "/burden?period=2031-03")).contains("拦下 600 项");
        assertThat(page("clerk", "/burden?period=2031-04")).contains("拦下 1 项");
    }

    @Test
    void countsTheProgressThatMattersWantAndTheNoticesTheySend() throws Exception {
        types.load();
        LocalDate given = TODAY.minusDays(100);
        Instant then =
                given.atTime(10, 0).atZone(java.time.ZoneId.of("Asia/Shanghai")).toInstant();
        long matter = clock.at(
                then,
                () -> as(
                        "clerk",
                        () -> matters.create(
                                county.user("clerk"),
                                new Matters.Draft(
                                        "target-task",
                                        Map.of(
                                                "title",
                                                "疏浚河道",
                                                "lead",
                                                unit("civil"),
                                                "due",
                                                TODAY.plusDays(200).toString())),
                                UUID.randomUUID().toString())));
        sql.sql("update matter set given_at = :at where id = :id")
                .param("at", java.sql.Timestamp.from(then))
                .param("id", matter)
                .update();
        sql.sql(
                        "insert into matter_notice (matter, level, cause, at, by_rule) values (:m, 'blue', 'x', now(), true), (:m, 'reminder', 'y', now(), true)")
                .param("m", matter)
                .update();
        // A target task turns a light after 45 days of silence: a report after 45 and after 90 days; two inputs of 25
        // minutes.
        String list = "";
        for (String year : new String[] {Integer.toString(TODAY.getYear()), Integer.toString(TODAY.getYear() - 1)}) {
            list += page("clerk", "/burden/list?period=" + year + "&unit=" + unit("civil"));
        }
        assertThat(list)
                .contains(given.plusDays(45).toString(), given.plusDays(90).toString(), "2×25=50", "1×40=40");
        assertThat(list.split("疏浚河道", -1)).hasSize(4);
        // A month that begins between two reports holds the next one.
        String month = Period.monthOf(given.plusDays(90)).key();
        assertThat(page("clerk", "/burden/list?period=" + month + "&unit=" + unit("civil") + "&kind=progress"))
                .contains(given.plusDays(90).toString())
                .doesNotContain(given.plusDays(45).toString());
    }
}
