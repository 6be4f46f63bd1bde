package org.luoshi.server.matters;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.luoshi.server.web.Words;
import org.springframework.stereotype.Component;

/** What messages say: the same sentence on the page and in a letter. */
@Component
public class Tellings {
    private final Messages messages;
    private final Types types;

    Tellings(Messages messages, Types types) {
        this.messages = messages;
        this.types = types;
    }

    /** A message with its sentence in the reader's language. */
    public record Telling(Messages.Message message, String sentence) {}

    /** The messages of an account, newest first. */
    List<Telling> list(long account, Words words, int limit) {
        return told(messages.list(account, limit), words);
    }

    /**
     * Some messages, oldest first, without those of matters that whoever asks may not see now; ask in the name of the
     * person ({@code accounts.Acting}).
     */
    public List<Telling> listVisible(long account, Collection<Long> ids, Words words) {
        return told(messages.listVisible(account, ids), words);
    }

    private List<Telling> told(List<Messages.Message> found, Words words) {
        return found.stream()
                .map(message -> new Telling(message, sentence(message, words)))
                .toList();
    }

    private String sentence(Messages.Message message, Words words) {
        Map<String, String> details = message.details();
        String act = types.find(details.getOrDefault("type", ""))
                .flatMap(type -> type.findMove(details.getOrDefault("move", "")))
                .map(move -> move.name().in(words.language()))
                .orElse("");
        String level = details.getOrDefault("level", "");
        return words.t(
                "matters.message." + message.kind(),
                details.getOrDefault("by", ""),
                act,
                details.getOrDefault("reason", ""),
                level.isEmpty() ? "" : words.t("matters.level." + level),
                details.getOrDefault("unit", ""),
                details.getOrDefault("since", ""),
                details.getOrDefault("count", ""),
                details.getOrDefault("numbers", ""),
                details.getOrDefault("title", ""),
                details.getOrDefault("before", ""));
    }
}
