package org.luoshi.server.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchWordsTest {
    @Test
    void pairsNeighboursAndNeverAcrossAMark() {
        assertThat(SearchWords.of("老旧小区，管网")).containsExactly("老旧", "旧小", "小区", "管网");
    }

    @Test
    void foldsWidthAndCase() {
        assertThat(SearchWords.of("Ｓ217线")).containsExactly("s2", "21", "17", "7线");
    }

    @Test
    void keepsACharacterThatStandsAlone() {
        assertThat(SearchWords.of("路 和 18")).containsExactly("路", "和", "18");
    }

    @Test
    void holdsTheWordsOfEveryPartOfAText() {
        assertThat(SearchWords.of("改造老旧小区31个")).containsAll(SearchWords.of("旧小区"));
    }
}
