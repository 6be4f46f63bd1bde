package org.luoshi.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchWordsTest {

    @Test
    void looksForTwoCharactersByTheirPairAlone() {
        SearchWords words = SearchWords.of("道路");
        assertThat(words.pairs()).containsExactly("道路");
        assertThat(words.patterns()).isEmpty();
    }

    @Test
    void looksOnceMoreForLongerWordsAndForSingleCharacters() {
        assertThat(SearchWords.of("老旧小区").pairs()).containsExactly("老旧", "旧小", "小区");
        assertThat(SearchWords.of("老旧小区").patterns()).containsExactly("%老旧小区%");
        assertThat(SearchWords.of("床").pairs()).isEmpty();
        assertThat(SearchWords.of("床").patterns()).containsExactly("%床%");
    }

    @Test
    void partsWordsAtBlanksAndPunctuationOfEveryWidth() {
        assertThat(SearchWords.of("改造　小区，Ｇ312 “桥”").words()).containsExactly("改造", "小区", "g312", "桥");
    }

    @Test
    void takesTheNumberOfAnEntryAsSuch() {
        assertThat(SearchWords.of(" 26-0087 ").number()).isTrue();
        assertThat(SearchWords.of("26-0087 桥").number()).isFalse();
    }

    @Test
    void leavesNothingOfAQueryWithoutLetters() {
        assertThat(SearchWords.of("%_").words()).isEmpty();
    }
}
