package org.luoshi.server.packs;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.calendar.CalendarFile;

/** A pack as its files say it, checked whole; see docs/packs.md for every field. */
record Pack(String place, List<UnitLine> units, List<PersonLine> people, List<CalendarFile.Loaded> years) {

    record UnitLine(
            String key,
            String name,
            String shortName,
            String kind,
            @Nullable String parent,
            List<String> duties,
            LocalDate founded,
            @Nullable LocalDate closed,
            @Nullable String mergedInto,
            List<Rename> renames) {}

    record Rename(String name, String shortName, LocalDate from) {}

    record PersonLine(String login, String name, List<Post> posts) {
        /** The post held on a day, null where there is none. */
        @Nullable
        Post postOn(LocalDate day) {
            return posts.stream()
                    .filter(post -> !post.from().isAfter(day)
                            && (post.to() == null || !post.to().isBefore(day)))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** {@code to} is the last day of the post. */
    record Post(
            String title,
            String unit,
            Set<Role> roles,
            LocalDate from,
            @Nullable LocalDate to,
            List<String> leads) {}
}
