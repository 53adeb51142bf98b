// SPDX-License-Identifier: Apache-2.0
/**
 * Black-box tests: the running product, seen only over HTTP. {@link org.harboree.it.Product} starts it once for a test
 * JVM; every test makes projects and users of its own over the REST API. Nothing here may know a class of the product.
 */
package org.harboree.it;
