package org.luoshi.server.commitments;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.commitments.Commitment.Content;
import org.luoshi.server.commitments.Commitment.Target;

/** The fields that a person can change, all with the values they are to have. */
public record Edit(
        String what,
        @Nullable LocalDate due,
        @Nullable Long lead,
        List<Long> joint,
        List<Target> targets,
        String theme,
        String subtheme) {

    /** Nothing changed. */
    public static Edit of(Content content) {
        return new Edit(
                content.what(),
                content.due(),
                content.lead(),
                content.joint(),
                content.targets(),
                content.theme(),
                content.subtheme());
    }

    /** The content after the edit; what a person set loses the reader's reason and says {@code hand}. */
    Content applyTo(Content before, LeaderOf leaders) {
        boolean sameDue = Objects.equals(due, before.due());
        boolean sameLead = Objects.equals(lead, before.lead());
        return new Content(
                what,
                before.verb(),
                before.object(),
                due,
                sameDue && before.dueInferred(),
                sameDue ? before.dueWords() : null,
                sameDue ? before.dueRule() : "hand",
                theme,
                subtheme,
                lead,
                sameLead ? before.leadReason() : lead == null ? null : "hand",
                sameLead ? before.leadWords() : null,
                sameLead ? before.leader() : lead == null ? null : leaders.leaderOf(lead),
                joint.stream()
                        .filter(unit -> !Objects.equals(unit, lead))
                        .distinct()
                        .toList(),
                targets);
    }

    /** Who is in charge of a unit's field today. */
    interface LeaderOf {
        @Nullable
        Long leaderOf(long unit);
    }
}
