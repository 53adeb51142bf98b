// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.RepositoryName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each test begins with a registry on an empty database and an empty folder, and the project {@code library} in it. */
abstract class RegistryFixture {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    static final RepositoryName NAME = RepositoryName.parse("library/alpine");

    @TempDir
    Path folder;

    Registry registry;
    RegistryCaller admin;

    @BeforeEach
    void openRegistry() {
        DATABASE.empty(Registry.TABLES);
        registry = new Registry(DATABASE, folder);
        registry.project("library");
        admin = RegistryCaller.of(registry.admin());
    }

    static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
