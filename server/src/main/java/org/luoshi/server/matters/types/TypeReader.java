package org.luoshi.server.matters.types;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.packs.PackFaultsException;
import org.luoshi.reading.packs.PackFile;
import org.luoshi.server.calendar.Limit;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads a matter type from its file. What is written wrongly is noted here, what is written well but makes no sense by
 * {@link TypeCheck}; all of it is reported at once, with file and line.
 */
public final class TypeReader {
    public static final String FORMAT = "luoshi-matter-type/1";
    private static final Pattern LIMIT = Pattern.compile("(\\d{1,4}) (hours?|working hours?|days?|working days?)");
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern NUMBER = Pattern.compile("[^{}]*(\\{yy(yy)?\\}[^{}]*)?\\{n:[1-9]\\}[^{}]*");
    private static final Set<String> CONDITIONS =
            Set.of("left", "over", "behind", "silent", "state", "milestone", "after", "recurred", "any");

    private final PackFile file;
    private final String source;

    private TypeReader(PackFile file, String source) {
        this.file = file;
        this.source = source;
    }

    /**
     * @param name of the file, for its faults
     * @param text the whole file
     * @throws PackFaultsException with every fault of the file
     */
    public static MatterType read(String name, String text) {
        try {
            PackFile file = new PackFile(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            TypeReader reader = new TypeReader(file, text);
            Optional<MatterType> type = Optional.ofNullable(file.root()).map(reader::type);
            file.check();
            return type.orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    private MatterType type(Node root) {
        Map<String, Node> top = file.mapping(
                root,
                Set.of(
                        "format",
                        "type",
                        "version",
                        "name",
                        "number",
                        "publishable",
                        "duplicates",
                        "fields",
                        "states",
                        "moves",
                        "clocks",
                        "lights",
                        "ladder",
                        "milestones",
                        "list",
                        "export"),
                "a matter type");
        String format = file.need(top, "format", root, "The matter type");
        if (!format.isEmpty() && !format.equals(FORMAT)) {
            file.fault(root, "The format is \"" + format + "\"; this version reads \"" + FORMAT + "\".");
        }
        String number = file.need(top, "number", root, "The matter type");
        if (!number.isEmpty() && !NUMBER.matcher(number).matches()) {
            file.fault(
                    top.getOrDefault("number", root),
                    "The number \"" + number + "\" needs one {n:4} (a running number of 4 digits) after an optional"
                            + " {yy} or {yyyy}.");
        }
        SequencedMap<String, Field> fields = each(top, "fields", root, this::field);
        SequencedMap<String, State> states = each(top, "states", root, this::state);
        SequencedMap<String, Move> moves = each(top, "moves", root, this::move);
        SequencedMap<String, ClockRule> clocks =
                top.containsKey("clocks") ? each(top, "clocks", root, this::clock) : new LinkedHashMap<>();
        List<LightRule> lights = new ArrayList<>();
        for (Node node : items(top, "lights")) {
            lights.add(light(node));
        }
        List<Rung> ladder = new ArrayList<>();
        for (Node node : items(top, "ladder")) {
            ladder.add(rung(node));
        }
        MatterType type = new MatterType(
                key(file.need(top, "type", root, "The matter type"), root),
                whole(top, "version", root, 1),
                named(top, "name", root),
                number,
                words(top.get("duplicates")),
                fields,
                states,
                moves,
                clocks,
                lights,
                ladder,
                MilestoneReader.read(file, top.get("milestones")),
                words(top.get("list")),
                words(top.get("export")),
                flag(top.get("publishable")),
                source);
        new TypeCheck(type, fault -> file.fault(where(top, fault, root), fault.message())).run();
        return type;
    }

    /** The node that a fault of the whole belongs to: by part and key, else the part, else the file. */
    private static Node where(Map<String, Node> top, TypeCheck.Fault fault, Node root) {
        Node part = top.get(fault.part());
        if (part instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                            && scalar.getValue().equals(fault.key()))
                    .map(tuple -> tuple.getKeyNode())
                    .findFirst()
                    .orElse(part);
        }
        if (part instanceof org.yaml.snakeyaml.nodes.SequenceNode list) {
            int index = fault.index();
            return index >= 0 && index < list.getValue().size()
                    ? list.getValue().get(index)
                    : part;
        }
        return part == null ? root : part;
    }

    private interface Part<T> {
        T read(String key, Node node);
    }

    private <T> SequencedMap<String, T> each(Map<String, Node> top, String part, Node root, Part<T> read) {
        SequencedMap<String, T> found = new LinkedHashMap<>();
        Node node = top.get(part);
        if (node == null) {
            file.fault(root, "The matter type lacks \"" + part + "\".");
            return found;
        }
        file.mapping(node, Set.of(), "\"" + part + "\"")
                .forEach((key, value) -> found.put(key(key, value), read.read(key, value)));
        return found;
    }

    private Field field(String key, Node node) {
        Map<String, Node> line =
                file.mapping(node, Set.of("name", "kind", "choices", "required", "sees", "edits"), "a field");
        List<Field.Choice> choices = new ArrayList<>();
        Node list = line.get("choices");
        if (list != null) {
            file.mapping(list, Set.of(), "\"choices\"")
                    .forEach((choice, name) -> choices.add(new Field.Choice(choice, named(name))));
        }
        Field.Kind kind = one(line, "kind", node, Field.Kind::find, Field.Kind.TEXT, Field.Kind.values());
        if ((kind == Field.Kind.CHOICE) == choices.isEmpty()) {
            file.fault(
                    node,
                    "The field \"" + key + "\" of kind " + kind.key()
                            + (choices.isEmpty() ? " needs \"choices\"." : " has no use for \"choices\"."));
        }
        return new Field(
                key,
                named(line, "name", node),
                kind,
                choices,
                flag(line.get("required")),
                who(line.get("sees")),
                who(line.get("edits")));
    }

    private State state(String key, Node node) {
        Map<String, Node> line =
                file.mapping(node, Set.of("name", "public", "waits", "ask", "start", "end", "done", "side"), "a state");
        boolean end = flag(line.get("end"));
        boolean done = flag(line.get("done"));
        Set<Who> waits = who(line.get("waits"));
        if (end && !waits.isEmpty()) {
            file.fault(node, "The state \"" + key + "\" is an end and waits for nobody. Take \"waits\" out.");
        }
        if (!end && waits.isEmpty()) {
            file.fault(node, "The state \"" + key + "\" must say who it \"waits\" for, or that it is an \"end\".");
        }
        if (done && !end) {
            file.fault(node, "The state \"" + key + "\" is \"done\" but no \"end\".");
        }
        return new State(
                key,
                named(line, "name", node),
                one(line, "public", node, PublicState::find, PublicState.HIDDEN, PublicState.values()),
                waits,
                line.containsKey("ask") || !end ? named(line, "ask", node) : new Named("", ""),
                flag(line.get("start")),
                end,
                done,
                flag(line.get("side")),
                PackFile.line(node));
    }

    private Move move(String key, Node node) {
        Map<String, Node> line = file.mapping(
                node,
                Set.of(
                        "name",
                        "from",
                        "to",
                        "who",
                        "asks",
                        "needs",
                        "guards",
                        "over",
                        "within",
                        "does",
                        "tells",
                        "back",
                        "destructive"),
                "a move");
        SequencedMap<String, Boolean> asks = new LinkedHashMap<>();
        Node inputs = line.get("asks");
        if (inputs != null) {
            file.mapping(inputs, Set.of(), "\"asks\"").forEach((input, how) -> {
                String word = file.text(how, "\"" + input + "\"");
                if (!word.isEmpty() && !word.equals("needed") && !word.equals("optional")) {
                    file.fault(how, "\"" + word + "\" must be needed or optional.");
                }
                asks.put(input, word.equals("needed"));
            });
        }
        Node to = line.get("to");
        return new Move(
                key,
                named(line, "name", node),
                set(words(line.get("from"))),
                to == null ? null : file.text(to, "\"to\""),
                who(line.get("who")),
                asks,
                set(words(line.get("needs"))),
                several(line.get("guards"), Guard::find, Guard.values()),
                set(words(line.get("over"))),
                set(words(line.get("within"))),
                line.containsKey("does")
                        ? one(line, "does", node, Effect::find, Effect.NONE, Effect.values())
                        : Effect.NONE,
                who(line.get("tells")),
                flag(line.get("back")),
                flag(line.get("destructive")),
                PackFile.line(node));
    }

    private ClockRule clock(String key, Node node) {
        Map<String, Node> line = file.mapping(
                node,
                Set.of("name", "length", "until", "start", "pause", "resume", "stop", "main", "extensions"),
                "a clock");
        Node length = line.get("length");
        Node until = line.get("until");
        if ((length == null) == (until == null)) {
            file.fault(
                    node,
                    "The clock \"" + key + "\" needs either a \"length\", such as 5 working days, or \"until\" with the"
                            + " field that holds its last day.");
        }
        int most = 0;
        Limit longest = null;
        Node extensions = line.get("extensions");
        if (extensions != null) {
            Map<String, Node> how = file.mapping(extensions, Set.of("most", "longest"), "\"extensions\"");
            most = whole(how, "most", extensions, 1);
            Node limit = how.get("longest");
            longest = limit == null ? null : limit(limit);
            if (limit == null) {
                file.fault(extensions, "\"extensions\" lacks \"longest\", such as 30 days.");
            }
        }
        return new ClockRule(
                key,
                named(line, "name", node),
                length == null ? null : limit(length),
                until == null ? null : file.text(until, "\"until\""),
                set(words(line.get("start"))),
                set(words(line.get("pause"))),
                set(words(line.get("resume"))),
                set(words(line.get("stop"))),
                flag(line.get("main")),
                most,
                longest,
                PackFile.line(node));
    }

    private LightRule light(Node node) {
        Map<String, Node> line = file.mapping(node, Set.of("light", "word", "when"), "a light");
        return new LightRule(
                one(line, "light", node, Light::find, Light.GRAY, Light.values()),
                file.need(line, "word", node, "The light"),
                condition(line.get("when"), node),
                PackFile.line(node));
    }

    private Rung rung(Node node) {
        Map<String, Node> line = file.mapping(node, Set.of("level", "name", "when", "by", "letter", "reply"), "a rung");
        String by = file.need(line, "by", node, "The rung");
        if (!by.isEmpty() && !by.equals("rule") && !by.equals("hand")) {
            file.fault(node, "\"by\" is \"" + by + "\"; it must be rule or hand.");
        }
        return new Rung(
                file.need(line, "level", node, "The rung"),
                named(line, "name", node),
                condition(line.get("when"), node),
                by.equals("rule"),
                flag(line.get("letter")),
                line.containsKey("reply") ? limit(line.get("reply")) : null,
                PackFile.line(node));
    }

    private Condition condition(@Nullable Node node, Node owner) {
        if (node == null) {
            file.fault(owner, "\"when\" is missing.");
            return new Condition.All(List.of());
        }
        List<Condition> parts = new ArrayList<>();
        file.mapping(node, CONDITIONS, "\"when\"").forEach((key, value) -> parts.add(part(key, value)));
        if (parts.isEmpty()) {
            file.fault(node, "\"when\" holds no condition. Possible: " + String.join(", ", sorted(CONDITIONS)) + ".");
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(List.copyOf(parts));
    }

    private Condition part(String key, Node node) {
        return switch (key) {
            case "left" -> {
                Map<String, Node> line = file.mapping(node, Set.of("clock", "at-most"), "\"left\"");
                Limit limit = line.containsKey("at-most")
                        ? limit(line.get("at-most"))
                        : fault(node, "\"left\" lacks \"at-most\", such as 3 days.", new Limit(1, Limit.Unit.DAYS));
                yield new Condition.ClockLeft(file.need(line, "clock", node, "\"left\""), limit.amount(), limit.unit());
            }
            case "over" -> {
                if (node instanceof ScalarNode) {
                    yield new Condition.ClockOver(file.text(node, "\"over\""), 0, Limit.Unit.DAYS);
                }
                Map<String, Node> line = file.mapping(node, Set.of("clock", "by"), "\"over\"");
                Limit limit = line.containsKey("by")
                        ? limit(line.get("by"))
                        : fault(node, "\"over\" lacks \"by\", such as 5 working days.", new Limit(1, Limit.Unit.DAYS));
                yield new Condition.ClockOver(file.need(line, "clock", node, "\"over\""), limit.amount(), limit.unit());
            }
            case "behind" -> new Condition.Behind(decimal(node));
            case "silent" -> new Condition.Silent(number(node, 1));
            case "state" -> new Condition.InState(set(words(node)));
            case "milestone" -> new Condition.MilestoneMissed(number(node, 0));
            case "after" -> {
                Map<String, Node> line = file.mapping(node, Set.of("level", "days"), "\"after\"");
                yield new Condition.After(file.need(line, "level", node, "\"after\""), whole(line, "days", node, 0));
            }
            case "recurred" -> new Condition.Recurred();
            case "any" -> {
                List<Condition> parts = new ArrayList<>();
                for (Node item : file.list(node, "\"any\"")) {
                    parts.add(condition(item, node));
                }
                yield new Condition.Any(List.copyOf(parts));
            }
            default -> throw new IllegalStateException(key);
        };
    }

    private Limit limit(@Nullable Node node) {
        String text = node == null ? "" : file.text(node, "A time limit");
        Matcher parts = LIMIT.matcher(text);
        if (node == null || !parts.matches() || Integer.parseInt(parts.group(1)) == 0) {
            if (node != null && !text.isEmpty()) {
                file.fault(
                        node,
                        "\"" + text + "\" is no time limit. Write such as 24 hours, 8 working hours, 30 days, 5 working"
                                + " days.");
            }
            return new Limit(1, Limit.Unit.DAYS);
        }
        Limit.Unit unit = parts.group(2).startsWith("working")
                ? parts.group(2).contains("hour") ? Limit.Unit.WORKING_HOURS : Limit.Unit.WORKING_DAYS
                : parts.group(2).startsWith("hour") ? Limit.Unit.HOURS : Limit.Unit.DAYS;
        return new Limit(Integer.parseInt(parts.group(1)), unit);
    }

    private Named named(Map<String, Node> line, String key, Node owner) {
        Node node = line.get(key);
        return node == null
                ? fault(owner, "\"" + key + "\" is missing: {zh: …, en: …}.", new Named("", ""))
                : named(node);
    }

    private Named named(Node node) {
        Map<String, Node> line = file.mapping(node, Set.of("zh", "en"), "a name");
        return new Named(file.need(line, "zh", node, "The name"), file.need(line, "en", node, "The name"));
    }

    private Set<Who> who(@Nullable Node node) {
        return several(node, Who::find, Who.values());
    }

    private <E extends Enum<E>> Set<E> several(@Nullable Node node, Function<String, Optional<E>> find, E[] values) {
        Set<E> found = EnumSet.noneOf(values[0].getDeclaringClass());
        for (String word : words(node)) {
            find.apply(word)
                    .ifPresentOrElse(
                            found::add,
                            () -> file.fault(
                                    java.util.Objects.requireNonNull(node),
                                    "\"" + word + "\" is unknown. Possible: " + possible(values) + "."));
        }
        return Collections.unmodifiableSet(found);
    }

    private <E extends Enum<E>> E one(
            Map<String, Node> line,
            String key,
            Node owner,
            Function<String, Optional<E>> find,
            E otherwise,
            E[] values) {
        String word = file.need(line, key, owner, "This part");
        Optional<E> found = find.apply(word);
        if (found.isEmpty() && !word.isEmpty()) {
            file.fault(
                    line.getOrDefault(key, owner),
                    "\"" + word + "\" is no \"" + key + "\". Possible: " + possible(values) + ".");
        }
        return found.orElse(otherwise);
    }

    private static <E extends Enum<E>> String possible(E[] values) {
        return String.join(
                ", ",
                Arrays.stream(values)
                        .map(v -> v.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                        .toList());
    }

    /** One word or a list of them. */
    private List<String> words(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        return node instanceof ScalarNode ? List.of(file.text(node, "A word")) : file.texts(node, "a list of words");
    }

    private static Set<String> set(List<String> words) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(words));
    }

    private List<Node> items(Map<String, Node> top, String part) {
        Node node = top.get(part);
        return node == null ? List.of() : file.list(node, "\"" + part + "\"");
    }

    private boolean flag(@Nullable Node node) {
        if (node == null) {
            return false;
        }
        String word = file.text(node, "A yes or no");
        if (!word.equals("true") && !word.equals("false") && !word.isEmpty()) {
            file.fault(node, "\"" + word + "\" must be true or false.");
        }
        return word.equals("true");
    }

    private int whole(Map<String, Node> line, String key, Node owner, int least) {
        Node node = line.get(key);
        return node == null ? fault(owner, "\"" + key + "\" is missing: a number.", least) : number(node, least);
    }

    private int number(Node node, int least) {
        String word = file.text(node, "A number");
        if (word.matches("\\d{1,6}") && Integer.parseInt(word) >= least) {
            return Integer.parseInt(word);
        }
        return word.isEmpty()
                ? least
                : fault(node, "\"" + word + "\" must be a whole number from " + least + ".", least);
    }

    private BigDecimal decimal(Node node) {
        String word = file.text(node, "A number");
        return word.matches("\\d{1,4}(\\.\\d{1,4})?")
                ? new BigDecimal(word)
                : fault(node, "\"" + word + "\" must be a number such as 5 or 12.5.", BigDecimal.ZERO);
    }

    private String key(String key, Node node) {
        if (!key.isEmpty() && !KEY.matcher(key).matches()) {
            file.fault(node, "The key \"" + key + "\" must be of small letters, digits and hyphens.");
        }
        return key;
    }

    private <T> T fault(Node node, String message, T otherwise) {
        file.fault(node, message);
        return otherwise;
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }
}
