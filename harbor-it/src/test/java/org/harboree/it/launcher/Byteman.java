// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.launcher;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;

/** Rules that change, at a named place of its code, what the server does. */
public final class Byteman {

    private Byteman() {
    }

    /**
     * The value of {@code HARBOR_JAVA_OPTS} that loads a file of rules. Byteman's classes must be seen from WildFly's
     * modules, which ask the system only for the packages named here.
     */
    public static String options(Path rules) {
        String agent = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> Path.of(path).getFileName().toString().matches("byteman-[0-9.]+\\.jar"))
                .findFirst().orElseThrow(() -> new AssertionError("Byteman is not on the class path"));
        return "-javaagent:" + agent + "=script:" + rules + " -Djboss.modules.system.pkgs=org.jboss.byteman"
                + " -Dorg.jboss.byteman.transform.all=false";
    }
}
