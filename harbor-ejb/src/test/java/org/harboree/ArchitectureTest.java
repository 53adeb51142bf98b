// SPDX-License-Identifier: Apache-2.0
package org.harboree;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.harboree.access.Caller;
import org.junit.jupiter.api.Test;

/** Holds the code to the table and the rules of {@code docs/architecture.md}. */
class ArchitectureTest {
    private static final String BASE = "org.harboree.";
    private static final Path DOCUMENT = Path.of("..", "docs", "architecture.md");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|(.*)\\|");
    private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

    private static final Set<String> WITHOUT_JAKARTA = Set.of("error", "oci", "listing");

    /** Reads the rows of native queries for the DAOs of its package. */
    private static final String ROW_READER = "org.harboree.registry.Sql";

    /** What a DAO's caller may see of it: the rows it read, and that it failed. */
    private static final Set<String> OUTSIDE_OF_DAOS = Set.of("jakarta.persistence.Tuple",
            "jakarta.persistence.PersistenceException");

    /**
     * Facts that rights are computed from, where asking for a right would go round in a circle; the making of a caller;
     * and what takes a thing that only a call with a caller hands out.
     */
    private static final Set<String> WITHOUT_CALLER = Set.of("ProjectService.find", "ProjectService.allowsSparseIndex",
            "RegistryTokenService.callerOf", "PullService.open", "PullService.pulled", "PullService.smallContent");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.harboree");

    @Test
    void shouldFindEachPackageInTheTable() throws IOException {
        Map<String, Integer> levels = levels();

        assertThat(CLASSES.stream().map(ArchitectureTest::room).distinct()).allMatch(levels::containsKey);
    }

    @Test
    void shouldUseLowerLevelsOnly() throws IOException {
        Map<String, Integer> levels = levels();

        assertThat(dependencies(target -> target.getPackageName().startsWith(BASE)))
                .filteredOn(use -> !room(use.getOriginClass()).equals(room(use.getTargetClass())))
                .filteredOn(use -> levels.get(room(use.getTargetClass())) >= levels.get(room(use.getOriginClass())))
                .extracting(Dependency::getDescription).isEmpty();
    }

    @Test
    void shouldKeepTheVocabularyFreeOfJakarta() {
        assertThat(dependencies(target -> target.getPackageName().startsWith("jakarta.")))
                .filteredOn(use -> WITHOUT_JAKARTA.contains(room(use.getOriginClass())))
                .filteredOn(use -> !use.getTargetClass().getName().equals("jakarta.ejb.ApplicationException"))
                .extracting(Dependency::getDescription).isEmpty();
    }

    @Test
    void shouldUseThePersistenceApiInDaosAndEntitiesOnly() {
        assertThat(dependencies(target -> target.getPackageName().startsWith("jakarta.persistence")
                && !OUTSIDE_OF_DAOS.contains(target.getName())))
                .filteredOn(use -> !mayPersist(use.getOriginClass()))
                .extracting(Dependency::getDescription).isEmpty();
    }

    @Test
    void shouldPutNoProxyBeforeADao() {
        assertThat(CLASSES.stream().filter(type -> type.getSimpleName().endsWith("Dao"))
                .filter(type -> !type.isAnnotatedWith(Dependent.class)).map(JavaClass::getName)).isEmpty();
    }

    @Test
    void shouldTakeTheCallerFirstInEveryService() {
        assertThat(CLASSES.stream().filter(type -> type.getSimpleName().endsWith("Service"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                        && !method.getModifiers().contains(JavaModifier.STATIC)
                        && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(method -> !WITHOUT_CALLER.contains(method.getOwner().getSimpleName() + "." + method.getName()))
                .filter(method -> !takesCallerFirst(method))
                .map(JavaMethod::getFullName)).isEmpty();
    }

    private static List<Dependency> dependencies(Predicate<JavaClass> target) {
        return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> target.test(use.getTargetClass().getBaseComponentType())).toList();
    }

    private static boolean mayPersist(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost.getSimpleName().endsWith("Dao") || outermost.isAnnotatedWith(Entity.class)
                || room(outermost).equals("transaction") || outermost.getName().equals(ROW_READER);
    }

    /** The registry's caller is a caller with the token that was shown. */
    private static boolean takesCallerFirst(JavaMethod method) {
        return method.getRawParameterTypes().stream().limit(1).anyMatch(first ->
                first.isEquivalentTo(Caller.class) || first.getName().equals("org.harboree.registry.RegistryCaller"));
    }

    private static String room(JavaClass type) {
        return type.getBaseComponentType().getPackageName().substring(BASE.length()).split("\\.")[0];
    }

    private static Map<String, Integer> levels() throws IOException {
        Map<String, Integer> levels = new HashMap<>();
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            lines.map(ROW::matcher).filter(Matcher::matches).forEach(row -> NAME.matcher(row.group(2)).results()
                    .forEach(name -> levels.put(name.group(1), Integer.valueOf(row.group(1)))));
        }
        return levels;
    }
}
