// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.component.ActionSource2;
import jakarta.faces.component.UIViewAction;
import jakarta.faces.event.ActionEvent;
import jakarta.faces.event.ActionListener;
import org.harboree.config.Settings;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;

/**
 * Refuses every button that changes something while the setting {@code read_only} holds, with a message in its form.
 * Who wants to sign in or out may: pulls go on, and need somebody.
 */
public class ReadOnlyActions implements ActionListener {
    private static final String SIGN_IN = "#{signInView.";

    private final ActionListener wrapped;

    /** Called by Faces. */
    public ReadOnlyActions(ActionListener wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public void processAction(ActionEvent event) {
        if (isButton(event) && !isSignIn(event) && CDI.current().select(Settings.class).get().readOnly()) {
            throw new HarborException(ErrorCode.DENIED).because(Reason.READ_ONLY);
        }
        wrapped.processAction(event);
    }

    /** Faces calls what a page does when it is looked at an action, too. */
    private static boolean isButton(ActionEvent event) {
        return !(event.getComponent() instanceof UIViewAction);
    }

    private static boolean isSignIn(ActionEvent event) {
        return event.getComponent() instanceof ActionSource2 button && button.getActionExpression() != null
                && button.getActionExpression().getExpressionString().startsWith(SIGN_IN);
    }
}
