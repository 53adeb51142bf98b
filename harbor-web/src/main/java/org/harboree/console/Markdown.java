// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * What people write about their images, as HTML that does no harm: HTML in it is shown as text, links lead to the web
 * or below this page, and pictures are links to them, because a page asks no other host for anything.
 */
final class Markdown {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(64).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true)
            .sanitizeUrls(true).urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto")))
            .nodeRendererFactory(PictureLinks::new).attributeProviderFactory(context ->
                    (node, tag, attributes) -> {
                        if (tag.equals("a")) {
                            attributes.put("rel", "nofollow noopener noreferrer");
                        }
                    }).build();

    private Markdown() {
    }

    /** @param text CommonMark with tables; empty for nothing */
    static String html(String text) {
        return RENDERER.render(PARSER.parse(text));
    }
}
