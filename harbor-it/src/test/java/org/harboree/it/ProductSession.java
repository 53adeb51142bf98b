// SPDX-License-Identifier: Apache-2.0
package org.harboree.it;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Stops the product when the last test is over, while the test JVM is still whole. */
public final class ProductSession implements LauncherSessionListener {

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        ProductProcess.stopRunning();
    }
}
