package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Run;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What stands around a matter: its clocks, milestones, parts, files, reports, notices, joint units and campaigns; now, or
 * as it stood at a moment that is past.
 */
@Component
class Around {
    private final MatterStore store;
    private final Files files;
    private final Progresses progresses;
    private final Notices notices;
    private final JdbcClient sql;

    Around(MatterStore store, Files files, Progresses progresses, Notices notices, JdbcClient sql) {
        this.store = store;
        this.files = files;
        this.progresses = progresses;
        this.notices = notices;
        this.sql = sql;
    }

    /** What a joint unit does; null: nothing is said of a share, or it has not agreed. */
    record Joint(
            long unit,
            String task,
            @Nullable BigDecimal share,
            @Nullable Instant agreedAt) {}

    /**
     * @param hasParts whether it has any now, also such as the person who asks may not see
     * @param followed whether the person who asks follows the matter, now
     */
    record Found(
            Map<String, Run> clocks,
            List<Schedule.Milestone> milestones,
            boolean hasParts,
            List<Matter> parts,
            List<Files.Stored> files,
            List<Progresses.Progress> reports,
            List<Notices.Notice> notices,
            List<Joint> joint,
            List<MatterSheet.Campaigning> campaigns,
            boolean followed) {}

    Found now(Matter matter, long account) {
        long id = matter.id();
        MatterStore.Has has = store.has(id, account);
        return new Found(
                store.clocks(id),
                has.milestones() ? store.milestones(id) : List.of(),
                has.parts(),
                has.parts() ? store.listParts(id) : List.of(),
                has.files() ? files.list(id) : List.of(),
                has.reports() ? progresses.list(id) : List.of(),
                has.notices() ? notices.list(id) : List.of(),
                matter.joint().isEmpty() ? List.of() : joint(id),
                has.campaigns() ? campaigns(id) : List.of(),
                has.followed());
    }

    private List<Joint> joint(long matter) {
        return sql.sql("select unit, task, share, agreed_at from matter_unit where matter = :matter order by ordinal")
                .param("matter", matter)
                .query(Around::joint)
                .list();
    }

    private static Joint joint(ResultSet row, int n) throws SQLException {
        return new Joint(
                row.getLong("unit"),
                row.getString("task"),
                row.getBigDecimal("share"),
                MatterStore.instant(row, "agreed_at"));
    }

    private List<MatterSheet.Campaigning> campaigns(long matter) {
        return sql.sql("""
                        select c.id, c.name from campaign c join campaign_matter m on m.campaign = c.id
                        where m.matter = :matter order by c.id""").param("matter", matter).query(Around::campaign).list();
    }

    private static MatterSheet.Campaigning campaign(ResultSet row, int n) throws SQLException {
        return new MatterSheet.Campaigning(row.getLong(1), row.getString(2));
    }

    Found at(Matter matter, long account, Instant moment) {
        long id = matter.id();
        Timestamp at = Timestamp.from(moment);
        // Files, reports, notices and parts only grow: where there are none now there were none then.
        MatterStore.Has has = store.has(id, account);
        return new Found(
                clocksAt(id, at),
                milestonesAt(id, at),
                has.parts(),
                has.parts() ? store.listPartsAt(id, moment) : List.of(),
                (has.files() ? files.list(id) : List.<Files.Stored>of())
                        .stream().filter(f -> !f.at().isAfter(moment)).toList(),
                (has.reports() ? progresses.list(id) : List.<Progresses.Progress>of())
                        .stream()
                                .filter(p -> !p.at().isAfter(moment))
                                .map(p -> p.asOf(moment))
                                .toList(),
                (has.notices() ? notices.list(id) : List.<Notices.Notice>of())
                        .stream()
                                .filter(n -> !n.at().isAfter(moment))
                                .map(n -> n.asOf(moment))
                                .toList(),
                jointAt(id, at),
                campaignsAt(id, at),
                has.followed());
    }

    private Map<String, Run> clocksAt(long matter, Timestamp at) {
        Map<String, Run> clocks = new HashMap<>();
        sql.sql("""
                        select * from (
                          select distinct on (clock) * from matter_clock_history
                          where matter = :matter and at <= :at order by clock, at desc, n desc) h
                        where not gone""").param("matter", matter).param("at", at).query(row -> {
            clocks.put(row.getString("clock"), MatterStore.run(row));
        });
        return clocks;
    }

    private List<Schedule.Milestone> milestonesAt(long matter, Timestamp at) {
        return sql.sql("""
                        select * from (
                          select distinct on (id) * from milestone_history
                          where matter = :matter and at <= :at order by id, at desc, n desc) h
                        where not gone order by ordinal""")
                .param("matter", matter)
                .param("at", at)
                .query((row, n) -> MatterStore.milestone(row))
                .list();
    }

    private List<Joint> jointAt(long matter, Timestamp at) {
        return sql.sql("""
                        select * from (
                          select distinct on (unit) * from matter_unit_history
                          where matter = :matter and at <= :at order by unit, at desc, n desc) h
                        where not gone order by ordinal""")
                .param("matter", matter)
                .param("at", at)
                .query(Around::joint)
                .list();
    }

    private List<MatterSheet.Campaigning> campaignsAt(long matter, Timestamp at) {
        return sql.sql("""
                        select c.id, c.name from (
                          select distinct on (campaign) campaign, gone from campaign_matter_history
                          where matter = :matter and at <= :at order by campaign, at desc, n desc) h
                        join campaign c on c.id = h.campaign
                        where not h.gone order by c.id""")
                .param("matter", matter)
                .param("at", at)
                .query(Around::campaign)
                .list();
    }
}
