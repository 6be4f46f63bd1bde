package org.luoshi.server.burden;

import java.util.Set;

final class Inspections {
    static final Set<String> KINDS = Set.of("supervision", "inspection", "assessment", "survey");

    private Inspections() {}
}
