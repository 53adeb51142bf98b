// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.faces.application.Resource;
import jakarta.faces.application.ResourceHandler;
import jakarta.faces.application.ResourceHandlerWrapper;
import jakarta.faces.application.ResourceWrapper;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * Gives each of our own scripts and styles an address that changes with its content, as PrimeFaces does with its
 * version: a browser keeps what it has for a year, and still has the new file with the first page after an upgrade.
 */
public class VersionedFiles extends ResourceHandlerWrapper {
    private static final String LIBRARY = "console";

    private final Map<String, String> versions = new ConcurrentHashMap<>();

    public VersionedFiles(ResourceHandler wrapped) {
        super(wrapped);
    }

    @Override
    public Resource createResource(String name, String library) {
        Resource file = super.createResource(name, library);
        return file == null || !LIBRARY.equals(library) ? file
                : new Versioned(file, versions.computeIfAbsent(name, VersionedFiles::version));
    }

    private static String version(String name) {
        CRC32 sum = new CRC32();
        try (InputStream content = FacesContext.getCurrentInstance().getExternalContext()
                .getResourceAsStream("/resources/" + LIBRARY + "/" + name)) {
            sum.update(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Long.toHexString(sum.getValue());
    }

    private static final class Versioned extends ResourceWrapper {
        private final String version;

        Versioned(Resource file, String version) {
            super(file);
            this.version = version;
        }

        @Override
        public String getRequestPath() {
            return super.getRequestPath() + "&v=" + version;
        }
    }
}
