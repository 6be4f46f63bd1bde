package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.web.Shell;
import org.springframework.stereotype.Component;

/** What stands in a column of a list or an export, by the key that a type names it with. */
@Component
class Cells {
    private final Officials officials;

    Cells(Officials officials) {
        this.officials = officials;
    }

    static String heading(String key, @Nullable MatterType type, Shell shell) {
        Field field = type == null ? null : type.field(key);
        return field == null
                ? shell.t("matters.column." + key)
                : field.name().in(shell.words().language());
    }

    /** @param to how the person who asks stands to the matter: a field that he may not see is empty */
    String of(Matter matter, MatterType type, String key, MatterWords words, Set<Who> to, Shell shell) {
        BigDecimal progress = matter.progress();
        return switch (key) {
            case "number" -> matter.number();
            case "title" -> matter.title();
            case "what" -> matter.what();
            case "type" -> words.type(type);
            case "lead" -> words.unitInFull(matter.lead());
            case "joint" -> words.unitsInFull(matter.joint());
            case "checker" -> words.unitInFull(matter.checker());
            case "leader" ->
                officials
                        .find(matter.leader(), words.today())
                        .map(Officials.Leader::name)
                        .orElse("");
            case "due" ->
                matter.due() == null
                        ? shell.t("matters.unknown.due")
                        : matter.due().toString();
            case "given" ->
                type.field("given") == null
                        ? words.dayOf(matter.givenAt())
                        : value(matter, type, key, words, to, shell);
            case "closed" -> words.dayOf(matter.closedAt());
            case "progress" -> progress == null ? shell.t("matters.unknown.progress") : words.percent(progress);
            case "state" -> words.state(type, matter.state());
            case "light" -> words.light(matter);
            case "source" -> matter.source();
            case "public" ->
                shell.t(
                        matter.isPublic()
                                ? "matters.public."
                                        + type.getState(matter.state()).seen().key()
                                : "matters.public.not");
            default -> value(matter, type, key, words, to, shell);
        };
    }

    /** A field of the type; a personal one stays masked, one that the person may not see stays away. */
    private static String value(
            Matter matter, MatterType type, String key, MatterWords words, Set<Who> to, Shell shell) {
        Field field = type.field(key);
        String text = matter.fields().getOrDefault(key, "");
        if (field == null || text.isEmpty() || !type.seenBy(to).contains(field)) {
            return "";
        }
        return field.kind() == Field.Kind.PERSONAL
                ? "***"
                : MatterWords.show(field, text, words, shell.words().language());
    }
}
