// SPDX-License-Identifier: Apache-2.0
/**
 * Copies artifacts between this registry and others by rule.
 *
 * <p>A policy says what ({@link org.harboree.replication.PolicySpec}); a run of it is an execution of
 * {@code org.harboree.job}, in which a first task finds what there is to do and makes a task for each repository. Both
 * sides of a copy are {@link org.harboree.remote.RemoteRegistry}: this registry is one too, spoken to by calls of the
 * same services that a push goes through. Called by harbor-web for the API, and by the job engine and the outbox.
 */
package org.harboree.replication;
