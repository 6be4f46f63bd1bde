package org.luoshi.server.register;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.register.Entry.Target;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Splits of total targets among units: made only where the parts add up, shown where they no longer do. */
@Component
public class Splits {
    private static final Set<String> RATES = Set.of("%", "％", "‰", "个百分点", "百分点", "位", "名");

    private final Register register;
    private final JdbcClient sql;
    private final Journal journal;
    private final Clock clock;

    Splits(Register register, JdbcClient sql, Journal journal, Clock clock) {
        this.register = register;
        this.sql = sql;
        this.journal = journal;
        this.clock = clock;
    }

    /** How the parts were found. */
    public enum Method {
        HAND,
        EQUAL,
        LAST_YEAR,
        BASE;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Method> find(String key) {
            for (Method method : values()) {
                if (method.key().equals(key)) {
                    return Optional.of(method);
                }
            }
            return Optional.empty();
        }
    }

    /** What one unit takes; {@code base} is the figure that the part was computed from, null where none was. */
    public record Share(
            long unit, BigDecimal value, @Nullable BigDecimal base) {}

    /**
     * A split as it was made.
     *
     * @param total what was split on that day; the target may have moved since
     */
    public record Split(
            long target, Method method, BigDecimal total, int digits, String by, Instant at, List<Share> shares) {
        public BigDecimal sum() {
            return shares.stream().map(Share::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** Why a target cannot be split: the key of a sentence; empty where it can. */
    static Optional<String> refusal(Target target) {
        if (!target.basis().equals("level")) {
            return Optional.of("register.split.refused." + target.basis());
        }
        if (target.masked() || target.value() == null) {
            return Optional.of("register.split.refused.masked");
        }
        if (target.value2() != null) {
            return Optional.of("register.split.refused.range");
        }
        if (target.unit() != null && RATES.contains(target.unit().strip())) {
            return Optional.of("register.split.refused.share");
        }
        return target.value().signum() <= 0 ? Optional.of("register.split.refused.nothing") : Optional.empty();
    }

    Optional<Split> find(long target) {
        List<Share> shares = sql.sql(
                        "select unit, value, base from target_share where target = :target order by ordinal")
                .param("target", target)
                .query((row, n) -> new Share(row.getLong(1), row.getBigDecimal(2), row.getBigDecimal(3)))
                .list();
        return sql.sql("""
                        select s.method, s.total, s.digits, s.split_at, p.name
                        from target_split s join account a on a.id = s.split_by join person p on p.id = a.person
                        where s.target = :target""")
                .param("target", target)
                .query((row, n) -> new Split(
                        target,
                        Method.find(row.getString("method")).orElse(Method.HAND),
                        row.getBigDecimal("total"),
                        row.getInt("digits"),
                        row.getString("name"),
                        row.getTimestamp("split_at").toInstant(),
                        shares))
                .optional();
    }

    /** What units took of the same indicator in the year before, by the newest such split; empty where none was recorded. */
    Map<Long, BigDecimal> lastYear(Entry entry, Target target) {
        Map<Long, BigDecimal> shares = new LinkedHashMap<>();
        sql.sql("""
                        select x.unit, x.value from target_share x where x.target = (
                          select s.target from target_split s
                          join commitment_target t on t.id = s.target
                          join commitment c on c.id = t.commitment
                          where c.state = 'registered' and c.year = :year and t.indicator = :indicator
                            and t.unit is not distinct from cast(:unit as text)
                          order by s.split_at desc, s.target desc limit 1)
                        order by x.ordinal""")
                .param("year", entry.year() - 1)
                .param("indicator", target.indicator())
                .param("unit", target.unit())
                .query(row -> {
                    shares.put(row.getLong(1), row.getBigDecimal(2));
                });
        return shares;
    }

    /**
     * Keeps a split in place of an earlier one.
     *
     * @throws Refused where the target cannot be split, a unit is unknown, closed or named twice, a part is below zero,
     *     or the parts do not add up to the total; the sentence holds the figures
     */
    void save(User user, long entryId, long targetId, Method method, int digits, List<Share> shares) {
        journal.write(user.actor(), acts -> {
            boolean there = sql.sql("select id from commitment_target where id = :id for update")
                    .param("id", targetId)
                    .query(Long.class)
                    .optional()
                    .isPresent();
            if (!there) {
                throw new Refused("register.split.refused.gone");
            }
            Entry entry = register.find(entryId).orElseThrow(() -> new Refused("register.split.refused.gone"));
            Target target = target(entry, targetId);
            BigDecimal total = Objects.requireNonNull(target.value());
            check(target, total, shares);
            Map<String, Object> before = find(targetId).map(Splits::told).orElse(Map.of());
            sql.sql("delete from target_split where target = :target")
                    .param("target", targetId)
                    .update();
            sql.sql("""
                            insert into target_split (target, method, total, digits, split_by, split_at)
                            values (:target, :method, :total, :digits, :by, :at)""")
                    .param("target", targetId)
                    .param("method", method.key())
                    .param("total", total)
                    .param("digits", digits)
                    .param("by", user.account())
                    .param("at", Timestamp.from(clock.instant()))
                    .update();
            int ordinal = 0;
            for (Share share : shares) {
                sql.sql("""
                                insert into target_share (target, unit, value, base, ordinal)
                                values (:target, :unit, :value, :base, :ordinal)""")
                        .param("target", targetId)
                        .param("unit", share.unit())
                        .param("value", share.value())
                        .param("base", share.base())
                        .param("ordinal", ordinal++)
                        .update();
            }
            acts.note(
                    "commitment:" + entry.id(),
                    "register.split",
                    Map.of(
                            "target",
                            targetId,
                            "indicator",
                            target.indicator(),
                            "before",
                            before,
                            "after",
                            told(new Split(targetId, method, total, digits, user.name(), clock.instant(), shares))));
            return true;
        });
    }

    private static Map<String, Object> told(Split split) {
        List<Map<String, Object>> shares = new ArrayList<>();
        for (Share share : split.shares()) {
            shares.add(Map.of("unit", share.unit(), "value", share.value().toPlainString()));
        }
        return Map.of("method", split.method().key(), "total", split.total().toPlainString(), "shares", shares);
    }

    private void check(Target target, BigDecimal total, List<Share> shares) {
        UnitNames units = UnitNames.read(sql);
        LocalDate today = LocalDate.now(clock);
        if (shares.isEmpty()) {
            throw new Refused("register.split.refused.no-units");
        }
        Set<Long> seen = new HashSet<>();
        for (Share share : shares) {
            UnitNames.Node unit = units.node(share.unit());
            if (unit == null) {
                throw new Refused("register.split.refused.unknown-unit", Long.toString(share.unit()));
            }
            String name = units.brief(share.unit(), today);
            if (unit.closed() != null && !unit.closed().isAfter(today)) {
                throw new Refused(
                        "register.split.refused.closed", name, unit.closed().toString());
            }
            if (!seen.add(share.unit())) {
                throw new Refused("register.split.refused.twice", name);
            }
            if (share.value().signum() < 0) {
                throw new Refused("register.split.refused.negative", name, Labels.plain(share.value()));
            }
        }
        BigDecimal sum = shares.stream().map(Share::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        int difference = sum.compareTo(total);
        if (difference != 0) {
            String unit = target.unit() == null ? "" : target.unit();
            throw new Refused(
                    difference < 0 ? "register.split.refused.less" : "register.split.refused.more",
                    Labels.plain(sum) + unit,
                    Labels.plain(total) + unit,
                    Labels.plain(sum.subtract(total).abs()) + unit);
        }
    }

    /** Takes a split away; the journal keeps it. */
    void remove(User user, Entry entry, long targetId) {
        journal.write(user.actor(), acts -> {
            Optional<Split> split = find(targetId);
            sql.sql(
                            "delete from target_split where target = :target and target in (select id from commitment_target where commitment = :entry)")
                    .param("target", targetId)
                    .param("entry", entry.id())
                    .update();
            split.ifPresent(gone -> acts.note(
                    "commitment:" + entry.id(), "register.unsplit", Map.of("target", targetId, "before", told(gone))));
            return true;
        });
    }

    /** A target of an entry that can be split. */
    static Target target(Entry entry, long targetId) {
        Target target = entry.targets().stream()
                .filter(t -> t.id() == targetId)
                .findFirst()
                .orElseThrow(() -> new Refused("register.split.refused.gone"));
        refusal(target).ifPresent(key -> {
            throw new Refused(key, target.indicator());
        });
        return target;
    }
}
