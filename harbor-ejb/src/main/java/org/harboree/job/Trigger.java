// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/** What an execution was started by; the names are Harbor's and stand in the database. */
public enum Trigger {
    MANUAL, SCHEDULE, EVENT
}
