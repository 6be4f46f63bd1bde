package org.luoshi.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The folder list is the architecture: its borders hold, and a crossed one is found. */
class ModulesTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.luoshi");

    private static final ArchRule ENGINES_ARE_PLAIN = noClasses()
            .that()
            .resideInAnyPackage("org.luoshi.reading..", "org.luoshi.writing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "java.sql..",
                    "javax.sql..",
                    "jakarta..",
                    "org.luoshi.server..",
                    "org.luoshi.cli..");

    @Test
    void modulesKeepTheirBorders() {
        ApplicationModules modules = ApplicationModules.of(LuoshiServer.class);
        assertThat(modules.stream().count()).isGreaterThanOrEqualTo(7);
        modules.verify();
    }

    @Test
    void enginesKnowNoSpringNoSqlAndNoServer() {
        assertThat(ALL.size()).as("classes looked at").isGreaterThan(100);
        ENGINES_ARE_PLAIN.check(ALL);
    }

    @Test
    void aCrossedBorderIsFound() {
        ArchRule serverIsPlain = noClasses()
                .that()
                .resideInAPackage("org.luoshi.server.units..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..");
        assertThatThrownBy(() -> serverIsPlain.check(ALL)).isInstanceOf(AssertionError.class);
    }

    @Test
    void accountsDoNotKnowDocumentsOrTheRegister() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.luoshi.server.accounts..",
                        "org.luoshi.server.audit..",
                        "org.luoshi.server.units..",
                        "org.luoshi.server.web..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.luoshi.server.documents..",
                        "org.luoshi.server.commitments..",
                        "org.luoshi.server.register..")
                .check(ALL);
    }
}
