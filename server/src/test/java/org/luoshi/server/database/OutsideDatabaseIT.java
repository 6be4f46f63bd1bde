package org.luoshi.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.luoshi.server.TestDatabase;

class OutsideDatabaseIT {
    private final TestDatabase database = TestDatabase.fresh();

    private String plain() {
        return database.url().substring("jdbc:".length());
    }

    @Test
    void takesADatabaseThatCanCarryTheData() {
        OutsideDatabase.of(database.url(), database.user(), database.password()).check();
    }

    @Test
    void takesTheAddressAsOtherProgramsWriteIt() {
        assertThat(OutsideDatabase.of("postgresql://clerk:secret@db.example:5433/luoshi?ssl=true", null, ""))
                .isEqualTo(new OutsideDatabase("jdbc:postgresql://db.example:5433/luoshi?ssl=true", "clerk", "secret"));
        OutsideDatabase.of(plain(), database.user(), database.password()).check();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> OutsideDatabase.of("mysql://localhost/luoshi", null, null))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("mysql://localhost/luoshi");
        assertThatThrownBy(() -> OutsideDatabase.of(database.url(), database.user(), "wrong")
                        .check())
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("密码");
        String missing = database.url().replaceFirst("/luoshi_test_\\d+", "/not_there");
        assertThatThrownBy(() -> OutsideDatabase.of(missing, database.user(), database.password())
                        .check())
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("先建好");
    }
}
