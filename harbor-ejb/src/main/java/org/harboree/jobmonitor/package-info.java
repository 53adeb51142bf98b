// SPDX-License-Identifier: Apache-2.0
/**
 * What system administrators see and do about jobs in general: nodes, queues, schedules, logs. Called by the API and
 * the console; it knows nothing of what the work is.
 */
package org.harboree.jobmonitor;
