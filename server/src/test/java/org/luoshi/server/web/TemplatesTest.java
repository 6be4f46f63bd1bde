package org.luoshi.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemplatesTest {
    /** HotSpot never compiles a longer method: a page in it is interpreted for ever. */
    private static final int LONGEST_COMPILED = 8_000;

    @Test
    void noTemplateIsTooLongToBeCompiled() throws IOException, URISyntaxException {
        Path application = Path.of(
                Shell.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Map<String, Integer> lengths = new TreeMap<>();
        try (Stream<Path> files = Files.walk(application.resolve("org/luoshi/server/pages"))) {
            List<Path> templates =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(templates).hasSizeGreaterThan(20);
            for (Path template : templates) {
                for (MethodModel method : ClassFile.of().parse(template).methods()) {
                    method.code()
                            .filter(CodeAttribute.class::isInstance)
                            .map(CodeAttribute.class::cast)
                            .filter(code -> code.codeLength() >= LONGEST_COMPILED
                                    && !method.methodName().equalsString("<clinit>"))
                            .ifPresent(code ->
                                    lengths.put(template.getFileName() + " " + method.methodName(), code.codeLength()));
                }
            }
        }
        assertThat(lengths).as("templates to split into parts").isEmpty();
    }
}
