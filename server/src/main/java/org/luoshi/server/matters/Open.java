package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.matters.types.Light;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Who;

/** A matter while it is being changed, locked until the end of the transaction. */
final class Open {
    final Matter before;
    final MatterType type;
    final Map<String, Run> clocks = new TreeMap<>();

    String title;
    String what;
    String state;

    @Nullable
    Long lead;

    @Nullable
    Long leader;

    @Nullable
    Long checker;

    /** Who gave it; of a part, the lead of the whole, also after the whole was transferred. */
    @Nullable
    Long giver;

    @Nullable
    LocalDate due;

    @Nullable
    LocalDate firstDue;

    String source;

    @Nullable
    Long mergedInto;

    boolean isPublic;
    final Map<String, String> fields;
    List<Long> joint;

    @Nullable
    BigDecimal progress;

    @Nullable
    BigDecimal reported;

    @Nullable
    Instant reportedAt;

    int unverified;

    @Nullable
    String level;

    int bounced;
    int extended;
    int recurred;
    Matter.@Nullable Asked asked;

    @Nullable
    Long mover;

    @Nullable
    Instant givenAt;

    @Nullable
    Instant closedAt;

    @Nullable
    Instant waitsSince;

    Open(Matter matter, MatterType type, Map<String, Run> clocks) {
        this.before = matter;
        this.type = type;
        this.clocks.putAll(clocks);
        title = matter.title();
        what = matter.what();
        state = matter.state();
        lead = matter.lead();
        leader = matter.leader();
        checker = matter.checker();
        giver = matter.giver();
        due = matter.due();
        firstDue = matter.firstDue();
        source = matter.source();
        mergedInto = matter.mergedInto();
        isPublic = matter.isPublic();
        fields = new LinkedHashMap<>(matter.fields());
        joint = new ArrayList<>(matter.joint());
        progress = matter.progress();
        reported = matter.reported();
        reportedAt = matter.reportedAt();
        unverified = matter.unverified();
        level = matter.level();
        bounced = matter.bounced();
        extended = matter.extended();
        recurred = matter.recurred();
        asked = matter.asked();
        mover = matter.mover();
        givenAt = matter.givenAt();
        closedAt = matter.closedAt();
        waitsSince = matter.waitsSince();
    }

    long id() {
        return before.id();
    }

    /** The value of a field as text; blank where it has none. */
    String value(String field) {
        return switch (field) {
            case "title" -> title;
            case "what" -> what;
            case "lead" -> text(lead);
            case "leader" -> text(leader);
            case "checker" -> text(checker);
            case "due" -> text(due);
            case "source" -> source;
            case "public" -> Boolean.toString(isPublic);
            case "joint" -> String.join(",", joint.stream().map(String::valueOf).toList());
            default -> fields.getOrDefault(field, "");
        };
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** Sets fields from checked values. */
    void set(Map<String, String> values) {
        values.forEach((key, text) -> {
            switch (key) {
                case "title" -> title = text;
                case "what" -> what = text;
                case "lead" -> lead = number(text);
                case "leader" -> leader = number(text);
                case "checker" -> checker = number(text);
                case "due" -> {
                    due = text.isEmpty() ? null : LocalDate.parse(text);
                    firstDue = firstDue == null ? due : firstDue;
                }
                case "source" -> source = text;
                case "public" -> isPublic = Boolean.parseBoolean(text);
                case "joint" -> {
                    joint = new ArrayList<>();
                    for (String one : text.split(",", -1)) {
                        if (!one.isEmpty()) {
                            joint.add(Long.valueOf(one));
                        }
                    }
                }
                default -> {
                    if (text.isEmpty()) {
                        fields.remove(key);
                    } else {
                        fields.put(key, text);
                    }
                }
            }
        });
        joint.remove(lead);
    }

    private static @Nullable Long number(String text) {
        return text.isEmpty() ? null : Long.valueOf(text);
    }

    /** Every unit that has a part in the matter. */
    Set<Long> parties() {
        Set<Long> parties = new LinkedHashSet<>();
        for (Long unit : new Long[] {lead, checker, giver, before.lead()}) {
            if (unit != null) {
                parties.add(unit);
            }
        }
        parties.addAll(joint);
        return parties;
    }

    /** Keys of those who have to do the next thing; an unanswered report or request waits for the office as well. */
    Set<String> waits() {
        Set<String> keys = new LinkedHashSet<>();
        for (Who who : type.getState(state).waitsFor()) {
            keys.addAll(keys(who));
        }
        if (!type.getState(state).end() && (unverified > 0 || asked != null)) {
            keys.addAll(keys(before.parent() == null ? Who.SUPERVISION : Who.GIVER));
        }
        return keys;
    }

    List<String> keys(Who who) {
        return switch (who) {
            case SUPERVISION, ADMINISTRATOR -> List.of("office");
            case LEAD -> lead == null ? List.of("office") : List.of("unit:" + lead);
            case LEAD_HEAD -> lead == null ? List.of("office") : List.of("head:" + lead);
            case JOINT -> joint.stream().map(unit -> "unit:" + unit).toList();
            case CHECKER -> checker == null || checker.equals(lead) ? List.of("office") : List.of("unit:" + checker);
            case GIVER -> giver == null ? List.of("office") : List.of("unit:" + giver);
            case LEADER -> leader == null ? List.of("office") : List.of("person:" + leader);
            case EVERYBODY -> List.of();
        };
    }

    /** When the earliest running clock runs out. */
    @Nullable
    Instant waitsUntil() {
        Instant earliest = null;
        for (Run run : clocks.values()) {
            if (run.isRunning() && (earliest == null || run.runsOut().isBefore(earliest))) {
                earliest = run.runsOut();
            }
        }
        return earliest;
    }

    Light light() {
        return before.light();
    }
}
