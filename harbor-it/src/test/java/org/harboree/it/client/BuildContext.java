// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.harboree.it.Product;

/** A folder with a Dockerfile from which the builders make an image: busybox and a file that no other image has. */
final class BuildContext {

    private BuildContext() {
    }

    /** Writes one into the home of a person; the folder. */
    static String write(ClientHome home, String name) {
        try {
            Path folder = Files.createDirectories(Path.of(home.path(name)));
            Files.copy(Tools.find("busybox"), folder.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.writeString(folder.resolve("id"), Product.uniqueName(name));
            Files.writeString(folder.resolve("Dockerfile"), """
                    FROM scratch
                    COPY busybox /bin/busybox
                    COPY id /id
                    LABEL org.opencontainers.image.title="black-box test"
                    CMD ["/bin/busybox", "echo", "%s"]
                    """.formatted(OciLayout.MESSAGE));
            return folder.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("No build context in " + home.path(name), e);
        }
    }
}
