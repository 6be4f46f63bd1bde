package org.luoshi.server.matters.types;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What must be so before a move; each is answered with a sentence where it is not. */
public enum Guard {
    /**
     * Evidence lies with this move, or with what people of the lead or a joint unit reported and nobody returned, since
     * the work began or was begun anew (bounced, reopened, found again). Before the matter was given, anybody's counts.
     */
    EVIDENCE,
    /** All parts that were split off have ended. */
    PARTS_ENDED,
    /** All joint units have agreed to their part. */
    COUNTERSIGNED,
    /** No reported progress waits to be confirmed. */
    NOTHING_UNVERIFIED,
    /** The confirmed progress is 100 per cent. */
    COMPLETE,
    /** An extension has been asked for and not yet answered. */
    EXTENSION_ASKED,
    /** No extension waits for an answer. */
    NO_EXTENSION_ASKED,
    /** The main clock may be extended once more. */
    EXTENSION_LEFT,
    /** The person is of another unit than the lead. */
    OTHER_UNIT,
    /** The person has not done the last move to this state (nobody confirms his own act). */
    OTHER_PERSON,
    /** The person took no part in the matter before (recusal, 政府督查工作条例 art. 19). */
    NEW_PERSON;

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Guard> find(String key) {
        return Arrays.stream(values()).filter(g -> g.key().equals(key)).findFirst();
    }
}
