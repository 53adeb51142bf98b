// SPDX-License-Identifier: Apache-2.0
/**
 * Work that outlives a request: executions, their tasks, schedules, and what a kind of work has to bring along.
 *
 * <p>Anybody above may start, observe and stop work here ({@link org.harboree.job.Executions},
 * {@link org.harboree.job.Schedules}) and bring kinds of it ({@link org.harboree.job.JobKind}). Who may is asked by the
 * callers' services. This package knows neither what the work is nor who runs it: threads are harbor-batch's.
 */
package org.harboree.job;
