// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The OCI distribution conformance suite with every switch on; its report stays in {@code target/conformance/}. */
@Tag("clients")
class ConformanceIT {

    /** What the pinned suite checks at least when nothing is switched off; some checks depend on earlier answers. */
    private static final int CHECKS = 1024;

    private static final Path REPORT = Path.of("target", "conformance").toAbsolutePath();

    /** "dev" asks for all of the coming version; the rest of the switches are off, or could be, even there. */
    private static final Map<String, String> SWITCHES = Map.of(
            "OCI_VERSION", "dev",
            "OCI_DATA_SPARSE", "true",
            "OCI_API_BLOBS_UPLOAD_CANCEL", "true",
            "OCI_API_BLOBS_DIGEST_HEADER", "true",
            "OCI_API_MANIFESTS_DIGEST_HEADER", "true",
            "OCI_API_MANIFESTS_TAG_PARAM", "true",
            "OCI_TLS", "disabled");

    @Test
    void shouldPassEveryCheckOfTheConformanceSuite() throws Exception {
        Product product = Product.running();
        String project = product.api()
                .newProject("conformance", Map.of("public", "false", "allow_sparse_index", "true"));
        ClientHome home = ClientHome.create("conformance");
        SWITCHES.forEach(home::set);
        home.set("OCI_REGISTRY", product.registry());
        home.set("OCI_REPO1", project + "/first");
        home.set("OCI_REPO2", project + "/second");
        home.set("OCI_USERNAME", "admin");
        home.set("OCI_PASSWORD", product.adminPassword());
        home.set("OCI_RESULTS_DIR", Files.createDirectories(REPORT).toString());

        Outcome outcome = home.command("conformance").run();

        Files.writeString(REPORT.resolve("summary.txt"), outcome.output());
        Document report = report();
        assertThat(elements(report, "testcase").filter(check -> !"passed".equals(check.getAttribute("status")))
                .map(check -> check.getAttribute("status") + " " + check.getAttribute("name")))
                .as("checks that did not pass; see " + REPORT.resolve("report.html"))
                .isEmpty();
        Element suite = elements(report, "testsuite").findFirst().orElseThrow();
        assertThat(Integer.parseInt(suite.getAttribute("tests"))).isGreaterThanOrEqualTo(CHECKS);
        assertThat(List.of("failures", "errors", "skipped", "disabled")).allSatisfy(
                kind -> assertThat(suite.getAttribute(kind)).as(kind).isIn("", "0"));
        assertThat(outcome.status()).as(outcome.toString()).isZero();
    }

    private static Document report() throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(REPORT.resolve("junit.xml").toFile());
    }

    private static Stream<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(index -> (Element) found.item(index));
    }
}
