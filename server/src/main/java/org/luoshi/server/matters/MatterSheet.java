package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.types.ClockRule;
import org.luoshi.server.matters.types.Drawing;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.web.Shell;
import org.luoshi.server.web.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Gathers what the page of a matter shows. */
@Component
public class MatterSheet {
    private static final int HISTORY = 200;

    private final MatterStore store;
    private final Types types;
    private final Moves moves;
    private final Surroundings surroundings;
    private final Officials officials;
    private final Progresses progresses;
    private final Notices notices;
    private final Files files;
    private final Edits edits;
    private final Journal journal;
    private final JdbcClient sql;
    private final List<Mentions> mentions;
    private final Clock clock;

    MatterSheet(
            MatterStore store,
            Types types,
            Moves moves,
            Surroundings surroundings,
            Officials officials,
            Progresses progresses,
            Notices notices,
            Files files,
            Edits edits,
            Journal journal,
            JdbcClient sql,
            List<Mentions> mentions,
            Clock clock) {
        this.edits = edits;
        this.store = store;
        this.types = types;
        this.moves = moves;
        this.surroundings = surroundings;
        this.officials = officials;
        this.progresses = progresses;
        this.notices = notices;
        this.files = files;
        this.journal = journal;
        this.sql = sql;
        this.mentions = mentions;
        this.clock = clock;
    }

    /** Something that can be done, or why not. */
    public record Can(String move, String name, String sentence, boolean allowed, boolean main) {}

    /** A step of the lifecycle, for narrow screens and for those who cannot see the picture. */
    public record Step(String name, String when, boolean went, boolean now) {}

    /** An event of the timeline. */
    public record Event(
            Instant at,
            String who,
            String act,
            String tag,
            String tagKind,
            List<String> lines,
            List<Files.Stored> files) {}

    /** A value that the type adds. */
    public record Value(String key, String name, String text, boolean masked, boolean lines) {}

    public record ClockView(String name, String until, String left, boolean over, boolean paused) {}

    public record Bar(int from, int width, int baseFrom, int baseWidth, int today) {}

    public record MilestoneView(Schedule.Milestone milestone, String slip, String slipKind, Bar bar) {}

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
            List<Can> can,
            List<Event> events,
            List<MilestoneView> milestones,
            List<PartView> parts,
            RollUp rollUp,
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
        Instant now = on == null ? clock.instant() : MatterPages.at(on);
        LocalDate today = on == null ? LocalDate.now(clock) : on;
        MatterWords said = new MatterWords(words, surroundings.tree(), today);
        Open open = surroundings.open(matter, type);
        List<Journal.Entry> entries = journal.listEntries("matter:" + matter.id(), now, HISTORY);
        Map<String, String> passed = passed(entries, type, words);
        MatterStore.Has has = store.has(matter.id(), user.account());
        List<Files.Stored> stored = !has.files()
                ? List.of()
                : files.list(matter.id()).stream()
                        .filter(f -> !f.at().isAfter(now))
                        .toList();
        List<Progresses.Progress> reports = has.reports() ? progresses.list(matter.id()) : List.of();
        List<Schedule.Milestone> milestones = has.milestones() ? store.milestones(matter.id()) : List.of();
        List<Notices.Notice> sent = has.notices() ? notices.list(matter.id()) : List.of();
        Lights.Facts facts = surroundings.facts(open, now, milestones, sentLast(sent));
        Optional<Officials.Leader> leader = officials.find(matter.leader(), today);
        List<Matter> parts = has.parts() ? store.listParts(matter.id()) : List.of();
        Set<Who> standing = surroundings.standing(user).to(matter);
        WorkingTime time = surroundings.time();
        return new View(
                matter,
                type,
                said,
                on,
                said.why(type, matter),
                Drawing.of(type, language, passed, matter.state()),
                steps(type, passed, matter.state(), language),
                on == null ? can(user, open, words, facts, now) : List.of(),
                events(entries, type, words, stored, reports, said),
                bars(milestones, matter, today, words),
                parts.stream()
                        .map(p -> new PartView(
                                p,
                                said.unit(p.lead()),
                                said.state(types.get(p.type(), p.typeVersion()), p.state()),
                                p.weight().stripTrailingZeros().toPlainString()))
                        .toList(),
                RollUp.of(parts.stream()
                        .filter(p -> !p.ended() || p.done())
                        .map(p -> new RollUp.Part(p.weight(), p.done() ? BigDecimal.valueOf(100) : p.progress()))
                        .toList()),
                facts.expected(),
                values(type, matter, standing, said, today, language),
                clocks(type, open, now, words, time),
                sent.stream().filter(n -> !n.at().isAfter(now)).toList(),
                joint(matter, said, words),
                matter.lead() == null ? List.of() : officials.names(List.of(matter.lead())),
                leader.map(Officials.Leader::name).orElse(""),
                leader.map(Officials.Leader::title).orElse(""),
                origin(matter),
                Recounting.provisional(open.clocks.values(), today, time),
                has.followed(),
                user.is(Role.ADMINISTRATOR) && on == null,
                on == null && !matter.ended() && (standing.contains(Who.LEAD) || standing.contains(Who.SUPERVISION)),
                on == null && standing.contains(Who.LEAD),
                UUID.randomUUID().toString(),
                matter.parent() == null ? null : store.find(matter.parent()).orElse(null),
                has.campaigns() ? campaigns(matter.id()) : List.of(),
                mentions.stream()
                        .flatMap(m -> m.of(matter.id(), words).stream())
                        .toList(),
                types.find(matter.type()).map(MatterType::version).orElse(0),
                on == null && !edits.fieldsOf(user, open).isEmpty());
    }

    private List<Campaigning> campaigns(long matter) {
        return sql.sql("""
                        select c.id, c.name from campaign c join campaign_matter m on m.campaign = c.id
                        where m.matter = :matter order by c.id""")
                .param("matter", matter)
                .query((row, n) -> new Campaigning(row.getLong(1), row.getString(2)))
                .list();
    }

    /** When notices of each level went out last. */
    private static Map<String, Instant> sentLast(List<Notices.Notice> sent) {
        Map<String, Instant> last = new LinkedHashMap<>();
        sent.forEach(notice -> last.merge(notice.level(), notice.at(), (a, b) -> a.isAfter(b) ? a : b));
        return last;
    }

    /** The states that the matter has been in, each with its first day. */
    private static Map<String, String> passed(List<Journal.Entry> entries, MatterType type, Words words) {
        Map<String, String> passed = new LinkedHashMap<>();
        for (Journal.Entry entry : entries.reversed()) {
            String to = entry.details().path("to").asString("");
            if (type.states().containsKey(to)) {
                passed.put(to, words.time(entry.at()).substring(5, 10));
            }
        }
        return passed;
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

    private record Ranked(int rank, Can can) {}

    /** What the person may do in this state, what is waited for first; and what would be possible if something were there. */
    private List<Can> can(User user, Open open, Words words, Lights.Facts facts, Instant now) {
        List<Ranked> allowed = new ArrayList<>();
        List<Can> not = new ArrayList<>();
        Standing standing = surroundings.standing(user);
        Set<Who> to = standing.to(open);
        boolean awaited = open.type.getState(open.state).waitsFor().stream().anyMatch(to::contains);
        for (Move move : open.type.movesFrom(open.state)) {
            if (!moves.may(standing, open, move)) {
                continue;
            }
            List<Fault> hindrances =
                    moves.hindrances(user, open, move, move.asks().containsKey("files"));
            String name = move.name().in(words.language());
            if (hindrances.isEmpty()) {
                String leads = move.to() == null || move.to().equals(open.state)
                        ? ""
                        : words.t(
                                "matters.can.leads",
                                open.type.getState(move.to()).name().in(words.language()));
                String sentence = move.does() == Effect.VERIFY ? words.t("matters.ask.verify", open.unverified) : leads;
                allowed.add(new Ranked(
                        rank(open, move, awaited, facts, now), new Can(move.key(), name, sentence, true, false)));
            } else if (move.does() != Effect.VERIFY
                    && move.does() != Effect.GRANT_EXTENSION
                    && move.does() != Effect.REFUSE_EXTENSION) {
                not.add(new Can(
                        move.key(),
                        name,
                        words.t(
                                "matters.can.not",
                                String.join(
                                        words.t("matters.semicolon"),
                                        hindrances.stream()
                                                .map(f -> FaultWords.say(words, f))
                                                .toList())),
                        false,
                        false));
            }
        }
        allowed.sort(java.util.Comparator.comparingInt(Ranked::rank));
        List<Can> all = new ArrayList<>();
        for (Ranked ranked : allowed) {
            Can can = ranked.can();
            boolean main = all.isEmpty() && ranked.rank() <= 3;
            all.add(new Can(can.move(), can.name(), can.sentence(), true, main));
        }
        all.addAll(not);
        return all;
    }

    /** What is waited for comes first, then what the ladder calls for; ways back and ends come last. */
    private int rank(Open open, Move move, boolean awaited, Lights.Facts facts, Instant now) {
        return switch (move.does()) {
            case VERIFY -> 0;
            case GRANT_EXTENSION, REFUSE_EXTENSION -> 1;
            case URGE ->
                open.type.ladder().stream()
                                .anyMatch(r -> !r.byRule()
                                        && Lights.holds(r, facts, now, surroundings.time(), new LinkedHashMap<>()))
                        ? 3
                        : 6;
            case REPORT -> awaited ? 1 : 4;
            default ->
                move.destructive() || move.back()
                        ? 7
                        : awaited
                                        && move.to() != null
                                        && !open.type.getState(move.to()).side()
                                ? 2
                                : 5;
        };
    }

    private List<Event> events(
            List<Journal.Entry> entries,
            MatterType type,
            Words words,
            List<Files.Stored> stored,
            List<Progresses.Progress> reports,
            MatterWords said) {
        List<Event> events = new ArrayList<>();
        for (Journal.Entry entry : entries) {
            JsonNode details = entry.details();
            String move = details.path("move").asString("");
            String act = type.findMove(move)
                    .map(m -> m.name().in(words.language()))
                    .orElseGet(() -> {
                        String key = "matters.act." + entry.act();
                        return words.has(key) ? words.t(key) : entry.act();
                    });
            List<String> lines = new ArrayList<>();
            for (String part : new String[] {"note", "reason", "finding"}) {
                String text = details.path(part).asString("");
                if (!text.isEmpty()) {
                    lines.add(part.equals("note") ? text : words.t("matters.event." + part, text));
                }
            }
            details.path("set").properties().forEach(set -> {
                Field field = type.field(set.getKey());
                String text = set.getValue().asString("");
                if (field != null && details.has("was")) {
                    String was = details.path("was").path(set.getKey()).asString("");
                    lines.add(words.t(
                            "matters.event.was",
                            field.name().in(words.language()),
                            was.isEmpty() ? "—" : show(field, was, said, words.language()),
                            text.isEmpty() ? "—" : show(field, text, said, words.language())));
                } else if (field != null && !text.isEmpty()) {
                    lines.add(words.t(
                            "matters.event.set",
                            field.name().in(words.language()),
                            show(field, text, said, words.language())));
                }
            });
            details.path("parts")
                    .properties()
                    .forEach(part -> lines.add(words.t(
                            "matters.event.part",
                            said.unit(Long.valueOf(part.getKey())),
                            part.getValue().asString(""))));
            if (details.has("due")) {
                lines.add(
                        details.has("before")
                                ? words.t(
                                        "matters.event.due-moved",
                                        details.path("before").asString(""),
                                        details.path("due").asString(""))
                                : words.t(
                                        "matters.event.due", details.path("due").asString("")));
            }
            for (String part : new String[] {"before-percent", "extension-dropped"}) {
                if (details.has(part)) {
                    lines.add(
                            words.t("matters.event." + part, details.path(part).asString("")));
                }
            }
            if (entry.act().equals("matter.taken-over")) {
                lines.add(words.t(
                        "matters.event.taken-over",
                        words.t("units.post." + details.path("post").asString("")),
                        details.path("from").asString(""),
                        details.path("to").asString(""),
                        details.path("since").asString("")));
            }
            if (details.has("number") && details.has("level")) {
                lines.add(details.path("number").asString(""));
            }
            String tag = "";
            String kind = "";
            long report = details.path("progress").isIntegralNumber()
                    ? details.path("progress").asLong(0)
                    : 0;
            if (report > 0 && details.has("percent") || report > 0 && !details.has("decision")) {
                Progresses.Progress progress = reports.stream()
                        .filter(p -> p.id() == report)
                        .findFirst()
                        .orElse(null);
                if (progress != null) {
                    tag = words.t("matters.report." + progress.state());
                    kind = switch (progress.state()) {
                        case "confirmed" -> "tag-good";
                        case "returned" -> "tag-bad";
                        default -> "tag-doubt";
                    };
                    if (progress.percent() != null) {
                        lines.add(words.t("matters.event.percent", said.percent(progress.percent())));
                    }
                }
            }
            if (details.has("decision")) {
                tag = words.t("matters.decision." + details.path("decision").asString(""));
                kind = details.path("decision").asString("").equals("confirm") ? "tag-good" : "tag-bad";
            }
            Instant at = entry.at();
            Set<Long> ids = details.path("file-ids")
                    .valueStream()
                    .map(id -> id.asLong(0))
                    .collect(Collectors.toSet());
            List<Files.Stored> own =
                    stored.stream().filter(f -> ids.contains(f.id())).toList();
            events.add(new Event(at, entry.actorName(), act, tag, kind, lines, own));
        }
        return events;
    }

    static String show(Field field, String text, MatterWords said, String language) {
        return switch (field.kind()) {
            case UNIT -> text.matches("\\d+") ? said.unit(Long.valueOf(text)) : text;
            case UNITS -> {
                List<Long> units = new ArrayList<>();
                for (String one : text.split(",", -1)) {
                    if (one.matches("\\d+")) {
                        units.add(Long.valueOf(one));
                    }
                }
                yield said.unitsInFull(units);
            }
            case CHOICE ->
                field.choices().stream()
                        .filter(c -> c.key().equals(text))
                        .map(c -> c.name().in(language))
                        .findFirst()
                        .orElse(text);
            case PERCENT -> text + "%";
            default -> text;
        };
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
                                    : show(field, text, said, language),
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

    /** Milestones as bars of a chart that is 384 wide. */
    private static List<MilestoneView> bars(
            List<Schedule.Milestone> milestones, Matter matter, LocalDate today, Words words) {
        if (milestones.isEmpty()) {
            return List.of();
        }
        LocalDate first = matter.givenAt() == null
                ? milestones.getFirst().baseline().minusDays(30)
                : matter.givenAt().atZone(WorkingTime.BEIJING).toLocalDate();
        LocalDate last = milestones.stream()
                .flatMap(m -> java.util.stream.Stream.of(m.baseline(), m.when(), today))
                .max(LocalDate::compareTo)
                .orElse(today);
        long span = Math.max(1, ChronoUnit.DAYS.between(first, last));
        List<MilestoneView> views = new ArrayList<>();
        LocalDate baseFrom = first;
        LocalDate from = first;
        for (Schedule.Milestone milestone : milestones) {
            long slip = milestone.slip();
            String said = slip == 0
                    ? words.t("matters.slip.none")
                    : words.t(slip > 0 ? "matters.slip.late" : "matters.slip.early", Long.toString(Math.abs(slip)));
            Bar bar = new Bar(
                    x(first, from, span),
                    Math.max(2, x(first, milestone.when(), span) - x(first, from, span)),
                    x(first, baseFrom, span),
                    Math.max(2, x(first, milestone.baseline(), span) - x(first, baseFrom, span)),
                    x(first, today, span));
            views.add(new MilestoneView(milestone, said, slip > 0 ? "late" : slip < 0 ? "early" : "third", bar));
            baseFrom = milestone.baseline();
            from = milestone.when();
        }
        return views;
    }

    private static int x(LocalDate first, LocalDate day, long span) {
        return (int) Math.max(0, Math.min(384, ChronoUnit.DAYS.between(first, day) * 384 / span));
    }

    private Map<Long, String> joint(Matter matter, MatterWords said, Words words) {
        Map<Long, String> tasks = new LinkedHashMap<>();
        matter.joint().forEach(unit -> tasks.put(unit, ""));
        if (tasks.isEmpty()) {
            return tasks;
        }
        sql.sql("select unit, task, share, agreed_at from matter_unit where matter = :matter order by ordinal")
                .param("matter", matter.id())
                .query(row -> {
                    Instant agreed = MatterStore.instant(row, "agreed_at");
                    java.math.BigDecimal share = row.getBigDecimal("share");
                    String task = (row.getString("task") + (share == null ? "" : " " + said.percent(share))).strip();
                    String text = agreed == null
                            ? task
                            : (task + " " + words.t("matters.joint.agreed", said.dayOf(agreed))).strip();
                    tasks.replace(row.getLong("unit"), text);
                });
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
