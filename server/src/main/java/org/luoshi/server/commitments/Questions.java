package org.luoshi.server.commitments;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.commitments.Commitment.Doubt;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Words;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the reader was not sure of, as questions with the two answers that a clerk gives most. */
@Component
public class Questions {
    private final CommitmentStore store;
    private final Units units;
    private final JsonMapper json;
    private final Clock clock;

    Questions(CommitmentStore store, Units units, JsonMapper json, Clock clock) {
        this.store = store;
        this.units = units;
        this.json = json;
        this.clock = clock;
    }

    /** A doubt in words and its answers, at most two: keys 1 and 2. */
    public record Question(String sentence, List<Answer> answers) {}

    /**
     * A quick answer.
     *
     * @param act {@code accept}, {@code reject}, or {@code field}: goes to a field, since only a person can fill it
     * @param set {@code due=2026-12-31} or {@code lead=县住建局}: what it changes before it is accepted; empty for
     *     nothing, and the field's name for {@code field}
     */
    public record Answer(String words, String act, String set) {}

    List<Question> of(Commitment c, @Nullable Integer taskYear, ReviewRows rows, Words words) {
        if (c.state() != State.PROPOSED) {
            return List.of();
        }
        return c.origin().doubts().stream()
                .map(doubt -> new Question(rows.question(doubt), answers(c, doubt, taskYear, words)))
                .toList();
    }

    private List<Answer> answers(Commitment c, Doubt doubt, @Nullable Integer taskYear, Words words) {
        LocalDate due = c.content().due();
        return switch (doubt.question()) {
            case "doubt.low-label", "doubt.no-outcome" ->
                List.of(accept(words.t("review.answer.promise")), reject(words.t("review.answer.talk")));
            case "doubt.masked-value" ->
                List.of(
                        accept(words.t("review.answer.keep-mask")),
                        new Answer(words.t("review.answer.fill"), "field", "t-value"));
            case "doubt.deadline-scope" -> {
                if (due == null) {
                    yield List.of();
                }
                LocalDate end = due.withMonth(12).withDayOfMonth(31);
                yield List.of(
                        accept(words.t("review.answer.same-due", due.toString())),
                        due(words.t("review.answer.year-end", end.toString()), end.toString()));
            }
            case "doubt.several-deadlines" ->
                due == null
                        ? List.of(due(words.t("review.answer.due", doubt.detail()), doubt.detail()))
                        : List.of(
                                accept(words.t("review.answer.due", due.toString())),
                                due(words.t("review.answer.due", doubt.detail()), doubt.detail()));
            case "doubt.deadline-unknown" -> {
                LocalDate end =
                        LocalDate.of(taskYear == null ? LocalDate.now(clock).getYear() : taskYear, 12, 31);
                yield List.of(
                        due(words.t("review.answer.year-end", end.toString()), end.toString()),
                        accept(words.t("review.answer.no-due")));
            }
            case "doubt.lead-close" ->
                proposed(c).stream()
                        .limit(2)
                        .map(name -> new Answer(name, "accept", "lead=" + name))
                        .toList();
            case "doubt.lead-none" -> List.of(new Answer(words.t("review.answer.lead"), "field", "lead"));
            case "doubt.repeated" ->
                List.of(accept(words.t("review.answer.two")), reject(words.t("review.answer.one")));
            default -> List.of();
        };
    }

    private static Answer accept(String words) {
        return new Answer(words, "accept", "");
    }

    private static Answer reject(String words) {
        return new Answer(words, "reject", "");
    }

    private static Answer due(String words, String day) {
        return new Answer(words, "accept", "due=" + day);
    }

    /** Short names of the units that the reader would let lead, the likeliest first. */
    private Set<String> proposed(Commitment c) {
        LocalDate today = LocalDate.now(clock);
        Set<String> names = new LinkedHashSet<>();
        store.findProposed(c.id()).ifPresent(kept -> {
            List<org.luoshi.reading.Commitment.Proposal> lead = new ArrayList<>(
                    json.readValue(kept, Proposals.Proposed.class).reading().lead());
            for (org.luoshi.reading.Commitment.Proposal proposal : lead) {
                Optional<Units.Unit> unit =
                        proposal.named() ? units.findByName(proposal.name(), today) : Optional.empty();
                unit.or(() -> units.findByDuty(proposal.department(), today))
                        .ifPresent(found -> names.add(found.shortName()));
            }
        });
        return names;
    }
}
