// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.util.Map;
import java.util.Set;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** Writes a picture as a link to it: its text, or its address where it has none. */
final class PictureLinks implements NodeRenderer {
    private final HtmlNodeRendererContext context;
    private final HtmlWriter html;

    PictureLinks(HtmlNodeRendererContext context) {
        this.context = context;
        this.html = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(Image.class);
    }

    @Override
    public void render(Node node) {
        String address = context.urlSanitizer().sanitizeImageUrl(((Image) node).getDestination());
        html.tag("a", context.extendAttributes(node, "a", Map.of("href", context.encodeUrl(address))));
        if (node.getFirstChild() == null) {
            html.text(address);
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            context.render(child);
        }
        html.tag("/a");
    }
}
