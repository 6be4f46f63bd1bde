package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.types.ClockRule;
import org.luoshi.server.matters.types.Drawing;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.web.Shell;
import org.luoshi.server.web.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers what the page of a matter shows. */
@Component
public class MatterSheet {
    private static final int HISTORY = 200;

    private final MatterStore store;
    private final Types types;
    private final Possible possible;
    private final Around around;
    private final Wholes wholes;
    private final Surroundings surroundings;
    private final Officials officials;
    private final Edits edits;
    private final Journal journal;
    private final JdbcClient sql;
    private final List<Mentions> mentions;
    private final Clock clock;

    MatterSheet(
            MatterStore store,
            Types types,
            Possible possible,
            Around around,
            Wholes wholes,
            Surroundings surroundings,
            Officials officials,
            Edits edits,
            Journal journal,
            JdbcClient sql,
            List<Mentions> mentions,
            Clock clock) {
        this.edits = edits;
        this.store = store;
        this.types = types;
        this.possible = possible;
        this.around = around;
        this.wholes = wholes;
        this.surroundings = surroundings;
        this.officials = officials;
        this.journal = journal;
        this.sql = sql;
        this.mentions = mentions;
        this.clock = clock;
    }

    /** A step of the lifecycle, for narrow screens and for those who cannot see the picture. */
    public record Step(String name, String when, boolean went, boolean now) {}

    /** A value that the type adds. */
    public record Value(String key, String name, String text, boolean masked, boolean lines) {}

    public record ClockView(String name, String until, String left, boolean over, boolean paused) {}

    public record PartView(Matter matter, String unit, String state, String share) {}

    public record Origin(long entry, String number, String sentence, String document) {}

    public record View(
            Matter matter,
            MatterType type,
            MatterWords words,
            @Nullable LocalDate on,
            String why,
            String picture,
            List<Step> steps,
            List<Possible.Can> can,
            List<Timeline.Event> events,
            List<Gantt.Line> milestones,
            List<PartView> parts,
            RollUp rollUp,
            long unseenParts,
            @Nullable BigDecimal expected,
            List<Value> values,
            List<ClockView> clocks,
            List<Notices.Notice> notices,
            Map<Long, String> joint,
            List<String> handlers,
            String leader,
            String leaderTitle,
            @Nullable Origin origin,
            List<Integer> provisional,
            boolean followed,
            boolean mayOverride,
            boolean mayPlan,
            boolean maySign,
            String request,
            @Nullable Matter whole,
            List<Campaigning> campaigns,
            List<Mentions.Mention> mentions,
            int newest,
            boolean mayEdit) {}

    public record Campaigning(long id, String name) {}

    View view(User user, Shell shell, Matter matter, @Nullable LocalDate on) {
        Words words = shell.words();
        String language = words.language();
        MatterType type = types.get(matter.type(), matter.typeVersion());
        Instant now = on == null ? clock.instant() : Listing.endOf(on);
        LocalDate today = on == null ? LocalDate.now(clock) : on;
        MatterWords said = new MatterWords(words, surroundings.tree(), today);
        Around.Found found = on == null ? around.now(matter, user.account()) : around.at(matter, user.account(), now);
        Open open = new Open(matter, type, found.clocks());
        List<Journal.Entry> entries = journal.listEntries("matter:" + matter.id(), now, HISTORY);
        Map<String, String> passed = Timeline.passed(entries, type, words);
        Lights.Facts facts = surroundings.facts(open, now, found.milestones(), sentLast(found.notices()));
        WorkingTime time = surroundings.time();
        Lights.Judged judged = Lights.judge(type, facts, now, time);
        Optional<Officials.Leader> leader = officials.find(matter.leader(), today);
        List<Matter> parts = found.parts();
        RollUp sum = found.hasParts() ? wholes.shown(matter.id(), on == null ? null : now) : RollUp.of(List.of());
        long counted = parts.stream().filter(wholes::counts).count();
        Set<Who> standing = surroundings.standing(user).to(matter);
        return new View(
                matter,
                type,
                said,
                on,
                // The figures of the light change from day to day, kept are those of the day on which it turned.
                judged.word().equals(matter.lightWord())
                        ? said.why(type, judged.word(), judged.why())
                        : said.why(type, matter),
                Drawing.of(type, language, passed, matter.state()),
                steps(type, passed, matter.state(), language),
                on == null ? possible.of(user, open, words, facts, now) : List.of(),
                Timeline.of(entries, type, words, found.files(), found.reports(), said, standing),
                Gantt.of(found.milestones(), matter, today, words),
                parts.stream()
                        .map(p -> new PartView(
                                p,
                                said.unit(p.lead()),
                                said.state(types.get(p.type(), p.typeVersion()), p.state()),
                                p.weight().stripTrailingZeros().toPlainString()))
                        .toList(),
                sum,
                Math.max(0, sum.parts() - counted),
                facts.expected(),
                values(type, matter, standing, said, today, language),
                clocks(type, open, now, words, time),
                found.notices(),
                joint(matter, found.joint(), said, words),
                matter.lead() == null ? List.of() : officials.names(List.of(matter.lead())),
                leader.map(Officials.Leader::name).orElse(""),
                leader.map(Officials.Leader::title).orElse(""),
                origin(matter),
                Recounting.provisional(open.clocks.values(), today, time),
                found.followed(),
                user.is(Role.ADMINISTRATOR) && on == null,
                on == null && !matter.ended() && (standing.contains(Who.LEAD) || standing.contains(Who.SUPERVISION)),
                on == null && standing.contains(Who.LEAD),
                UUID.randomUUID().toString(),
                matter.parent() == null ? null : whole(matter.parent(), on),
                found.campaigns(),
                mentions.stream()
                        .flatMap(m -> m.of(matter.id(), words, on).stream())
                        .toList(),
                types.find(matter.type()).map(MatterType::version).orElse(0),
                on == null && !edits.fieldsOf(user, open).isEmpty());
    }

    private @Nullable Matter whole(long parent, @Nullable LocalDate on) {
        return (on == null ? store.find(parent) : store.findAt(parent, Listing.endOf(on))).orElse(null);
    }

    /** When notices of each level went out last. */
    private static Map<String, Instant> sentLast(List<Notices.Notice> sent) {
        Map<String, Instant> last = new LinkedHashMap<>();
        sent.forEach(notice -> last.merge(notice.level(), notice.at(), (a, b) -> a.isAfter(b) ? a : b));
        return last;
    }

    private static List<Step> steps(MatterType type, Map<String, String> passed, String now, String language) {
        List<Step> steps = new ArrayList<>();
        for (State state : type.states().values()) {
            boolean here = state.key().equals(now);
            if (!state.side() || here) {
                steps.add(new Step(
                        state.name().in(language),
                        passed.getOrDefault(state.key(), ""),
                        passed.containsKey(state.key()) && !here,
                        here));
            }
        }
        return steps;
    }

    private List<Value> values(
            MatterType type, Matter matter, Set<Who> standing, MatterWords said, LocalDate today, String language) {
        List<Value> values = new ArrayList<>();
        for (Field field : type.seenBy(standing)) {
            String text = matter.fields().getOrDefault(field.key(), "");
            if (field.isCore() || text.isEmpty()) {
                continue;
            }
            boolean masked = field.kind() == Field.Kind.PERSONAL;
            values.add(new Value(
                    field.key(),
                    field.name().in(language),
                    masked
                            ? "***"
                            : field.kind() == Field.Kind.PERSON && text.matches("\\d+")
                                    ? officials
                                            .find(Long.valueOf(text), today)
                                            .map(Officials.Leader::name)
                                            .orElse(text)
                                    : MatterWords.show(field, text, said, language),
                    masked,
                    field.kind() == Field.Kind.LONG));
        }
        return values;
    }

    private static List<ClockView> clocks(MatterType type, Open open, Instant now, Words words, WorkingTime time) {
        List<ClockView> views = new ArrayList<>();
        for (ClockRule rule : type.clocks().values()) {
            Run run = open.clocks.get(rule.key());
            if (run == null || run.stoppedAt() != null) {
                continue;
            }
            long left = run.leftAt(now, time);
            boolean hours = run.unit().key().endsWith("hours");
            String unit = words.t("matters.unit." + run.unit().key());
            long shown = hours ? Math.floorDiv(left, 3600L) : left;
            views.add(new ClockView(
                    rule.name().in(words.language()),
                    hours
                            ? words.time(run.runsOut())
                            : org.luoshi.server.calendar.Limit.lastDay(run.runsOut(), time.zone())
                                    .toString(),
                    run.pausedAt() != null
                            ? words.t("matters.clock.paused", Long.toString(shown), unit)
                            : shown < 0
                                    ? words.t("matters.clock.over", Long.toString(-shown), unit)
                                    : words.t("matters.clock.left", Long.toString(shown), unit),
                    run.isOverdue(now),
                    run.pausedAt() != null));
        }
        return views;
    }

    private static Map<Long, String> joint(Matter matter, List<Around.Joint> parts, MatterWords said, Words words) {
        Map<Long, String> tasks = new LinkedHashMap<>();
        matter.joint().forEach(unit -> tasks.put(unit, ""));
        for (Around.Joint part : parts) {
            BigDecimal share = part.share();
            Instant agreed = part.agreedAt();
            String task = (part.task() + (share == null ? "" : " " + said.percent(share))).strip();
            tasks.replace(
                    part.unit(),
                    agreed == null ? task : (task + " " + words.t("matters.joint.agreed", said.dayOf(agreed))).strip());
        }
        return tasks;
    }

    private @Nullable Origin origin(Matter matter) {
        if (matter.commitment() == null) {
            return null;
        }
        return sql.sql("""
                        select c.id, coalesce(c.number, '') as number, c.sentence, d.title
                        from commitment c join document d on d.id = c.document where c.id = :id""")
                .param("id", matter.commitment())
                .query((row, n) -> new Origin(
                        row.getLong("id"), row.getString("number"), row.getString("sentence"), row.getString("title")))
                .optional()
                .orElse(null);
    }
}
