package org.luoshi.reading.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberingTest {
    @ParameterizedTest
    @CsvSource({
        "1,chineseCounting,一",
        "10,chineseCounting,十",
        "11,chineseCounting,十一",
        "20,chineseCountingThousand,二十",
        "105,chineseCounting,一百零五",
        "110,chineseCounting,一百一十",
        "3,chineseLegalSimplified,叁",
        "3,decimal,3",
        "4,upperRoman,IV",
        "27,lowerLetter,aa",
        "12,decimalEnclosedCircle,⑫",
        "7,decimalZero,07",
        "2,unheardOf,2"
    })
    void countsInTheFormatsOfWord(int n, String format, String mark) {
        assertThat(Numbering.number(n, format)).isEqualTo(mark);
    }

    @Test
    void startsALowerLevelAgainWhenAHigherOneAdvances() {
        Numbering numbering = new Numbering();
        Numbering.Level[] levels = new Numbering.Level[Numbering.LEVELS];
        levels[0] = new Numbering.Level(1, "chineseCounting", "%1、", -1, false);
        levels[1] = new Numbering.Level(1, "chineseCounting", "（%2）", -1, false);
        levels[2] = new Numbering.Level(1, "decimal", "%1.%3", -1, true);
        numbering.define("1", new Numbering.Definition("a", levels, new Integer[Numbering.LEVELS]));
        assertThat(numbering.next("1", 0)).isEqualTo("一、");
        assertThat(numbering.next("1", 1)).isEqualTo("（一）");
        assertThat(numbering.next("1", 1)).isEqualTo("（二）");
        assertThat(numbering.next("1", 0)).isEqualTo("二、");
        assertThat(numbering.next("1", 1)).isEqualTo("（一）");
        assertThat(numbering.next("1", 2)).isEqualTo("2.1");
        assertThat(numbering.next("2", 0)).isEmpty();
        assertThat(numbering.next("1", 9)).isEmpty();
    }
}
