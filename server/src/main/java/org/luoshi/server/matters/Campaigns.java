package org.luoshi.server.matters;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Campaigns (专项行动): matters that belong together, whatever their type. */
@Component
public class Campaigns {
    private final JdbcClient sql;
    private final Journal journal;
    private final Clock clock;

    Campaigns(JdbcClient sql, Journal journal, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.clock = clock;
    }

    /** @param matters how many it gathers, of those that the person may see; likewise the others */
    public record Campaign(
            long id,
            String name,
            String aim,
            @Nullable Long lead,
            @Nullable LocalDate starts,
            @Nullable LocalDate ends,
            boolean closed,
            long matters,
            long ended,
            long red,
            long yellow,
            int version) {}

    /** What is said of a campaign. */
    record Said(
            String name,
            String aim,
            @Nullable Long lead,
            @Nullable LocalDate starts,
            @Nullable LocalDate ends) {}

    private static final String SELECT = """
            select c.id, c.name, c.aim, c.lead, c.starts, c.ends, c.closed_at is not null as closed, c.version,
                   count(m.id) as matters, count(m.id) filter (where m.ended) as ended,
                   count(m.id) filter (where m.light = 'red' and not m.ended) as red,
                   count(m.id) filter (where m.light = 'yellow' and not m.ended) as yellow
            from campaign c left join campaign_matter g on g.campaign = c.id left join matter m on m.id = g.matter
            """;

    public List<Campaign> list() {
        return sql.sql(SELECT + " group by c.id order by c.closed_at is not null, c.starts desc nulls last, c.id")
                .query(Campaigns::campaign)
                .list();
    }

    Optional<Campaign> find(long id) {
        return sql.sql(SELECT + " where c.id = :id group by c.id")
                .param("id", id)
                .query(Campaigns::campaign)
                .optional();
    }

    private static Campaign campaign(ResultSet row, int n) throws SQLException {
        return new Campaign(
                row.getLong("id"),
                row.getString("name"),
                row.getString("aim"),
                row.getObject("lead", Long.class),
                row.getObject("starts", LocalDate.class),
                row.getObject("ends", LocalDate.class),
                row.getBoolean("closed"),
                row.getLong("matters"),
                row.getLong("ended"),
                row.getLong("red"),
                row.getLong("yellow"),
                row.getInt("version"));
    }

    /** Begins a campaign, or changes one as it stands now. */
    long save(User user, @Nullable Long id, Said said) {
        return save(user, id, null, said);
    }

    /** @param version of the campaign that the person looked at; null: whichever */
    long save(User user, @Nullable Long id, @Nullable Integer version, Said said) {
        if (said.name().isBlank() || said.name().length() > 60) {
            throw new Refused("matters.refused.campaign-name");
        }
        LocalDate ends = said.ends();
        if (said.starts() != null && ends != null && ends.isBefore(said.starts())) {
            throw new Refused("matters.refused.campaign-days", said.starts().toString(), ends.toString());
        }
        try {
            return journal.write(user.actor(), acts -> {
                long saved = sql.sql(id == null ? """
                                        insert into campaign (name, aim, lead, starts, ends, created_at)
                                        values (:name, :aim, :lead, :starts, :ends, :at) returning id""" : """
                                        update campaign set name = :name, aim = :aim, lead = :lead, starts = :starts, ends = :ends,
                                          version = version + 1
                                        where id = :id and cast(:at as timestamptz) is not null
                                          and coalesce(cast(:version as int), version) = version returning id""")
                        .param("id", id)
                        .param("version", version)
                        .param("name", said.name().strip())
                        .param("aim", said.aim().strip())
                        .param("lead", said.lead())
                        .param("starts", said.starts())
                        .param("ends", ends)
                        .param("at", Timestamp.from(clock.instant()))
                        .query(Long.class)
                        .optional()
                        .orElseThrow(() -> Refused.conflict("matters.refused.campaign-stale", said.name()));
                acts.note(
                        "campaign:" + saved,
                        id == null ? "campaign.begin" : "campaign.edit",
                        Map.of("name", said.name()));
                return saved;
            });
        } catch (DuplicateKeyException e) {
            throw new Refused("matters.refused.campaign-twice", said.name().strip());
        }
    }

    /**
     * Adds matters by their numbers.
     *
     * @return numbers that no matter has, or none that the person may see
     */
    List<String> add(User user, long campaign, List<String> numbers) {
        return journal.write(user.actor(), acts -> {
            List<String> unknown = new ArrayList<>();
            List<String> added = new ArrayList<>();
            for (String number : numbers) {
                Long matter = sql.sql("select id from matter where number = :number")
                        .param("number", number)
                        .query(Long.class)
                        .optional()
                        .orElse(null);
                if (matter == null) {
                    unknown.add(number);
                } else {
                    int fresh = sql.sql(
                                    "insert into campaign_matter (campaign, matter) values (:campaign, :matter) on conflict do nothing")
                            .param("campaign", campaign)
                            .param("matter", matter)
                            .update();
                    if (fresh > 0) {
                        added.add(number);
                    }
                }
            }
            if (!added.isEmpty()) {
                acts.note("campaign:" + campaign, "campaign.add", Map.of("numbers", added));
            }
            return unknown;
        });
    }

    void remove(User user, long campaign, long matter) {
        journal.write(user.actor(), acts -> {
            int gone = sql.sql("delete from campaign_matter where campaign = :campaign and matter = :matter")
                    .param("campaign", campaign)
                    .param("matter", matter)
                    .update();
            if (gone > 0) {
                acts.note("campaign:" + campaign, "campaign.remove", Map.of("matter", matter));
            }
            return gone;
        });
    }

    void close(User user, long campaign, boolean closed) {
        journal.write(user.actor(), acts -> {
            int turned = sql.sql("""
                            update campaign set closed_at = :at, version = version + 1
                            where id = :id and (closed_at is null) = :closed""")
                    .param("at", closed ? Timestamp.from(clock.instant()) : null)
                    .param("id", campaign)
                    .param("closed", closed)
                    .update();
            if (turned == 0) {
                return closed;
            }
            acts.note("campaign:" + campaign, closed ? "campaign.close" : "campaign.reopen", Map.of());
            return closed;
        });
    }
}
