package org.luoshi.server.matters.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pictures of docs/matter-types are drawn from the files; -Dluoshi.renew=true draws them anew. */
class DrawingTest {
    private static final Path PICTURES = Path.of("..", "docs", "matter-types");

    @ParameterizedTest
    @MethodSource("org.luoshi.server.matters.types.TypeReaderTest#standard")
    void thePicturesOfTheDocumentsAreFresh(Path file) throws IOException {
        MatterType type = TypeReader.read(file.toString(), Files.readString(file));
        for (String language : new String[] {"zh", "en"}) {
            String drawn = Picture.standalone(Drawing.of(type, language));
            Path picture = PICTURES.resolve(type.key() + "." + language + ".svg");
            if (Boolean.getBoolean("luoshi.renew")) {
                Files.createDirectories(PICTURES);
                Files.writeString(picture, drawn);
            }
            assertThat(picture).exists();
            assertThat(Files.readString(picture))
                    .as("%s is stale: run this test with -Dluoshi.renew=true", picture)
                    .isEqualTo(drawn);
        }
    }

    @ParameterizedTest
    @MethodSource("org.luoshi.server.matters.types.TypeReaderTest#standard")
    void everyStateIsInThePicture(Path file) throws IOException {
        MatterType type = TypeReader.read(file.toString(), Files.readString(file));
        String drawn = Drawing.of(
                type, "zh", Map.of(type.start().key(), "2-10"), type.start().key());

        assertThat(type.states().values())
                .allSatisfy(
                        state -> assertThat(drawn).contains(">" + state.name().zh() + "<"));
        assertThat(drawn).containsOnlyOnce("class=\"node now\"");
    }

    /** A picture with its own few styles, for documents. */
    private static final class Picture {
        static String standalone(String drawn) {
            return drawn.replaceFirst(
                    ">",
                    "><style>.edge{fill:none;stroke:#8a8f98}.tip{fill:#8a8f98}.node{fill:#fff;stroke:#8a8f98}"
                            + "text{font:13px sans-serif;text-anchor:middle}.sub{font-size:12px;fill:#666}</style>");
        }
    }
}
