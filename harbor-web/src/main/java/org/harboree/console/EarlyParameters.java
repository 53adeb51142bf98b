// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import jakarta.el.ValueExpression;
import jakarta.faces.component.UIViewParameter;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.faces.view.ViewMetadata;

/**
 * Gives beans the parameters of their page before a form of it is read: Faces does it three phases later, but which
 * forms and buttons there are, which depends on project and rights, is decided now. The parameters are there because
 * {@link KeptAddress} keeps them. Whatever Faces does later with them it does all the same, refusing them included.
 */
public class EarlyParameters implements PhaseListener {
    private static final long serialVersionUID = 1L;

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.APPLY_REQUEST_VALUES;
    }

    @Override
    public void beforePhase(PhaseEvent event) {
        FacesContext context = event.getFacesContext();
        if (context.isPostback()) {
            ViewMetadata.getViewParameters(context.getViewRoot()).forEach(parameter -> give(context, parameter));
        }
    }

    private static void give(FacesContext context, UIViewParameter parameter) {
        String value = context.getExternalContext().getRequestParameterMap().get(parameter.getName());
        ValueExpression target = parameter.getValueExpression("value");
        if (value != null && target != null) {
            ELContext language = context.getELContext();
            try {
                target.setValue(language, language.convertToType(value, target.getType(language)));
            } catch (ELException notOfThatType) {
                // the phase that converts parameters refuses it
            }
        }
    }
}
