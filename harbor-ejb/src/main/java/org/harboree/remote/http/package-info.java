// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP to other registries, and nothing of what is said over it: where requests may go ({@link
 * org.harboree.remote.http.TargetGuard}), how they prove who we are, when they are repeated, and what their failures
 * are called.
 */
package org.harboree.remote.http;
