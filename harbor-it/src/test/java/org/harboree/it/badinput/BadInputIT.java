// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import java.util.List;
import java.util.stream.Stream;
import org.harboree.it.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever is sent, the answer is the documented one: docs/registry.md has the choices where standards leave some. */
class BadInputIT {
    private static Scene scene;

    @BeforeAll
    static void setTheScene() throws Exception {
        scene = Scene.of(Product.running());
    }

    @TestFactory
    Stream<DynamicContainer> shouldAnswerBadInputAsDocumented() {
        return sections().stream().map(section -> DynamicContainer.dynamicContainer(section.title(),
                section.rows().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> row.run(scene)))));
    }

    @TestFactory
    Stream<DynamicTest> shouldHaveLeftEverythingAsItWas() {
        return Stream.of(DynamicTest.dynamicTest("the images that were there", () -> scene.requireUnharmed()));
    }

    private static List<Table> sections() {
        return List.of(HttpRows.table(), Http2Rows.table(), FramingRows.table(), NameRows.table(), DigestRows.table(),
                UploadRows.table(), MountRows.table(), ManifestRows.table(),
                ReferrerRows.table(), RegistryRows.table(), ReplicationRows.table(), TokenRows.table(),
                TokenServiceRows.table(), CopyRows.table(), JobRows.table());
    }
}
