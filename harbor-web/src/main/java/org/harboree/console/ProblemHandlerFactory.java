// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;

/** Has {@link ProblemHandler} called for every exception of a page. */
public class ProblemHandlerFactory extends ExceptionHandlerFactory {

    /** Called by Faces. */
    public ProblemHandlerFactory(ExceptionHandlerFactory wrapped) {
        super(wrapped);
    }

    @Override
    public ExceptionHandler getExceptionHandler() {
        return new ProblemHandler(getWrapped().getExceptionHandler());
    }
}
