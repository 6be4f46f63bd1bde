package org.luoshi.server.packs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.departments.Duties;
import org.luoshi.reading.departments.Duty;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Calendars;
import org.luoshi.server.units.Units;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Loads a pack into an empty installation, whole or not at all. An installation that has a pack keeps it: units and
 * people are changed on their pages from then on.
 */
@Component
public class PackLoader {
    private static final Logger log = LoggerFactory.getLogger(PackLoader.class);

    private final JdbcClient sql;
    private final Journal journal;
    private final Units units;
    private final Accounts accounts;
    private final Calendars calendars;
    private final Clock clock;

    PackLoader(JdbcClient sql, Journal journal, Units units, Accounts accounts, Calendars calendars, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.units = units;
        this.accounts = accounts;
        this.calendars = calendars;
        this.clock = clock;
    }

    public boolean isLoaded() {
        return sql.sql("select count(*) from setting where name = 'place'")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Loads the pack of a folder; does nothing where one is loaded.
     *
     * @param password first password of every account
     * @throws org.luoshi.reading.packs.PackFaultsException with all faults of the files
     */
    public void load(Path folder, String password) throws IOException {
        if (isLoaded()) {
            return;
        }
        Pack pack = PackReader.read(folder);
        journal.write(Actor.SYSTEM, acts -> {
            Map<String, Long> unitIds = units(pack);
            people(pack, unitIds, password);
            pack.years().forEach(year -> calendars.load(Actor.SYSTEM, year.year(), year.days()));
            sql.sql("insert into setting (name, value) values ('place', to_jsonb(cast(:place as text)))")
                    .param("place", pack.place())
                    .update();
            acts.note(
                    "setting:pack",
                    "pack.load",
                    Map.of(
                            "place",
                            pack.place(),
                            "units",
                            pack.units().size(),
                            "people",
                            pack.people().size()));
            return true;
        });
        log.info(
                "Loaded {}: {} units, {} people",
                pack.place(),
                pack.units().size(),
                pack.people().size());
    }

    /** Duties of the pack's own file that no open unit answers for: their proposals would find no unit. */
    static List<String> unanswered(Path folder, Set<String> answered) throws IOException {
        Path file = folder.resolve("duties.yaml");
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        return Duties.load(file).all().stream()
                .map(Duty::key)
                .filter(key -> !answered.contains(key))
                .toList();
    }

    /** Says at every start which duties of the pack's own file the unit tree lacks; the tree may have changed since. */
    void warnOfUnanswered(Path folder) throws IOException {
        Set<String> answered = Set.copyOf(
                sql.sql("select distinct d.duty from unit_duty d join unit u on u.id = d.unit where u.closed is null")
                        .query(String.class)
                        .list());
        List<String> lacking = unanswered(folder, answered);
        if (!lacking.isEmpty()) {
            log.warn(
                    "No open unit answers for {} of {}: commitments proposed to them get no unit. Give each to a unit, or take it out of the file.",
                    lacking,
                    folder.resolve("duties.yaml"));
        }
    }

    private Map<String, Long> units(Pack pack) {
        Map<String, Long> ids = new HashMap<>();
        List<Pack.UnitLine> waiting = List.copyOf(pack.units());
        // A parent may stand below its child in the file: go round until all have found theirs.
        while (!waiting.isEmpty()) {
            for (Pack.UnitLine line : waiting) {
                if (line.parent() == null || ids.containsKey(line.parent())) {
                    ids.put(line.key(), found(line, line.parent() == null ? null : ids.get(line.parent())));
                }
            }
            waiting = waiting.stream()
                    .filter(line -> !ids.containsKey(line.key()))
                    .toList();
        }
        for (Pack.UnitLine line : pack.units()) {
            if (line.closed() != null) {
                units.close(
                        Actor.SYSTEM,
                        id(ids, line.key()),
                        line.closed(),
                        line.mergedInto() == null ? null : id(ids, line.mergedInto()));
            }
        }
        return ids;
    }

    private long found(Pack.UnitLine line, @Nullable Long parent) {
        long id = units.found(
                Actor.SYSTEM,
                new Units.Founding(
                        line.key(), line.kind(), parent, line.duties(), line.name(), line.shortName(), line.founded()));
        for (Pack.Rename rename : line.renames()) {
            units.rename(Actor.SYSTEM, id, rename.name(), rename.shortName(), rename.from());
        }
        return id;
    }

    private void people(Pack pack, Map<String, Long> unitIds, String password) {
        LocalDate today = LocalDate.now(clock);
        String hash = accounts.hash(password);
        for (Pack.PersonLine line : pack.people()) {
            long person = sql.sql("insert into person (key, name) values (:key, :name) returning id")
                    .param("key", line.login())
                    .param("name", line.name())
                    .query(Long.class)
                    .single();
            for (Pack.Post post : line.posts()) {
                sql.sql("""
                                insert into post (person, unit, title, held_from, held_to)
                                values (:person, :unit, :title, :from, :to)""")
                        .param("person", person)
                        .param("unit", id(unitIds, post.unit()))
                        .param("title", post.title())
                        .param("from", post.from())
                        .param("to", post.to() == null ? null : post.to().plusDays(1))
                        .update();
                for (String led : post.leads()) {
                    sql.sql("""
                                    insert into leader_of_unit (person, unit, held_from, held_to)
                                    values (:person, :unit, :from, :to)""")
                            .param("person", person)
                            .param("unit", id(unitIds, led))
                            .param("from", post.from())
                            .param("to", post.to() == null ? null : post.to().plusDays(1))
                            .update();
                }
            }
            Pack.Post now = line.postOn(today);
            if (now != null && !now.roles().isEmpty()) {
                accounts.createHashed(Actor.SYSTEM, line.login(), person, id(unitIds, now.unit()), now.roles(), hash);
            }
        }
        sql.sql("insert into setting (name, value) values ('pack-loaded-at', to_jsonb(cast(:at as timestamptz)))")
                .param("at", Timestamp.from(clock.instant()))
                .update();
    }

    private static long id(Map<String, Long> ids, String key) {
        return Objects.requireNonNull(ids.get(key));
    }
}
