package org.luoshi.server.matters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.packs.PackFile;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.User;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.database.HouseClock;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Rung;
import org.luoshi.server.units.Units;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Plays a year of work from a pack's {@code year.yaml}: every matter is created and moved by the people of the pack on
 * the days of the file, through the same path as by hand; each Monday the house looks at its matters. What would lie in
 * the future is left out.
 */
@Component
public class LivingYear {
    private static final Logger log = LoggerFactory.getLogger(LivingYear.class);

    private final Matters matters;
    private final Milestones milestones;
    private final MatterStore store;
    private final Types types;
    private final Watch watch;
    private final Surroundings surroundings;
    private final Gatherings gatherings;
    private final Accounts accounts;
    private final Units units;
    private final JdbcClient sql;
    private final Clock clock;

    LivingYear(
            Matters matters,
            Milestones milestones,
            MatterStore store,
            Types types,
            Watch watch,
            Surroundings surroundings,
            Gatherings gatherings,
            Accounts accounts,
            Units units,
            JdbcClient sql,
            Clock clock) {
        this.matters = matters;
        this.milestones = milestones;
        this.store = store;
        this.types = types;
        this.watch = watch;
        this.surroundings = surroundings;
        this.gatherings = gatherings;
        this.accounts = accounts;
        this.units = units;
        this.sql = sql;
        this.clock = clock;
    }

    /** No matter of the file, but a campaign or a meeting. */
    private static final int GATHERING = -1;

    /** An event of the file; {@code matter} counts the matters of the file from 0. */
    private record Event(Instant at, int matter, String by, String move, Map<String, String> inputs, int line) {}

    private record Step(String name, LocalDate on, BigDecimal weight) {}

    /** @param meeting title of the meeting that decided it; empty: none. {@code about} is the item it was decided under */
    private record Given(String type, Map<String, String> fields, List<Step> steps, String meeting, String about) {}

    private record Paper(String name, String text) implements Files.Upload {
        @Override
        public long bytes() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Plays the file once; does nothing where there are matters already. */
    public void playOnce(Path file) throws IOException {
        boolean begun = sql.sql("select exists (select 1 from matter)")
                .query(Boolean.class)
                .single();
        if (begun || !java.nio.file.Files.isRegularFile(file) || !(clock instanceof HouseClock house)) {
            return;
        }
        List<Given> given = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        read(file, given, events);
        events.sort(Comparator.comparing(Event::at));
        Map<Integer, Long> ids = new HashMap<>();
        Instant now = Instant.now();
        LocalDate monday = null;
        int played = 0;
        for (Event event : events) {
            if (event.at().isAfter(now)) {
                break;
            }
            LocalDate day = event.at().atZone(WorkingTime.BEIJING).toLocalDate();
            if (monday == null) {
                monday = day.with(java.time.temporal.TemporalAdjusters.next(DayOfWeek.MONDAY));
            }
            while (!monday.isAfter(day)) {
                week(house, monday);
                monday = monday.plusWeeks(1);
            }
            try {
                house.at(event.at(), () -> {
                    play(event, given, ids);
                    return true;
                });
                played++;
            } catch (MoveRefused e) {
                throw new IllegalStateException(
                        file + ":" + event.line() + ": " + event.move() + " by " + event.by() + " is refused: "
                                + e.faults(),
                        e);
            }
        }
        watch.look();
        sql.sql("update message set read_at = at where at < :week")
                .param("week", java.sql.Timestamp.from(now.minus(java.time.Duration.ofDays(7))))
                .update();
        log.info("Played {} events of {} matters", played, ids.size());
    }

    private void play(Event event, List<Given> given, Map<Integer, Long> ids) {
        User user = accounts.loadUserByUsername(event.by());
        String request = "year:" + event.line();
        if (event.matter() == GATHERING) {
            gatherings.play(user, event.move(), event.inputs());
            return;
        }
        Given line = given.get(event.matter());
        if (event.move().equals("create") && !line.meeting().isEmpty()) {
            Map<String, String> typed = resolved(line.type(), line.fields());
            ids.put(event.matter(), gatherings.decide(user, line.meeting(), line.about(), typed, request));
            return;
        }
        if (event.move().equals("create")) {
            long id =
                    matters.create(user, new Matters.Draft(line.type(), resolved(line.type(), line.fields())), request);
            ids.put(event.matter(), id);
            return;
        }
        long id = Objects.requireNonNull(ids.get(event.matter()));
        Map<String, String> inputs = new LinkedHashMap<>(resolved(line.type(), event.inputs()));
        List<Paper> files = new ArrayList<>();
        String file = inputs.remove("file");
        if (file != null) {
            files.add(
                    new Paper(file, line.fields().getOrDefault("title", "") + "\n" + inputs.getOrDefault("note", "")));
        }
        String other = inputs.getOrDefault("other", "");
        if (other.startsWith("@")) {
            inputs.put("other", number(other.substring(1)));
        }
        Matter before = store.find(id).orElseThrow();
        matters.act(user, id, new Matters.Asked(event.move(), before.version(), inputs, files), request);
        if (!line.steps().isEmpty() && store.milestones(id).isEmpty() && before.givenAt() != null) {
            milestones.plan(
                    user,
                    id,
                    store.find(id).orElseThrow().version(),
                    line.steps().stream()
                            .map(s -> new Milestones.Line(null, s.name(), s.on(), 0, s.weight(), null))
                            .toList(),
                    request + ":milestones");
        }
        if (event.move().equals("verify")) {
            reach(user, id, request);
        }
    }

    private String number(String title) {
        return sql.sql("select number from matter where title = :title order by id limit 1")
                .param("title", title)
                .query(String.class)
                .single();
    }

    /** Marks milestones as reached once the confirmed progress has come so far. */
    private void reach(User user, long id, String request) {
        Matter matter = store.find(id).orElseThrow();
        List<Schedule.Milestone> planned = store.milestones(id);
        BigDecimal progress = matter.progress();
        if (progress == null || planned.isEmpty()) {
            return;
        }
        BigDecimal sum = planned.stream().map(Schedule.Milestone::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal done = BigDecimal.ZERO;
        List<Milestones.Line> lines = new ArrayList<>();
        boolean changed = false;
        for (Schedule.Milestone milestone : planned) {
            done = done.add(milestone.weight());
            boolean reached = progress.multiply(sum).compareTo(done.multiply(BigDecimal.valueOf(100))) >= 0;
            LocalDate day = milestone.reached();
            if (reached && day == null) {
                day = LocalDate.now(clock);
                changed = true;
            }
            lines.add(new Milestones.Line(
                    milestone.id(), milestone.name(), milestone.planned(), milestone.days(), milestone.weight(), day));
        }
        if (changed) {
            milestones.plan(user, id, matter.version(), lines, request + ":reached");
        }
    }

    /** A Monday of the house: lights, notices by rule, and some by hand where the ladder says so. */
    private void week(HouseClock house, LocalDate monday) {
        house.at(monday.atTime(8, 0).atZone(WorkingTime.BEIJING).toInstant(), () -> {
            watch.look();
            Instant now = clock.instant();
            for (long id : sql.sql("select id from matter where not ended and light = 'red' order by id")
                    .query(Long.class)
                    .list()) {
                Matter matter = store.find(id).orElseThrow();
                Open open = surroundings.open(matter, surroundings.typeOf(matter));
                Lights.Facts facts = surroundings.facts(open, now);
                for (Rung rung : open.type.ladder()) {
                    boolean holds = !rung.byRule()
                            && Lights.holds(rung, facts, now, surroundings.time(), new LinkedHashMap<>())
                            && open.type.movesFrom(open.state).stream()
                                    .anyMatch(m -> m.key().equals("urge"));
                    if (holds) {
                        try {
                            matters.act(
                                    accounts.loadUserByUsername("zhouqiming"),
                                    id,
                                    new Matters.Asked(
                                            "urge",
                                            store.find(id).orElseThrow().version(),
                                            Map.of("level", rung.level()),
                                            List.of()),
                                    "year:urge:" + id + ":" + rung.level() + ":" + monday);
                        } catch (MoveRefused e) {
                            log.debug("Not urged again: {}", e.getMessage());
                        }
                    }
                }
            }
            return true;
        });
    }

    /** Unit keys and log-ins of people become ids. */
    private Map<String, String> resolved(String type, Map<String, String> fields) {
        MatterType found = types.get(type);
        Map<String, String> resolved = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            Field field = found.field(key);
            resolved.put(
                    key,
                    field == null || value.isEmpty()
                            ? value
                            : switch (field.kind()) {
                                case UNIT, UNITS ->
                                    String.join(
                                            ",",
                                            java.util.Arrays.stream(value.split(",", -1))
                                                    .map(this::unit)
                                                    .toList());
                                case PERSON ->
                                    sql.sql("select id::text from person where key = :key")
                                            .param("key", value)
                                            .query(String.class)
                                            .single();
                                default -> value;
                            });
        });
        return resolved;
    }

    private String unit(String key) {
        return units.findByKey(key)
                .map(unit -> Long.toString(unit.id()))
                .orElseThrow(
                        () -> new IllegalArgumentException("year.yaml names the unit " + key + ", which is unknown"));
    }

    private static void read(Path path, List<Given> given, List<Event> events) throws IOException {
        try (InputStream in = java.nio.file.Files.newInputStream(path)) {
            PackFile file = new PackFile(path.toString(), in);
            Node root = file.root();
            if (root != null) {
                Map<String, Node> top = file.mapping(root, Set.of("format", "matters", "gatherings"), "the year");
                Node list = top.get("matters");
                for (Node node : list == null ? List.<Node>of() : file.list(list, "matters")) {
                    matter(file, node, given, events);
                }
                Node gathered = top.get("gatherings");
                for (Node node : gathered == null ? List.<Node>of() : file.list(gathered, "gatherings")) {
                    events.add(event(file, node, GATHERING));
                }
            }
            file.check();
        }
    }

    private static void matter(PackFile file, Node node, List<Given> given, List<Event> events) {
        Map<String, Node> line = file.mapping(
                node, Set.of("type", "at", "by", "meeting", "about", "fields", "milestones", "then"), "a matter");
        int index = given.size();
        List<Step> steps = new ArrayList<>();
        Node milestones = line.get("milestones");
        for (Node step : milestones == null ? List.<Node>of() : file.list(milestones, "milestones")) {
            Map<String, Node> parts = file.mapping(step, Set.of("name", "day", "weight"), "a milestone");
            steps.add(new Step(
                    file.need(parts, "name", step, "The milestone"),
                    LocalDate.parse(file.need(parts, "day", step, "The milestone")),
                    new BigDecimal(file.need(parts, "weight", step, "The milestone"))));
        }
        given.add(new Given(
                file.need(line, "type", node, "The matter"),
                texts(file, line.get("fields")),
                steps,
                text(file, line, "meeting"),
                text(file, line, "about")));
        events.add(new Event(
                at(file, line, node),
                index,
                file.need(line, "by", node, "The matter"),
                "create",
                Map.of(),
                PackFile.line(node)));
        Node then = line.get("then");
        for (Node event : then == null ? List.<Node>of() : file.list(then, "then")) {
            events.add(event(file, event, index));
        }
    }

    private static Event event(PackFile file, Node event, int matter) {
        Map<String, Node> parts = file.mapping(event, Set.of("at", "by", "move", "inputs"), "an event");
        return new Event(
                at(file, parts, event),
                matter,
                file.need(parts, "by", event, "The event"),
                file.need(parts, "move", event, "The event"),
                texts(file, parts.get("inputs")),
                PackFile.line(event));
    }

    private static String text(PackFile file, Map<String, Node> line, String key) {
        Node node = line.get(key);
        return node == null ? "" : file.text(node, key);
    }

    private static Map<String, String> texts(PackFile file, @Nullable Node node) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (node != null) {
            file.mapping(node, Set.of(), "fields").forEach((key, value) -> texts.put(key, file.text(value, key)));
        }
        return texts;
    }

    private static Instant at(PackFile file, Map<String, Node> line, Node owner) {
        String text = file.need(line, "at", owner, "The line");
        try {
            return LocalDateTime.parse(text).atZone(WorkingTime.BEIJING).toInstant();
        } catch (DateTimeParseException e) {
            file.fault(owner, "\"" + text + "\" is no time. Write it as \"2026-02-09T09:30\".");
            return Instant.EPOCH;
        }
    }
}
