package org.luoshi.server.units;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.database.Asking;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Which rows a person may see: the supervision office, the administrator and the readers of a unit without one above it
 * see all; others see what their unit, one below it, or the one whose section they are has a part in.
 */
@Component
public class Askers implements Asking.Finder {
    private final ObjectProvider<Units> units;
    /** Set while the session and the tree are read to know who asks: their tables are open to everybody. */
    private final ThreadLocal<Boolean> reading = ThreadLocal.withInitial(() -> false);

    Askers(ObjectProvider<Units> units) {
        this.units = units;
    }

    @Override
    public @Nullable Asking find() {
        if (reading.get()) {
            return null;
        }
        reading.set(true);
        try {
            User user = user();
            return user == null ? null : of(user, units.getObject().tree());
        } finally {
            reading.remove();
        }
    }

    @Override
    public @Nullable Long account() {
        User user = user();
        return user == null ? null : user.account();
    }

    private static @Nullable User user() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.getPrincipal() instanceof User user ? user : null;
    }

    /** Which rows a person may see. */
    public static Asking of(User user, UnitTree tree) {
        UnitTree.Node node = tree.node(user.unit());
        boolean root = node != null && node.parent() == null;
        boolean all = user.is(Role.SUPERVISION) || user.is(Role.ADMINISTRATOR) || user.is(Role.READER) && root;
        Set<Long> seen = new LinkedHashSet<>(tree.withAllBelow(user.unit()));
        seen.addAll(tree.worksFor(user.unit()));
        return new Asking(all, seen);
    }
}
