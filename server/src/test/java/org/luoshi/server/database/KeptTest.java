package org.luoshi.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeptTest {
    private final AtomicInteger made = new AtomicInteger();
    private final Kept<String, Integer> kept = new Kept<>(10, value -> 1);

    private int get(long revision, String key) {
        return kept.get(revision, key, made::incrementAndGet);
    }

    @Test
    void makesAValueOnceForARevision() {
        assertThat(get(1, "a")).isEqualTo(1);
        assertThat(get(1, "a")).isEqualTo(1);
        assertThat(get(2, "a")).isEqualTo(2);
    }

    @Test
    void servesWhoSawAnOlderRevisionWithoutKeepingIt() {
        assertThat(get(2, "a")).isEqualTo(1);
        assertThat(get(1, "a")).isEqualTo(2);
        assertThat(get(2, "a")).isEqualTo(1);
    }

    @Test
    void keepsNoFailure() {
        assertThatThrownBy(() -> kept.get(1, "a", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(get(1, "a")).isEqualTo(1);
    }

    @Test
    void dropsAllWhenItBecomesTooMuch() {
        for (int i = 0; i < 11; i++) {
            get(1, "key" + i);
        }
        assertThat(get(1, "key0")).isEqualTo(12);
    }

    @Test
    void keepsEachKeyUnderItsOwnRevision() {
        assertThat(get(7, "a")).isEqualTo(1);
        assertThat(get(3, "b")).isEqualTo(2);
        assertThat(get(7, "a")).isEqualTo(1);
        assertThat(get(3, "b")).isEqualTo(2);
        assertThat(get(4, "b")).isEqualTo(3);
        assertThat(get(7, "a")).isEqualTo(1);
    }

    @Test
    void weighsAValueThatTookThePlaceOfAnotherOnce() {
        for (int revision = 1; revision <= 50; revision++) {
            get(revision, "a");
        }
        assertThat(get(1, "b")).isEqualTo(51);
        assertThat(get(50, "a")).isEqualTo(50);
        assertThat(get(1, "b")).isEqualTo(51);
    }
}
