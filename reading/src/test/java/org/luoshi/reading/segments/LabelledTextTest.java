package org.luoshi.reading.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.labels.LabelFolders;

class LabelledTextTest {
    private static final String TEXT = "青禾县。\n修好\ud83d\ude00路；再修一条路！";

    @Test
    void readsLabelsWithWords() throws IOException {
        LabelledText text = LabelledText.of(
                "a",
                TEXT,
                List.of(
                        "{\"i\": 0, \"text\": \"青禾县\", \"label\": \"talk\"}",
                        "{\"i\": 1, \"text\": \"修好\\ud83d\\ude00路\", \"label\": \"past\"}",
                        "{\"i\": 2, \"text\": \"再修一条路\", \"label\": \"commit\"}"));
        assertThat(text.labels()).containsExactly(2, 0, 1);
    }

    @Test
    void readsLabelsWithOffsetsInCodePoints() throws IOException {
        LabelledText text = LabelledText.of(
                "a",
                TEXT,
                List.of(
                        "{\"start\":0,\"end\":3,\"label\":\"talk\"}",
                        "{\"start\":5,\"end\":9,\"label\":\"past\"}",
                        "",
                        "{\"start\":10,\"end\":15,\"label\":\"commit\"}"));
        assertThat(text.labels()).containsExactly(2, 0, 1);
    }

    @Test
    void refusesLabelsOfAnotherText() {
        assertThatThrownBy(() -> LabelledText.of("a", TEXT, List.of("{\"text\": \"别的话\", \"label\": \"talk\"}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Maybe the text was changed");
    }

    @Test
    void refusesATextThatIsLabelledInPart() {
        assertThatThrownBy(() -> LabelledText.of("a", TEXT, List.of("{\"text\": \"青禾县\", \"label\": \"talk\"}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no label");
    }

    @Test
    void reportsOfOnePlaceBelongTogether() {
        assertThat(LabelFolders.place("county_某省_青禾县_2031")).isEqualTo("county_某省_青禾县");
        assertThat(LabelFolders.place("000_425cc7e8")).isEqualTo("000_425cc7e8");
    }
}
