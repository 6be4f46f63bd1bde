package org.luoshi.server.matters.types;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a person stands to a matter. Files say who may do what in these words. */
public enum Who {
    /** The supervision office. */
    SUPERVISION,
    /** Somebody who works for the lead unit, or for one below it. */
    LEAD,
    /** The head of the lead unit. */
    LEAD_HEAD,
    /** Somebody who works for a joint unit, or for one below it. */
    JOINT,
    /** Somebody of the unit that checks, which is never the lead unit. */
    CHECKER,
    /** The unit that gave the matter; for a part, the lead unit of the whole. */
    GIVER,
    /** The leader in charge. */
    LEADER,
    /** The administrator, by an override with a reason. */
    ADMINISTRATOR,
    /** Everybody who may see the matter. */
    EVERYBODY;

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Who> find(String key) {
        return Arrays.stream(values()).filter(who -> who.key().equals(key)).findFirst();
    }
}
