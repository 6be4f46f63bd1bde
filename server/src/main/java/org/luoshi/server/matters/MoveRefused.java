package org.luoshi.server.matters;

import java.util.List;

/** A move cannot be made as it was asked for; nothing was changed. Holds every reason at once. */
public final class MoveRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Fault> faults;
    private final boolean stale;

    MoveRefused(List<Fault> faults, boolean stale) {
        super(faults.toString());
        this.faults = List.copyOf(faults);
        this.stale = stale;
    }

    public List<Fault> faults() {
        return faults;
    }

    /** Whether somebody else changed the matter since the person looked at it. */
    public boolean isStale() {
        return stale;
    }
}
