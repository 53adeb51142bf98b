// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The beans behind the pages call the services that REST calls, and nothing below them. */
class ConsoleRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.harboree.console");

    @Test
    void shouldNotReachTheDatabase() {
        noClasses().should().dependOnClassesThat(
                resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql..", "org.hibernate..",
                        "org.harboree.transaction..").or(simpleNameEndingWith("Dao"))).check(CLASSES);
    }

    @Test
    void shouldNotReachTheStorage() {
        noClasses().should().dependOnClassesThat(resideInAnyPackage("org.harboree.storage.."))
                .check(CLASSES);
    }

    @Test
    void shouldNotUseThePublicApiOverTheWireNorItsResources() {
        noClasses().should().dependOnClassesThat(resideInAnyPackage("jakarta.ws.rs..", "org.harboree.api.."))
                .check(CLASSES);
    }
}
