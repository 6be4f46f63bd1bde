package org.luoshi.server.packs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.departments.Duties;
import org.luoshi.reading.departments.Duty;
import org.luoshi.reading.packs.PackFault;
import org.luoshi.reading.packs.PackFaultsException;
import org.luoshi.reading.packs.PackFile;
import org.luoshi.server.accounts.Role;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the files of a pack and checks them whole: every fault is reported at once, with file and line. */
final class PackReader {
    private static final LocalDate LONG_AGO = LocalDate.of(1949, 10, 1);

    private final Path folder;
    private final List<PackFault> faults = new ArrayList<>();
    private Set<String> duties = Set.of();

    private PackReader(Path folder) {
        this.folder = folder;
    }

    /** @throws PackFaultsException with every fault of all files */
    static Pack read(Path folder) throws IOException {
        PackReader reader = new PackReader(folder);
        reader.duties();
        List<Pack.UnitLine> units = new ArrayList<>();
        String[] place = {""};
        reader.file("units.yaml", Set.of("format", "place", "city", "units"), (file, top) -> {
            Node placeNode = top.get("place");
            if (placeNode != null) {
                place[0] = file.text(placeNode, "place");
            }
            Node list = top.get("units");
            if (list != null) {
                units.addAll(reader.units(file, list));
            }
        });
        Set<String> keys = units.stream().map(Pack.UnitLine::key).collect(Collectors.toSet());
        List<Pack.PersonLine> people = new ArrayList<>();
        reader.file("people.yaml", Set.of("format", "people"), (file, top) -> {
            Node list = top.get("people");
            if (list != null) {
                people.addAll(people(file, list, keys));
            }
        });
        List<Pack.Day> days = new ArrayList<>();
        reader.file("calendar.yaml", Set.of("format", "years"), (file, top) -> {
            Node list = top.get("years");
            if (list != null) {
                days.addAll(days(file, list));
            }
        });
        if (!reader.faults.isEmpty()) {
            throw new PackFaultsException(reader.faults);
        }
        return new Pack(place[0], units, people, days);
    }

    @FunctionalInterface
    private interface Body {
        void read(PackFile file, Map<String, Node> top);
    }

    private void file(String name, Set<String> known, Body body) throws IOException {
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path)) {
            faults.add(new PackFault(path.toString(), 1, 1, "The pack lacks this file. See docs/packs.md."));
            return;
        }
        try (InputStream in = Files.newInputStream(path)) {
            PackFile file = new PackFile(path.toString(), in);
            Node root = file.root();
            try {
                if (root != null) {
                    body.read(file, file.mapping(root, known, name));
                }
                file.check();
            } catch (PackFaultsException e) {
                faults.addAll(e.faults());
            }
        }
    }

    /** The pack's own duties where it has them, the standard ones where not. */
    private void duties() throws IOException {
        Path own = folder.resolve("duties.yaml");
        try {
            Duties read = Files.isRegularFile(own) ? Duties.load(own) : Duties.standard();
            duties = read.all().stream().map(Duty::key).collect(Collectors.toSet());
        } catch (PackFaultsException e) {
            faults.addAll(e.faults());
        }
    }

    /** A file of duties that cannot be read has its own faults; its keys are not missed on top of them. */
    private void known(PackFile file, Map<String, Node> line, String key) {
        Node list = line.get("duties");
        if (list == null || duties.isEmpty()) {
            return;
        }
        for (String duty : file.texts(list, "duties")) {
            if (!duties.contains(duty)) {
                file.fault(
                        list, "The unit \"" + key + "\" answers for \"" + duty + "\", which is no key of duties.yaml.");
            }
        }
    }

    private List<Pack.UnitLine> units(PackFile file, Node list) {
        Map<String, Pack.UnitLine> units = new LinkedHashMap<>();
        Map<String, Node> where = new LinkedHashMap<>();
        for (Node node : file.list(list, "units")) {
            Map<String, Node> line = file.mapping(
                    node,
                    Set.of(
                            "key",
                            "name",
                            "short",
                            "kind",
                            "parent",
                            "duties",
                            "founded",
                            "closed",
                            "mergedInto",
                            "renames"),
                    "a unit");
            String key = file.need(line, "key", node, "The unit");
            known(file, line, key);
            List<Pack.Rename> renames = new ArrayList<>();
            Node renameList = line.get("renames");
            if (renameList != null) {
                for (Node rename : file.list(renameList, "renames")) {
                    Map<String, Node> fields = file.mapping(rename, Set.of("name", "short", "from"), "a rename");
                    renames.add(new Pack.Rename(
                            file.need(fields, "name", rename, "The rename"),
                            file.need(fields, "short", rename, "The rename"),
                            day(file, fields, "from", rename, LONG_AGO)));
                }
            }
            LocalDate founded = day(file, line, "founded", null, LONG_AGO);
            LocalDate before = founded;
            for (Pack.Rename rename : renames) {
                if (!rename.from().isAfter(before)) {
                    file.fault(
                            node,
                            "The unit \"" + key + "\" is renamed on " + rename.from() + ", not after " + before
                                    + ". Order the renames by day.");
                }
                before = rename.from();
            }
            LocalDate closed = line.containsKey("closed") ? day(file, line, "closed", null, LONG_AGO) : null;
            if (closed != null && !closed.isAfter(before)) {
                file.fault(node, "The unit \"" + key + "\" is closed on " + closed + ", not after " + before + ".");
            }
            Pack.UnitLine unit = new Pack.UnitLine(
                    key,
                    file.need(line, "name", node, "The unit"),
                    file.need(line, "short", node, "The unit"),
                    file.need(line, "kind", node, "The unit"),
                    optional(file, line, "parent"),
                    line.containsKey("duties") ? file.texts(line.get("duties"), "duties") : List.of(),
                    founded,
                    closed,
                    optional(file, line, "mergedInto"),
                    renames);
            if (units.putIfAbsent(key, unit) != null) {
                file.fault(node, "Two units have the key \"" + key + "\". Give one another key.");
            }
            where.putIfAbsent(key, node);
        }
        for (Pack.UnitLine unit : units.values()) {
            for (String other : new String[] {unit.parent(), unit.mergedInto()}) {
                if (other != null && !units.containsKey(other)) {
                    file.fault(
                            Objects.requireNonNull(where.get(unit.key())),
                            "The unit \"" + unit.key() + "\" names \"" + other + "\", which is no unit of this file.");
                }
            }
        }
        circles(file, units, where);
        return List.copyOf(units.values());
    }

    private static void circles(PackFile file, Map<String, Pack.UnitLine> units, Map<String, Node> where) {
        for (Pack.UnitLine unit : units.values()) {
            Set<String> seen = new HashSet<>();
            Pack.UnitLine at = unit;
            while (at != null && at.parent() != null) {
                if (!seen.add(at.key())) {
                    file.fault(
                            Objects.requireNonNull(where.get(unit.key())),
                            "The unit \"" + unit.key() + "\" stands above itself. Mend its parent.");
                    break;
                }
                at = units.get(at.parent());
            }
        }
    }

    private static List<Pack.PersonLine> people(PackFile file, Node list, Set<String> units) {
        Map<String, Pack.PersonLine> people = new LinkedHashMap<>();
        for (Node node : file.list(list, "people")) {
            Map<String, Node> line = file.mapping(node, Set.of("login", "name", "posts"), "a person");
            String login = file.need(line, "login", node, "The person");
            List<Pack.Post> posts = new ArrayList<>();
            Node postList = line.get("posts");
            if (postList != null) {
                for (Node post : file.list(postList, "posts")) {
                    posts.add(post(file, post, units));
                }
            }
            if (people.put(login, new Pack.PersonLine(login, file.need(line, "name", node, "The person"), posts))
                    != null) {
                file.fault(node, "Two people have the login \"" + login + "\".");
            }
        }
        return List.copyOf(people.values());
    }

    private static Pack.Post post(PackFile file, Node node, Set<String> units) {
        Map<String, Node> line = file.mapping(node, Set.of("post", "unit", "roles", "from", "to", "leads"), "a post");
        String unit = file.need(line, "unit", node, "The post");
        List<String> leads = line.containsKey("leads") ? file.texts(line.get("leads"), "leads") : List.of();
        for (String named : leads) {
            if (!units.contains(named)) {
                file.fault(node, "The post leads \"" + named + "\", which is no unit of units.yaml.");
            }
        }
        if (!unit.isEmpty() && !units.contains(unit)) {
            file.fault(node, "The post is in \"" + unit + "\", which is no unit of units.yaml.");
        }
        Set<Role> roles = new HashSet<>();
        for (String role : line.containsKey("roles") ? file.texts(line.get("roles"), "roles") : List.<String>of()) {
            try {
                roles.add(Role.of(role));
            } catch (IllegalArgumentException e) {
                file.fault(node, "Unknown role \"" + role + "\". Roles: administrator, supervision, head, handler, reader.");
            }
        }
        return new Pack.Post(
                file.need(line, "post", node, "The post"),
                unit,
                roles,
                day(file, line, "from", node, LONG_AGO),
                line.containsKey("to") ? day(file, line, "to", node, LONG_AGO) : null,
                leads);
    }

    private static List<Pack.Day> days(PackFile file, Node list) {
        Map<LocalDate, Pack.Day> days = new LinkedHashMap<>();
        for (Node node : file.list(list, "years")) {
            Map<String, Node> year = file.mapping(node, Set.of("year", "source", "holidays", "makeUpDays"), "a year");
            file.need(year, "year", node, "The year");
            Node holidays = year.get("holidays");
            for (Node holiday : holidays == null ? List.<Node>of() : file.list(holidays, "holidays")) {
                Map<String, Node> line = file.mapping(holiday, Set.of("name", "from", "to"), "a holiday");
                String name = file.need(line, "name", holiday, "The holiday");
                LocalDate from = day(file, line, "from", holiday, LONG_AGO);
                LocalDate to = day(file, line, "to", holiday, from);
                if (to.isBefore(from) || from.plusDays(15).isBefore(to)) {
                    file.fault(
                            holiday,
                            "The holiday " + name + " runs from " + from + " to " + to
                                    + "; 1 to 15 days are possible.");
                    continue;
                }
                from.datesUntil(to.plusDays(1)).forEach(day -> days.put(day, new Pack.Day(day, false, name)));
            }
            Node makeUp = year.get("makeUpDays");
            for (Node day : makeUp == null ? List.<Node>of() : file.list(makeUp, "makeUpDays")) {
                LocalDate worked = day(file, day, LONG_AGO);
                if (days.put(worked, new Pack.Day(worked, true, "")) != null) {
                    file.fault(day, worked + " is a holiday and a make-up day at once.");
                }
            }
        }
        return List.copyOf(days.values());
    }

    private static @Nullable String optional(PackFile file, Map<String, Node> line, String key) {
        Node node = line.get(key);
        return node == null ? null : file.text(node, key);
    }

    private static LocalDate day(
            PackFile file, Map<String, Node> line, String key, @Nullable Node owner, LocalDate otherwise) {
        Node node = line.get(key);
        if (node == null) {
            if (owner != null) {
                file.fault(owner, "\"" + key + "\" is missing: a day such as \"2026-01-19\".");
            }
            return otherwise;
        }
        return day(file, node, otherwise);
    }

    private static LocalDate day(PackFile file, Node node, LocalDate otherwise) {
        String text = file.text(node, "A day");
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            file.fault(node, "\"" + text + "\" is no day. Write it as \"2026-01-19\".");
            return otherwise;
        }
    }
}
