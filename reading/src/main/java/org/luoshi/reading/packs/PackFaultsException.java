package org.luoshi.reading.packs;

import java.util.List;

/** A configuration file cannot be used; it holds every fault that was found, in the order of the lines. */
public final class PackFaultsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<PackFault> faults;

    public PackFaultsException(List<PackFault> faults) {
        super(message(faults));
        this.faults = List.copyOf(faults);
    }

    public List<PackFault> faults() {
        return faults;
    }

    private static String message(List<PackFault> faults) {
        var message = new StringBuilder();
        message.append(faults.size()).append(faults.size() == 1 ? " fault:" : " faults:");
        for (PackFault fault : faults) {
            message.append('\n').append(fault);
        }
        return message.toString();
    }
}
