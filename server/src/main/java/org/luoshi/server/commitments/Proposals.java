package org.luoshi.server.commitments;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Reading;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.commitments.Commitment.Content;
import org.luoshi.server.commitments.Commitment.Doubt;
import org.luoshi.server.commitments.Commitment.Origin;
import org.luoshi.server.commitments.Commitment.Passage;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.commitments.Commitment.Target;
import org.luoshi.server.documents.Harvest;
import org.luoshi.server.units.Units;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Turns what the reader found into commitments to be reviewed: departments become units, offsets keep their words. */
@Component
class Proposals implements Harvest {
    /** So many joint units are proposed at most; more is a guess that only has to be removed again. */
    private static final int MOST_JOINT = 3;

    private final CommitmentStore store;
    private final Units units;
    private final JdbcClient sql;
    private final JsonMapper json;
    private final Clock clock;

    Proposals(CommitmentStore store, Units units, JdbcClient sql, JsonMapper json, Clock clock) {
        this.store = store;
        this.units = units;
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A proposal as it was made, kept to learn from.
     *
     * @param content what it said in the terms of this house
     * @param reading the same as the reader gave it
     */
    record Proposed(Content content, org.luoshi.reading.Commitment reading) {}

    @Override
    public int bringIn(long document, Reading reading, Journal.Acts acts) {
        LocalDate day = LocalDate.now(clock);
        Map<String, Optional<Units.Unit>> known = new HashMap<>();
        Map<Integer, Long> ids = new HashMap<>();
        for (org.luoshi.reading.Commitment found : reading.commitments()) {
            Content content = content(reading, found, known, day);
            Commitment proposal = new Commitment(
                    0,
                    document,
                    new Passage(
                            found.span().start(),
                            found.span().end(),
                            reading.source().at(found.span()),
                            Additions.section(reading.outline(), found.span().start())),
                    content,
                    new Origin(found.confidence(), doubts(reading, found), false, ids.get(found.sameAs())),
                    State.PROPOSED,
                    null,
                    null,
                    null,
                    1,
                    null,
                    clock.instant());
            long id = store.insert(proposal, json.writeValueAsString(new Proposed(content, found)));
            ids.put(found.index(), id);
        }
        return ids.size();
    }

    private Content content(
            Reading reading,
            org.luoshi.reading.Commitment found,
            Map<String, Optional<Units.Unit>> known,
            LocalDate day) {
        Chosen lead = null;
        for (org.luoshi.reading.Commitment.Proposal proposal : found.lead()) {
            Optional<Units.Unit> unit = unit(proposal, known, day);
            if (unit.isPresent()) {
                lead = new Chosen(unit.get().id(), proposal);
                break;
            }
        }
        Set<Long> joint = new LinkedHashSet<>();
        for (org.luoshi.reading.Commitment.Proposal proposal : found.joint()) {
            Optional<Units.Unit> unit = unit(proposal, known, day);
            if (unit.isPresent() && (proposal.named() || joint.size() < MOST_JOINT)) {
                joint.add(unit.get().id());
            }
        }
        if (lead != null) {
            joint.remove(lead.unit());
        }
        org.luoshi.reading.Commitment.Deadline deadline = found.deadline();
        return new Content(
                found.what().isBlank() ? Additions.line(reading.source().at(found.span())) : found.what(),
                found.verb(),
                found.object(),
                deadline.due(),
                deadline.inferred(),
                deadline.inferred() ? null : words(reading, deadline.evidence().words()),
                deadline.due() == null ? null : deadline.evidence().rule(),
                found.theme().theme(),
                found.theme().sub(),
                lead == null ? null : lead.unit(),
                lead == null ? null : lead.by().named() ? "named" : "duty",
                lead == null ? null : leadWords(reading, lead.by()),
                lead == null ? null : store.leaderOf(lead.unit(), day),
                List.copyOf(joint),
                found.targets().stream().map(Proposals::target).toList());
    }

    private record Chosen(long unit, org.luoshi.reading.Commitment.Proposal by) {}

    private static @Nullable String leadWords(Reading reading, org.luoshi.reading.Commitment.Proposal by) {
        String words = words(reading, by.evidence().words());
        return words != null ? words : Additions.blankToNull(by.evidence().detail());
    }

    private Optional<Units.Unit> unit(
            org.luoshi.reading.Commitment.Proposal proposal, Map<String, Optional<Units.Unit>> known, LocalDate day) {
        Optional<Units.Unit> byName = proposal.named()
                ? known.computeIfAbsent("name " + proposal.name(), key -> units.findByName(proposal.name(), day))
                : Optional.empty();
        return byName.isPresent()
                ? byName
                : known.computeIfAbsent(
                        "duty " + proposal.department(), key -> units.findByDuty(proposal.department(), day));
    }

    private static List<Doubt> doubts(Reading reading, org.luoshi.reading.Commitment found) {
        return found.doubts().stream()
                .map(doubt -> new Doubt(doubt.question(), words(reading, doubt.words()), doubt.detail()))
                .toList();
    }

    private static @Nullable String words(Reading reading, org.luoshi.reading.@Nullable Span span) {
        return span == null ? null : reading.source().at(span);
    }

    /** A figure of the text as a target. */
    static Target target(Figure figure) {
        return new Target(
                null,
                figure.indicator(),
                figure.op().sign(),
                plain(figure.value()),
                plain(figure.value2()),
                figure.unit(),
                figure.basis().name().toLowerCase(Locale.ROOT),
                figure.masked(),
                figure.stretch(),
                figure.span().start(),
                figure.span().end());
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal value) {
        return value == null || value.scale() >= 0 ? value : value.setScale(0);
    }

    @Override
    public Map<Long, Progress> progress(Collection<Long> documents) {
        Map<Long, Progress> progress = new HashMap<>();
        if (documents.isEmpty()) {
            return progress;
        }
        sql.sql("""
                        select document, count(*) as total,
                          count(*) filter (where state in ('accepted', 'rejected', 'registered')) as reviewed,
                          count(*) filter (where state = 'proposed' and (confidence < :sure or exists (
                            select 1 from jsonb_array_elements(doubts) d where d ->> 'question' <> :minor))) as doubtful,
                          count(*) filter (where state = 'registered') as registered
                        from commitment where document in (:documents) and state <> 'merged'
                        group by document""")
                .param("documents", new ArrayList<>(documents))
                .param("sure", Commitment.DOUBTFUL_BELOW)
                .param("minor", Commitment.MINOR_DOUBT)
                .query(row -> {
                    progress.put(
                            row.getLong("document"),
                            new Progress(
                                    row.getInt("total"),
                                    row.getInt("reviewed"),
                                    row.getInt("doubtful"),
                                    row.getInt("registered")));
                });
        return progress;
    }
}
