package org.luoshi.server.matters;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.units.UnitTree;

/**
 * How a person stands to matters: the one place that answers who may do what in one.
 *
 * @param person the person's id, whatever account
 * @param units the units that the person works for
 */
record Standing(User user, long person, Set<Long> units) {

    static Standing of(User user, long person, UnitTree tree) {
        return new Standing(user, person, tree.worksFor(user.unit()));
    }

    private boolean acts() {
        return user.is(Role.HANDLER) || user.is(Role.HEAD) || user.is(Role.SUPERVISION);
    }

    private boolean worksFor(@Nullable Long unit) {
        return unit != null && acts() && units.contains(unit);
    }

    boolean isOfUnit(@Nullable Long unit) {
        return unit != null && units.contains(unit);
    }

    /** What the person is to a matter with such units. */
    Set<Who> to(
            @Nullable Long lead,
            Iterable<Long> joint,
            @Nullable Long checker,
            @Nullable Long giver,
            @Nullable Long leader) {
        Set<Who> standing = EnumSet.of(Who.EVERYBODY);
        boolean office = user.is(Role.SUPERVISION);
        if (office) {
            standing.add(Who.SUPERVISION);
        }
        if (user.is(Role.ADMINISTRATOR)) {
            standing.add(Who.ADMINISTRATOR);
        }
        if (worksFor(lead)) {
            standing.add(Who.LEAD);
            if (user.is(Role.HEAD)) {
                standing.add(Who.LEAD_HEAD);
            }
        }
        for (Long unit : joint) {
            if (worksFor(unit)) {
                standing.add(Who.JOINT);
            }
        }
        boolean named = checker != null && !checker.equals(lead);
        if (named ? worksFor(checker) : office && !worksFor(lead)) {
            standing.add(Who.CHECKER);
        }
        if (giver == null ? office : worksFor(giver)) {
            standing.add(Who.GIVER);
        }
        if (leader == null ? office : leader == person) {
            standing.add(Who.LEADER);
        }
        return standing;
    }

    Set<Who> to(Open open) {
        return to(open.lead, open.joint, open.checker, open.giver, open.leader);
    }

    Set<Who> to(Matter matter) {
        return to(matter.lead(), matter.joint(), matter.checker(), matter.giver(), matter.leader());
    }

    /** The keys under which matters wait for the person. */
    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        if (acts()) {
            units.forEach(unit -> keys.add("unit:" + unit));
        }
        if (user.is(Role.HEAD)) {
            units.forEach(unit -> keys.add("head:" + unit));
        }
        if (user.is(Role.SUPERVISION)) {
            keys.add("office");
        }
        keys.add("person:" + person);
        return keys;
    }
}
