package org.luoshi.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.ServerTest;
import org.luoshi.server.register.RegisterFilter.Dimension;
import org.luoshi.server.register.RegisterFilter.Fault;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class RegisterIT extends ServerTest {
    private static final int ENTRIES = 2_000;

    @Autowired
    Register register;

    @Autowired
    JdbcClient sql;

    @Autowired
    DataSource source;

    @BeforeAll
    void fill() throws SQLException {
        new InventedRegister(source).fill(ENTRIES);
    }

    private static RegisterFilter filter(String query) {
        List<Fault> faults = new ArrayList<>();
        RegisterFilter filter = RegisterFilter.of(query, faults::add);
        assertThat(faults).isEmpty();
        return filter;
    }

    private List<Entry> all(String query, RegisterSort sort, boolean descending) {
        return register.list(filter(query), sort, descending, 0, ENTRIES);
    }

    private long asked(String condition) {
        return sql.sql("select count(*) from commitment c where state = 'registered' and " + condition)
                .query(Long.class)
                .single();
    }

    @Test
    void countsAndListsTheSameEntriesForEveryFilter() {
        long lead = county.unit("housing");
        for (String query : List.of(
                "",
                "year=2025",
                "unit=" + lead,
                "unit=" + lead + "&part=lead",
                "unit=" + lead + "&part=joint",
                "theme=city&theme=rural/farming",
                "due=overdue",
                "due=month",
                "due=quarter",
                "due=year",
                "due=none",
                "from=2026-03-01&to=2026-06-30",
                "state=complete",
                "state=no-lead&state=no-due",
                "state=masked",
                "q=道路",
                "q=老旧小区 改造",
                "q=床",
                "q=26-000007")) {
            List<Entry> listed = all(query, RegisterSort.NUMBER, false);
            assertThat(register.count(filter(query))).as(query).isEqualTo(listed.size());
            assertThat(filter(query).query().isEmpty()).isEqualTo(query.isEmpty());
            assertThat(filter(filter(query).query())).isEqualTo(filter(query));
        }
        assertThat(register.count(filter("unit=" + lead + "&part=lead"))).isEqualTo(asked("lead = " + lead));
        assertThat(register.count(filter("unit=" + lead)))
                .isEqualTo(asked("(lead = " + lead
                        + " or exists (select 1 from commitment_joint j where j.commitment = c.id and j.unit = " + lead
                        + "))"));
        assertThat(register.count(filter("year=2025"))).isEqualTo(asked("year = 2025"));
        assertThat(register.count(filter("from=2026-03-01&to=2026-06-30")))
                .isEqualTo(asked("due between '2026-03-01' and '2026-06-30'"));
    }

    @Test
    void findsWordsOfOneTwoAndMoreCharactersAndOnlyTextsThatHoldAllOfThem() {
        assertThat(register.count(filter("q=床")))
                .isEqualTo(asked("sentence like '%床%'"))
                .isPositive();
        assertThat(register.count(filter("q=道路")))
                .isEqualTo(asked("sentence like '%道路%'"))
                .isPositive();
        assertThat(register.count(filter("q=养老床位")))
                .isEqualTo(asked("sentence like '%养老床位%'"))
                .isPositive();
        assertThat(register.count(filter("q=道路 新增")))
                .isEqualTo(asked("sentence like '%道路%' and sentence like '%新增%'"))
                .isPositive();
        assertThat(register.count(filter("q=路道"))).isZero();
        // All pairs of a word in a text do not make the word.
        sql.sql(
                        "update commitment set sentence = '甲乙在前，乙丙在后', words = cast(:words as text[]) where number = '26-000001' or number = '25-000001'")
                .param("words", InventedRegister.pairs("甲乙在前，乙丙在后").toArray(String[]::new))
                .update();
        assertThat(register.count(filter("q=甲乙 乙丙"))).isEqualTo(1);
        assertThat(register.count(filter("q=甲乙丙"))).isZero();
    }

    @Test
    void aUnitStandsForAllBelowIt() {
        assertThat(register.count(filter("unit=" + county.unit("county"))))
                .isGreaterThan(register.count(filter("unit=" + county.unit("housing"))));
    }

    @Test
    void sortsByEveryColumnBothWaysWithTheUnknownLast() {
        for (RegisterSort sort : RegisterSort.values()) {
            for (boolean descending : List.of(false, true)) {
                List<Entry> sorted = all("", sort, descending);
                assertThat(sorted).as(sort.key()).hasSize(ENTRIES).doesNotHaveDuplicates();
            }
        }
        assertThat(all("state=complete", RegisterSort.DUE, false))
                .extracting(Entry::due)
                .isSorted();
        assertThat(all("state=complete", RegisterSort.DUE, true))
                .extracting(Entry::due)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(all("", RegisterSort.DUE, false).getLast().due()).isNull();
        assertThat(all("", RegisterSort.DUE, true).getLast().due()).isNull();
        assertThat(all("", RegisterSort.LEAD, false).getLast().lead()).isNull();
        assertThat(all("", RegisterSort.WHAT, false).getFirst().what()).startsWith("改");
    }

    @Test
    void pagesWithoutLosingOrRepeatingAnEntry() {
        List<Long> paged = new ArrayList<>();
        for (int from = 0; from < ENTRIES; from += 50) {
            register.list(RegisterFilter.ALL, RegisterSort.JOINT, true, from, 50)
                    .forEach(e -> paged.add(e.id()));
        }
        assertThat(paged).hasSize(ENTRIES).doesNotHaveDuplicates();
        List<Long> streamed = new ArrayList<>();
        register.walk(RegisterFilter.ALL, RegisterSort.JOINT, true).forEachRemaining(e -> streamed.add(e.id()));
        assertThat(streamed).isEqualTo(paged);
    }

    @Test
    void countsTheChoicesOfAPickListByTheOtherFilters() {
        RegisterFilter filter = filter("year=2025&theme=city");
        assertThat(register.choices(Dimension.THEME, filter).stream()
                        .mapToLong(Register.Choice::count)
                        .sum())
                .isEqualTo(register.count(filter("year=2025")));
        assertThat(register.choices(Dimension.YEAR, filter))
                .extracting(Register.Choice::value)
                .containsExactly("2026", "2025");
        String housing = Long.toString(county.unit("housing"));
        assertThat(register.choices(Dimension.UNIT, filter("")).stream()
                        .filter(choice -> choice.value().equals(housing))
                        .findFirst()
                        .orElseThrow()
                        .count())
                .isEqualTo(register.count(filter("unit=" + housing)));
    }

    @Test
    void namesUnitsAsOnTheDayOfRegistration() {
        long civil = county.unit("civil");
        sql.sql("update unit_name set valid_to = '2026-06-01' where unit = :unit")
                .param("unit", civil)
                .update();
        sql.sql(
                        "insert into unit_name (unit, name, short_name, valid_from) values (:unit, '县民政和社会事务局', '县民社局', '2026-06-01')")
                .param("unit", civil)
                .update();
        assertThat(all("unit=" + civil + "&part=lead", RegisterSort.NUMBER, false))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(
                                java.util.Objects.requireNonNull(entry.lead()).shortName())
                        .isEqualTo("县民政局"));
    }

    @Test
    void aListHoldsAChangeAtOnceAndItsLastPageIsTheEndOfTheWhole() {
        for (RegisterSort sort : RegisterSort.values()) {
            List<Entry> whole = register.list(RegisterFilter.ALL, sort, true, 0, ENTRIES);
            assertThat(register.list(RegisterFilter.ALL, sort, true, 10, 50))
                    .as("%s, near", sort)
                    .isEqualTo(whole.subList(10, 60));
            assertThat(register.list(RegisterFilter.ALL, sort, true, ENTRIES - 20, 50))
                    .as("%s, deep", sort)
                    .isEqualTo(whole.subList(ENTRIES - 20, whole.size()));
        }
        long before = register.count(RegisterFilter.ALL);
        long last = register.list(RegisterFilter.ALL, RegisterSort.NUMBER, true, 0, 1)
                .getFirst()
                .id();
        sql.sql("update commitment set state = 'rejected' where id = :id")
                .param("id", last)
                .update();
        assertThat(register.count(RegisterFilter.ALL)).isEqualTo(before - 1);
        assertThat(register.list(RegisterFilter.ALL, RegisterSort.NUMBER, true, 0, 1)
                        .getFirst()
                        .id())
                .isNotEqualTo(last);
        sql.sql("update commitment set state = 'registered' where id = :id")
                .param("id", last)
                .update();
        assertThat(register.count(RegisterFilter.ALL)).isEqualTo(before);
    }
}
