// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    @Test
    void shouldWriteWhatPeopleMean() {
        assertThat(Markdown.html("# nginx\n\n*fast*, `small`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
                .contains("<h1>nginx</h1>").contains("<em>fast</em>").contains("<code>small</code>")
                .contains("<td>2</td>");
        assertThat(Markdown.html("[home](https://example.com/x)"))
                .contains("<a rel=\"nofollow noopener noreferrer\" href=\"https://example.com/x\">home</a>");
        assertThat(Markdown.html("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<b onclick='x'>",
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,<script>alert(1)</script>)",
        "![x](javascript:alert(1))", "<javascript:alert(1)>", "[x](vbscript:x)", "[x](&#106;avascript:alert(1))",
        "![a\" onerror=\"x](b)", "[a](b \"\\\" onclick=\\\"x\")", "<!-- --><svg onload=alert(1)>", "```<script>\nx\n```"})
    void shouldLetNothingThrough(String text) {
        String html = Markdown.html(text);

        assertThat(html.replaceAll("<(/?(p|a|pre|code|h1))( (rel|href|title|class)=\"[^\"<>]*\")*>", ""))
                .doesNotContain("<");
        assertThat(html.toLowerCase()).doesNotContainPattern("href=\"\\s*(javascript|data|vbscript):");
    }

    @Test
    void shouldAskNoOtherHostForPictures() {
        assertThat(Markdown.html("![logo](https://example.com/logo.png)")).doesNotContain("<img")
                .contains("href=\"https://example.com/logo.png\"").contains("logo</a>");
        assertThat(Markdown.html("![](https://example.com/logo.png)")).contains(">https://example.com/logo.png</a>");
    }

    @Test
    void shouldBearWhatIsNestedWithoutEnd() {
        assertThatCode(() -> Markdown.html(">".repeat(15_000))).doesNotThrowAnyException();
        assertThatCode(() -> Markdown.html("[".repeat(15_000))).doesNotThrowAnyException();
        assertThatCode(() -> Markdown.html("*a ".repeat(5_000) + "**".repeat(3_000))).doesNotThrowAnyException();
    }
}
