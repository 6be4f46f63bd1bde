package org.luoshi.server.matters;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks every route as those who have no part in a matter: nothing of it appears, nothing of it changes. */
class ForeignMatterIT extends MatterTest {
    private static final String SECRET = "迁建档案库房九间";
    /** Every table that hangs on a matter; the first columns are those that a test may count by. */
    private static final Map<String, String> TABLES = new TreeMap<>(Map.ofEntries(
            entry("matter", "id"),
            entry("matter_was", "id"),
            entry("matter_unit", "matter"),
            entry("matter_clock", "matter"),
            entry("milestone", "matter"),
            entry("matter_progress", "matter"),
            entry("stored_file", "matter"),
            entry("matter_notice", "matter"),
            entry("campaign_matter", "matter"),
            entry("agenda_item", "matter"),
            entry("meeting_decision", "matter")));

    @Autowired
    private MockMvc pages;

    @Autowired
    private JdbcClient sql;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping routes;

    /** Everybody who has no part in it, of every role that is not the office's. */
    private static final List<String> STRANGERS = List.of("stranger", "town", "foreign-head", "foreign-reader");

    @Autowired
    private Messages messages;

    @Autowired
    private Journal journal;

    private long matter;
    private long notice;
    private long file;

    @BeforeAll
    void hideAMatter() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        matter = create("clerk", "target-task", Map.of("title", SECRET));
        act(
                "clerk",
                matter,
                "hand-down",
                "lead",
                unit("housing"),
                "joint",
                unit("transport"),
                "due",
                today.plusDays(20).toString());
        act("handler", matter, "sign");
        act("handler", matter, "report", List.of(PROOF), "note", SECRET + "过半", "percent", "50");
        act("clerk", matter, "urge", "level", "blue", "note", SECRET + "要快");
        notice = sql.sql("select max(id) from matter_notice where matter = :matter")
                .param("matter", matter)
                .query(Long.class)
                .single();
        file = sql.sql("select max(id) from stored_file where matter = :matter")
                .param("matter", matter)
                .query(Long.class)
                .single();
        county.account("foreign-head", "叶知秋", "education", Role.HEAD);
        county.account("foreign-reader", "杜若", "education", Role.READER);
        sql.sql("""
                        with c as (insert into campaign (name, created_at) values ('秘密行动', now()) returning id)
                        insert into campaign_matter (campaign, matter) select id, :matter from c""").param("matter", matter).update();
        sql.sql("""
                        insert into milestone (matter, ordinal, name, baseline, planned)
                        values (:matter, 1, '打桩', :day, :day)""").param("matter", matter).param("day", today).update();
        // A stranger's unit sits in a meeting that speaks of it.
        sql.sql("""
                        with g as (
                          insert into meeting (title, day, units, state, opened_at, created_at)
                          values ('调度会', :day, array[:stranger, :lead]::bigint[], 'open', now(), now()) returning id),
                        i as (
                          insert into agenda_item (meeting, part, ordinal, matter, discussion)
                          select id, 'lags', 1, :matter, :secret from g returning id, meeting)
                        insert into meeting_decision (meeting, item, matter, title, lead, due, at)
                        select meeting, id, :matter, :secret, :lead, :day, now() from i""")
                .param("day", today)
                .param("stranger", county.unit("education"))
                .param("lead", county.unit("housing"))
                .param("matter", matter)
                .param("secret", SECRET)
                .update();
    }

    private String state() {
        StringBuilder state = new StringBuilder();
        TABLES.forEach((table, key) ->
                state.append(sql.sql("select coalesce(string_agg(t::text, '|' order by t::text), '') from " + table
                                + " t where t." + key + " = " + matter)
                        .query(String.class)
                        .single()));
        return state.toString();
    }

    @Test
    void noRouteShowsOrChangesIt() throws Exception {
        String before = state();
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (RequestMappingInfo route : routes.getHandlerMethods().keySet()) {
            Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
            for (String pattern : route.getPatternValues()) {
                String path = named(pattern)
                        .replaceAll("\\{move[^}]*}", "report")
                        .replaceAll("\\{extension[^}]*}", "xlsx")
                        .replaceAll("\\{field[^}]*}", "title")
                        .replaceAll("\\{[^/]*?(\\{[^}]*})*[^/]*?}", Long.toString(matter));
                for (RequestMethod method :
                        methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods) {
                    for (String login : STRANGERS) {
                        asked++;
                        MockHttpServletResponse answer;
                        try {
                            answer = ask(login, method, path);
                        } catch (Exception e) {
                            wrong.add(login + " " + method + " " + path + " fails: " + e.getMessage());
                            continue;
                        }
                        String body = answer.getContentAsString(StandardCharsets.UTF_8);
                        String said = login + " " + method + " " + path + " " + answer.getStatus();
                        if (body.contains(SECRET)) {
                            wrong.add(said + " shows it");
                        }
                        boolean own = path.startsWith("/matters/" + matter)
                                || path.startsWith("/api/matters/" + matter)
                                || path.startsWith("/notices/" + notice);
                        if (own && answer.getStatus() < 400) {
                            wrong.add(said + " is not refused");
                        }
                    }
                }
            }
        }
        assertThat(String.join("\n", wrong)).isEmpty();
        assertThat(asked).as("routes walked").isGreaterThan(120);
        assertThat(state()).isEqualTo(before);
    }

    /** A route with the ids of what hangs on the matter, where they are others than its own. */
    private String named(String pattern) {
        String path = pattern.replaceAll("\\{file:[^/]*}|\\{file}", Long.toString(file));
        return path.startsWith("/notices/") ? path.replaceAll("\\{id[^/]*}", Long.toString(notice)) : path;
    }

    private MockHttpServletResponse ask(String login, RequestMethod method, String path) throws Exception {
        return pages.perform(request(HttpMethod.valueOf(method.name()), java.net.URI.create(path.replace("**", "x")))
                        .param("id", Long.toString(matter))
                        .param("m", Long.toString(matter))
                        .param("version", "1")
                        .param("request", java.util.UUID.randomUUID().toString())
                        .param("note", "x")
                        .param("reason", "x")
                        .param("state", "closed")
                        .param("on", "true")
                        .with(user(county.user(login)))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    @Test
    void theDatabaseKeepsEveryRowOfItFromStrangers() {
        TABLES.forEach((table, key) -> {
            String count = "select count(*) from " + table + " where " + key + " = " + matter;
            String column = key.equals("id") ? "title" : "matter";
            assertThat(sql.sql(count).query(Integer.class).single())
                    .as(table + " has rows to hide")
                    .isPositive();
            assertThat(as("stranger", () -> sql.sql(count).query(Integer.class).single()))
                    .as(table)
                    .isZero();
            assertThat(changed(
                            "stranger",
                            "update " + table + " set " + column + " = " + column + " where " + key + " = " + matter))
                    .as("update of " + table)
                    .isZero();
            assertThat(changed("stranger", "delete from " + table + " where " + key + " = " + matter))
                    .as("delete from " + table)
                    .isZero();
            assertThat(as("handler", () -> sql.sql(count).query(Integer.class).single()))
                    .as(table + " for the lead unit")
                    .isPositive();
        });
        for (String row : List.of(
                "insert into campaign_matter (campaign, matter) select max(id), " + matter + " from campaign",
                "insert into matter_progress (matter, at, words, state) values (" + matter
                        + ", now(), 'x', 'confirmed')",
                "insert into milestone (matter, ordinal, name, baseline, planned) values (" + matter
                        + ", 9, 'x', current_date, current_date)")) {
            assertThatThrownBy(() -> as("stranger", () -> sql.sql(row).update()))
                    .as(row)
                    .hasStackTraceContaining("row-level security");
        }
        String said = "select count(*) from journal where stream = 'matter:" + matter + "'";
        assertThat(as("stranger", () -> sql.sql(said).query(Integer.class).single()))
                .as("what was done and said of it")
                .isZero();
        assertThat(as("handler", () -> sql.sql(said).query(Integer.class).single()))
                .isPositive();
        assertThat(as(
                        "stranger",
                        () -> sql.sql("select count(*) from stored_file_piece")
                                .query(Integer.class)
                                .single()))
                .isZero();
    }

    /** How many rows a statement changes; none where the role lacks the right. */
    private int changed(String login, String statement) {
        try {
            return as(login, () -> sql.sql(statement).update());
        } catch (DataAccessException e) {
            assertThat(e).hasStackTraceContaining("permission denied");
            return 0;
        }
    }

    private int count(String login, String query) {
        return as(login, () -> sql.sql(query).query(Integer.class).single());
    }

    @Test
    void whatOneIsToldAndFollowsIsNobodyElsesAndNoPostOfAForeignUnitShows() {
        long housing = county.user("handler").account();
        long education = county.user("stranger").account();
        as(
                "handler",
                () -> sql.sql("insert into follower (matter, account) values (:matter, :account)")
                        .param("matter", matter)
                        .param("account", housing)
                        .update());
        act("clerk", matter, "urge", "level", "reminder", "note", "再催");
        sql.sql("""
                        insert into hand_over (unit, post, from_person, to_person, day, leaves, noted_at)
                        select :unit, 'head', min(id), max(id), current_date + 90, false, now() from person""").param("unit", county.unit("housing")).update();
        String told = "select count(*) from message where account = " + housing;
        String followed = "select count(*) from follower where account = " + housing;
        String handed = "select count(*) from hand_over";

        assertThat(count("handler", told)).isPositive();
        assertThat(count("handler", followed)).isOne();
        assertThat(count("handler", handed)).isOne();
        for (String other : List.of("head", "stranger", "clerk", "admin")) {
            assertThat(count(other, told)).as("messages, to " + other).isZero();
            assertThat(changed(other, "update message set read_at = now() where account = " + housing))
                    .isZero();
        }
        assertThat(count("head", followed)).as("of the same unit").isZero();
        assertThat(count("stranger", followed)).isZero();
        assertThat(changed("stranger", "delete from follower")).isZero();
        assertThat(count("stranger", handed)).isZero();
        for (String row : List.of(
                "insert into follower (matter, account) values (" + matter + ", " + education + ")",
                "insert into follower (matter, account) values (" + matter + ", " + housing + ")")) {
            assertThatThrownBy(() -> as("stranger", () -> sql.sql(row).update()))
                    .as(row)
                    .hasStackTraceContaining("row-level security");
        }
        assertThat(count("stranger", "select count(*) from message where account <> " + education))
                .isZero();
    }

    @Test
    void tellsThoseWhoFollowWhateverRoleActs() {
        as(
                "head",
                () -> sql.sql("insert into follower (matter, account) values (:matter, :account)")
                        .param("matter", matter)
                        .param("account", county.user("head").account())
                        .update());
        String told = "select count(*) from message where account = "
                + county.user("head").account();
        int before = count("head", told);

        act("mover", matter, "report", "note", "管线已改");

        assertThat(count("head", told)).isEqualTo(before + 1);
    }

    @Test
    void whoHasNoPartAnyMoreReadsNoMessageOfIt() throws Exception {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        long other = create("clerk", "target-task", Map.of("title", "清点" + SECRET));
        act(
                "clerk",
                other,
                "hand-down",
                "lead",
                unit("housing"),
                "joint",
                unit("transport"),
                "due",
                today.plusDays(20).toString());
        as(
                "mover",
                () -> sql.sql("insert into follower (matter, account) values (:matter, :account)")
                        .param("matter", other)
                        .param("account", county.user("mover").account())
                        .update());
        act("clerk", other, "urge", "level", "reminder", "note", "再催");
        String page = ask("mover", RequestMethod.GET, "/messages").getContentAsString(StandardCharsets.UTF_8);
        assertThat(page).as("while it has a part").contains("清点" + SECRET);
        int unread = as("mover", () -> messages.unread(county.user("mover").account()));

        sql.sql("delete from matter_unit where matter = :id").param("id", other).update();
        sql.sql("update matter set joint = '{}', parties = array[:lead]::bigint[] where id = :id")
                .param("lead", county.unit("housing"))
                .param("id", other)
                .update();
        act("handler", other, "return", "reason", "档案编号有误，不宜外传");

        page = ask("mover", RequestMethod.GET, "/messages").getContentAsString(StandardCharsets.UTF_8);
        assertThat(page).doesNotContain("不宜外传", "清点" + SECRET);
        assertThat(as("mover", () -> messages.unread(county.user("mover").account())))
                .isLessThan(unread);
        assertThat(as(
                        "mover",
                        () -> sql.sql("select count(*) from message where matter = " + other)
                                .query(Integer.class)
                                .single()))
                .as("what he cannot read is there still, unread")
                .isPositive();
    }

    @Test
    void theJournalOfMeetingsRequestsAndImportsIsForWhoSeesThem() {
        long mine = sql.sql("select max(id) from meeting").query(Long.class).single();
        List<String> foreign = List.of("meeting:999999", "request:999999", "import:999999");
        journal.write(Actor.SYSTEM, acts -> {
            foreign.forEach(stream -> acts.note(stream, "test.note", Map.of("note", SECRET)));
            acts.note("meeting:" + mine, "test.note", Map.of());
            acts.note("unit:1", "test.note", Map.of());
            return true;
        });
        String streams = "select distinct stream from journal where act = 'test.note'";

        assertThat(as("stranger", () -> sql.sql(streams).query(String.class).list()))
                .containsExactlyInAnyOrder("meeting:" + mine, "unit:1");
        assertThat(as("clerk", () -> sql.sql(streams).query(String.class).list()))
                .containsAll(foreign);
    }

    @Test
    void noRoleOfARequestTakesAwayWhatWas() {
        for (String statement : List.of(
                "update journal set act = act",
                "delete from journal",
                "delete from journal_head",
                "update journal_request set at = now()",
                "delete from journal_request",
                "update matter_was set title = ''",
                "delete from matter_was",
                "delete from matter",
                "delete from message",
                "delete from stored_file",
                "update stored_file_piece set content = ''",
                "delete from account",
                "update matter_type set source = ''",
                "delete from flyway_schema_history",
                "select * from recount_due")) {
            for (String login : List.of("handler", "clerk", "admin")) {
                assertThatThrownBy(() -> as(login, () -> sql.sql(statement).update()))
                        .as(statement + " as " + login)
                        .hasStackTraceContaining("permission denied");
            }
        }
        for (String statement : List.of(
                "insert into account_role (account, role) select min(id), 'administrator' from account",
                "delete from account_role",
                "update account set unit = unit",
                "update unit set kind = kind",
                "insert into calendar_year (year, source) values (2099, '')",
                "delete from leader_of_unit")) {
            assertThatThrownBy(() -> as("handler", () -> sql.sql(statement).update()))
                    .as(statement)
                    .hasStackTraceContaining("permission denied");
        }
    }
}
