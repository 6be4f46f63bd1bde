package org.luoshi.server.commitments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Span;
import org.luoshi.server.commitments.ReviewDesk.Reason;
import org.luoshi.server.documents.Documents;
import org.luoshi.server.web.Words;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Why a commitment was read as it was, in sentences: the reader's rules and the words they rest on. */
@Component
class Evidences {
    private final CommitmentStore store;
    private final Documents documents;
    private final JsonMapper json;

    Evidences(CommitmentStore store, Documents documents, JsonMapper json) {
        this.store = store;
        this.documents = documents;
        this.json = json;
    }

    List<Reason> reasons(Commitment c, ReviewRows rows, Words words) {
        Optional<String> proposed = store.findProposed(c.id());
        if (proposed.isEmpty()) {
            return List.of(new Reason("", words.t("review.why.by-hand")));
        }
        org.luoshi.reading.Commitment reading =
                json.readValue(proposed.get(), Proposals.Proposed.class).reading();
        String text = documents.getText(c.document()).text();
        List<Reason> reasons = new ArrayList<>();
        reasons.add(new Reason(
                words.t("review.why.what"),
                sentence(reading.evidence(), text, words)
                        + words.t("review.why.sure", (int) Math.floor(reading.confidence() * 100))));
        if (reading.deadline().due() != null) {
            reasons.add(new Reason(
                    words.t("review.field.due"), sentence(reading.deadline().evidence(), text, words)));
        }
        for (org.luoshi.reading.Commitment.Proposal lead :
                reading.lead().stream().limit(3).toList()) {
            reasons.add(new Reason(
                    words.t("review.field.lead"),
                    words.t("review.why.lead", lead.name(), sentence(lead.evidence(), text, words), (int)
                            Math.floor(lead.score() * 100))));
        }
        if (reading.theme().theme() != null && !reading.theme().theme().isEmpty()) {
            reasons.add(new Reason(
                    words.t("review.field.theme"), sentence(reading.theme().evidence(), text, words)));
        }
        if (c.origin().sameAs() != null) {
            reasons.add(new Reason(words.t("review.why.repeat"), words.t("review.why.repeats")));
        }
        return reasons;
    }

    /** The rule in words, or its key where nobody has put it into words yet; then what it rests on. */
    private static String sentence(Evidence evidence, String text, Words words) {
        String key = "review.rule." + evidence.rule();
        String about = about(evidence.words(), text);
        if (words.has(key)) {
            return words.t(key, about, evidence.detail());
        }
        String rest = about.isEmpty() ? evidence.detail() : about;
        return rest.isEmpty() ? evidence.rule() : words.t("review.rule", evidence.rule(), rest);
    }

    private static String about(@Nullable Span span, String text) {
        return span == null || span.end() > text.length() ? "" : span.of(text);
    }
}
