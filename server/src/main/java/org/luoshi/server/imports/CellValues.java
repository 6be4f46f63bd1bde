package org.luoshi.server.imports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.units.UnitTree;

/** What stands in a cell, as it would be typed into the field: names become ids, days are written in one way. */
final class CellValues {
    private static final Pattern FAILED =
            Pattern.compile("#(REF!|N/A|VALUE!|NAME\\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DAY =
            Pattern.compile("(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?(之前|以前|前|\\s.*)?");
    private static final Pattern DIGITS = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern MONTH =
            Pattern.compile("(?:(\\d{4})\\s*[-/.年]\\s*)?(\\d{1,2})\\s*(?:月(?:份)?)?(底|末)?(之前|以前|前)?");
    private static final Pattern MONTH_DAY = Pattern.compile("(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*日(之前|以前|前)?");
    private static final Pattern YEAR = Pattern.compile("(?:(\\d{4})年?|今?年|全年)(内|底|末|年底|年末)?(之前|以前|前|完成)?");
    private static final Pattern PART =
            Pattern.compile("(?:(\\d{4})年)?(?:第?([一二三四1-4])季度|(上半年|下半年))(末|底|内)?(之前|以前|前)?");
    private static final Pattern OPEN = Pattern.compile(".*(长期|持续|常态|立行立改|立知立改|即知即改|立即).*");
    private static final Set<String> YES = Set.of("是", "√", "✓", "y", "yes", "true", "1", "公开", "有");
    private static final Set<String> NO = Set.of("否", "×", "n", "no", "false", "0", "不公开", "无", "-");
    private static final Map<String, BigDecimal> MONEY = Map.of(
            "亿元", new BigDecimal("100000000"),
            "亿", new BigDecimal("100000000"),
            "万元", new BigDecimal("10000"),
            "万", new BigDecimal("10000"),
            "元", BigDecimal.ONE);

    private final UnitTree units;
    private final Map<String, List<Long>> people;
    private final Map<String, String> chosen;
    private final LocalDate today;
    private final Map<String, String> found = new HashMap<>();
    private final Map<String, String> used = new TreeMap<>();

    /**
     * @param people ids by name
     * @param chosen what the user said some names mean, by {@link #name}
     */
    CellValues(UnitTree units, Map<String, List<Long>> people, Map<String, String> chosen, LocalDate today) {
        this.units = units;
        this.people = people;
        this.chosen = chosen;
        this.today = today;
    }

    /**
     * Something that cannot be taken as it stands.
     *
     * @param unknown the key of the name that the user can say the meaning of, empty: none
     */
    record Problem(String field, String key, List<Object> arguments, String unknown) {
        static Problem of(Field field, String key, Object... arguments) {
            return new Problem(field.key(), key, List.of(arguments), "");
        }
    }

    /** Under which a name of a cell and what it means are remembered. */
    static String name(Field field, String text) {
        return switch (field.kind()) {
            case UNIT, UNITS -> "unit:" + text;
            case PERSON -> "person:" + text;
            default -> field.key() + ":" + text;
        };
    }

    /** What the user said of names that occurred, by their keys. */
    Map<String, String> used() {
        return used;
    }

    /** The text as it would be typed; empty where there is a problem, which is added to the list. */
    String typed(Field field, String cell, List<Problem> problems) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return "";
        }
        if (FAILED.matcher(text).matches()) {
            problems.add(Problem.of(field, "imports.problem.failed-cell", text));
            return "";
        }
        return switch (field.kind()) {
            case TEXT, PERSONAL -> text.replaceAll("\\s*\\R\\s*", " ");
            case LONG -> text;
            case NUMBER -> text.replaceAll("[,，\\s]", "");
            case PERCENT -> text.replaceAll("[%％,，\\s]", "");
            case MONEY -> money(text);
            case DATE -> date(field, text, problems);
            case UNIT -> unit(field, text, problems);
            case UNITS -> {
                List<String> ids = new ArrayList<>();
                for (String one : text.split("[、,，;；/\\n]+", -1)) {
                    if (!one.isBlank()) {
                        String id = unit(field, one.strip(), problems);
                        if (!id.isEmpty() && !ids.contains(id)) {
                            ids.add(id);
                        }
                    }
                }
                yield String.join(",", ids);
            }
            case PERSON -> person(field, text, problems);
            case CHOICE -> choice(field, text, problems);
            case FLAG -> {
                String said = text.toLowerCase(Locale.ROOT);
                if (!YES.contains(said) && !NO.contains(said)) {
                    problems.add(Problem.of(field, "imports.problem.flag", text));
                }
                yield Boolean.toString(YES.contains(said));
            }
        };
    }

    private static String money(String text) {
        String plain = text.replaceAll("[,，\\s¥￥]", "");
        // What is too long for a sum, or written with a power of ten, goes on as it is and is refused there.
        if (plain.length() > 40 || plain.matches(".*[eE].*")) {
            return plain;
        }
        for (String unit : new String[] {"亿元", "万元", "亿", "万", "元"}) {
            if (plain.endsWith(unit)) {
                try {
                    return new BigDecimal(plain.substring(0, plain.length() - unit.length()))
                            .multiply(MONEY.getOrDefault(unit, BigDecimal.ONE))
                            .toPlainString();
                } catch (NumberFormatException e) {
                    return plain;
                }
            }
        }
        return plain;
    }

    private String date(Field field, String text, List<Problem> problems) {
        try {
            LocalDate day = day(text.replaceAll("\\s+", " "));
            if (day != null) {
                return day.toString();
            }
        } catch (DateTimeException e) {
            problems.add(Problem.of(field, "imports.problem.no-such-day", text));
            return "";
        }
        if (OPEN.matcher(text).matches()) {
            // Work without an end has no day; where the type needs one, the row lacks it.
            if (field.required()) {
                problems.add(Problem.of(field, "imports.problem.open-end", text));
            }
            return "";
        }
        problems.add(Problem.of(field, "imports.problem.date", text));
        return "";
    }

    /** The last day that is meant: of a month, a quarter or a year its end. */
    @org.jspecify.annotations.Nullable
    LocalDate day(String text) {
        Matcher day = DAY.matcher(text);
        if (day.matches()) {
            return LocalDate.of(number(day, 1), number(day, 2), number(day, 3));
        }
        Matcher digits = DIGITS.matcher(text);
        if (digits.matches()) {
            return LocalDate.of(number(digits, 1), number(digits, 2), number(digits, 3));
        }
        Matcher monthDay = MONTH_DAY.matcher(text);
        if (monthDay.matches()) {
            return LocalDate.of(today.getYear(), number(monthDay, 1), number(monthDay, 2));
        }
        Matcher part = PART.matcher(text);
        if (part.matches()) {
            int year = part.group(1) == null ? today.getYear() : number(part, 1);
            int month = part.group(3) != null ? part.group(3).equals("上半年") ? 6 : 12 : quarter(part.group(2)) * 3;
            return YearMonth.of(year, month).atEndOfMonth();
        }
        Matcher year = YEAR.matcher(text);
        if (year.matches()) {
            return LocalDate.of(year.group(1) == null ? today.getYear() : number(year, 1), 12, 31);
        }
        Matcher month = MONTH.matcher(text);
        boolean saysMonth = text.contains("月") || month.matches() && month.group(1) != null;
        if (saysMonth && month.matches()) {
            return YearMonth.of(month.group(1) == null ? today.getYear() : number(month, 1), number(month, 2))
                    .atEndOfMonth();
        }
        return null;
    }

    private static int quarter(String said) {
        int place = "一二三四".indexOf(said);
        return place < 0 ? Integer.parseInt(said) : place + 1;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private String unit(Field field, String text, List<Problem> problems) {
        String key = name(field, text);
        String said = chosen.get(key);
        if (said != null) {
            used.put(key, said);
            return said;
        }
        String id = found.computeIfAbsent(key, k -> {
            UnitTree.Node node = units.find(text, today);
            return node == null ? "" : Long.toString(node.id());
        });
        if (id.isEmpty()) {
            problems.add(new Problem(field.key(), "imports.problem.unit", List.of(text), key));
        }
        return id;
    }

    private String person(Field field, String text, List<Problem> problems) {
        String key = name(field, text);
        String said = chosen.get(key);
        if (said != null) {
            used.put(key, said);
            return said;
        }
        List<Long> ids = people.getOrDefault(text.replaceAll("\\s", ""), List.of());
        if (ids.size() != 1) {
            problems.add(new Problem(
                    field.key(),
                    ids.isEmpty() ? "imports.problem.person" : "imports.problem.persons",
                    List.of(text),
                    key));
            return "";
        }
        return ids.getFirst().toString();
    }

    private String choice(Field field, String text, List<Problem> problems) {
        String key = name(field, text);
        String said = chosen.get(key);
        if (said != null) {
            used.put(key, said);
            return said;
        }
        for (Field.Choice choice : field.choices()) {
            if (choice.key().equalsIgnoreCase(text)
                    || choice.name().in("zh").equals(text)
                    || choice.name().in("en").equalsIgnoreCase(text)) {
                return choice.key();
            }
        }
        problems.add(new Problem(field.key(), "imports.problem.choice", List.of(text), key));
        return "";
    }

    /** The units that are called most like a name, the best first. */
    List<Long> likely(String name, int most) {
        Set<Integer> wanted = pairs(name);
        record Like(long unit, double likeness) {}
        return units.on(today).stream()
                .map(node -> new Like(
                        node.id(),
                        Math.max(
                                likeness(wanted, pairs(units.brief(node.id(), today))),
                                likeness(wanted, pairs(units.full(node.id(), today))))))
                .filter(like -> like.likeness() > 0.2)
                .sorted(Comparator.comparingDouble(Like::likeness).reversed())
                .limit(most)
                .map(Like::unit)
                .toList();
    }

    /** How much two texts are made of the same characters and pairs of them, 0 to 1. */
    static double likeness(String a, String b) {
        return likeness(pairs(a), pairs(b));
    }

    private static double likeness(Set<Integer> a, Set<Integer> b) {
        Set<Integer> both = new HashSet<>(a);
        both.retainAll(b);
        return a.isEmpty() || b.isEmpty() ? 0 : 2.0 * both.size() / (a.size() + b.size());
    }

    /** Single characters and pairs of neighbours. */
    private static Set<Integer> pairs(String text) {
        Set<Integer> pairs = new HashSet<>();
        int[] points = text.codePoints().toArray();
        Arrays.stream(points).forEach(pairs::add);
        for (int i = 0; i + 1 < points.length; i++) {
            pairs.add(31 * (points[i] + 0x110000) + points[i + 1]);
        }
        return pairs;
    }
}
