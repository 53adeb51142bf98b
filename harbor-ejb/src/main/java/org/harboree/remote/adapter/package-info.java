// SPDX-License-Identifier: Apache-2.0
/**
 * The kinds of registries that there are, one class each: where they list repositories, how they name them, what proves
 * to them who we are. All else is {@link org.harboree.remote.distribution.OciRegistry}.
 */
package org.harboree.remote.adapter;
