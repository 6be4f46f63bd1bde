package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Rung;
import org.luoshi.server.matters.types.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What lags, for those who call units to the table: open matters that stand out, the most pressing first. */
@Component
public class Lagging {
    /** Twice sent back is no accident any more. */
    public static final int BOUNCED = 2;

    /** A letter that went out in so many days is still on the table, whatever the light. */
    private static final int FRESH = 31;

    private final JdbcClient sql;
    private final MatterStore store;
    private final Types types;

    Lagging(JdbcClient sql, MatterStore store, Types types) {
        this.sql = sql;
        this.store = store;
        this.types = types;
    }

    /**
     * How a matter stands, as a value that can be kept.
     *
     * @param progress confirmed, in per cent; null: unknown
     * @param why the figures of its light
     * @param level the highest notice that is out as a letter; null: none
     */
    public record Stood(
            long id,
            String number,
            String title,
            String type,
            int typeVersion,
            String state,
            boolean ended,
            boolean done,
            @Nullable Long lead,
            @Nullable LocalDate due,
            @Nullable BigDecimal progress,
            String light,
            String lightWord,
            Map<String, String> why,
            @Nullable String level,
            int bounced,
            int recurred,
            @Nullable LocalDate closedOn) {}

    private static final String LAGS = """
             from matter m where not m.ended and (m.light in ('red', 'yellow')
              or m.level = any(cast(:levels as text[]))
                and exists (select 1 from matter_notice n where n.matter = m.id and n.level = m.level and n.at >= :since)
              or m.due < :today or m.bounced >= :bounced or m.recurred > 0
              or m.type || '/' || m.state = any(cast(:stuck as text[])))
              and (cast(:all as boolean) or m.lead = any(cast(:leads as bigint[])))""";

    private JdbcClient.StatementSpec asked(String select, String rest, LocalDate today, Collection<Long> leads) {
        Set<String> levels = new LinkedHashSet<>();
        Set<String> stuck = new LinkedHashSet<>();
        for (MatterType type : types.list()) {
            type.ladder().stream().filter(Rung::letter).forEach(rung -> levels.add(rung.level()));
            type.states().values().stream()
                    .filter(state -> state.side() && !state.end())
                    .forEach(state -> stuck.add(type.key() + "/" + state.key()));
        }
        return sql.sql(select + "\n" + LAGS + "\n" + rest)
                .param("levels", levels.toArray(String[]::new))
                .param("today", today)
                .param(
                        "since",
                        Timestamp.from(today.minusDays(FRESH)
                                .atStartOfDay(WorkingTime.BEIJING)
                                .toInstant()))
                .param("bounced", BOUNCED)
                .param("stuck", stuck.toArray(String[]::new))
                .param("all", leads.isEmpty())
                .param("leads", leads.toArray(Long[]::new));
    }

    /**
     * Open matters with a red or yellow light, a letter that went out in the last month, past their deadline, sent back twice, come back after they
     * were closed, or held in a state beside the line.
     *
     * @param leads lead units to ask for; empty: all
     */
    public List<Stood> list(LocalDate today, Collection<Long> leads, int limit) {
        List<Long> ids = asked("select m.id", """
                         order by m.light = 'red' desc, coalesce(array_position(array['red', 'orange', 'yellow', 'blue'], m.level), 9),
                          m.light = 'yellow' desc, m.due nulls last, m.id limit :limit""", today, leads)
                .param("limit", limit)
                .query(Long.class)
                .list();
        Map<Long, Stood> stood = map(ids);
        return ids.stream().map(stood::get).filter(Objects::nonNull).toList();
    }

    /** Some matters by their ids, as far as the person who asks may see them. */
    public Map<Long, Stood> map(Collection<Long> ids) {
        Map<Long, Stood> stood = new HashMap<>();
        if (!ids.isEmpty()) {
            store.list(ids).forEach(matter -> stood.put(matter.id(), of(matter)));
        }
        return stood;
    }

    /** How many there are, whatever the limit of a list. */
    public long count(LocalDate today, Collection<Long> leads) {
        return asked("select count(*)", "", today, leads).query(Long.class).single();
    }

    public Optional<Stood> find(long matter) {
        return store.find(matter).map(this::of);
    }

    public Optional<Stood> findByNumber(String number) {
        return store.findByNumber(number).map(this::of);
    }

    private Stood of(Matter matter) {
        MatterType type = types.get(matter.type(), matter.typeVersion());
        String level = matter.level();
        boolean letter =
                level != null && type.findRung(level).filter(Rung::letter).isPresent();
        return new Stood(
                matter.id(),
                matter.number(),
                matter.title(),
                matter.type(),
                matter.typeVersion(),
                matter.state(),
                matter.ended(),
                matter.done(),
                matter.lead(),
                matter.due(),
                matter.progress(),
                matter.light().key(),
                matter.lightWord(),
                new LinkedHashMap<>(matter.lightWhy()),
                letter ? level : null,
                matter.bounced(),
                matter.recurred(),
                matter.closedAt() == null
                        ? null
                        : matter.closedAt().atZone(WorkingTime.BEIJING).toLocalDate());
    }

    /** The name of the state that a matter stood in. */
    public State stateOf(Stood stood) {
        return types.get(stood.type(), stood.typeVersion()).getState(stood.state());
    }

    public MatterType typeOf(Stood stood) {
        return types.get(stood.type(), stood.typeVersion());
    }
}
