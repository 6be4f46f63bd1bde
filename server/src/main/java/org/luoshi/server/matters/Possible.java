package org.luoshi.server.matters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.web.Words;
import org.springframework.stereotype.Component;

/** What a person can do with a matter, and what he could if something were there. */
@Component
public class Possible {
    private final Hindrances hindrances;
    private final Surroundings surroundings;

    Possible(Hindrances hindrances, Surroundings surroundings) {
        this.hindrances = hindrances;
        this.surroundings = surroundings;
    }

    /** Something that can be done, or why not. */
    public record Can(String move, String name, String sentence, boolean allowed, boolean main) {}

    private record Ranked(int rank, Can can) {}

    /** What the person may do in this state, what is waited for first; and what would be possible if something were there. */
    List<Can> of(User user, Open open, Words words, Lights.Facts facts, Instant now) {
        List<Ranked> allowed = new ArrayList<>();
        List<Can> not = new ArrayList<>();
        Standing standing = surroundings.standing(user);
        Set<Who> to = standing.to(open);
        boolean awaited = open.type.getState(open.state).waitsFor().stream().anyMatch(to::contains);
        for (Move move : open.type.movesFrom(open.state)) {
            if (!hindrances.may(standing, open, move)) {
                continue;
            }
            List<Fault> faults = hindrances.of(user, open, move, move.asks().containsKey("files"));
            String name = move.name().in(words.language());
            if (faults.isEmpty()) {
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
                                        faults.stream()
                                                .map(f -> FaultWords.say(words, f))
                                                .toList())),
                        false,
                        false));
            }
        }
        allowed.sort(Comparator.comparingInt(Ranked::rank));
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
}
