// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.harboree.oci.Digest;
import org.harboree.replication.Reconciliation;

/** How the two sides of a policy differ; Harbor has no such report. */
record ReconciliationView(@JsonInclude(JsonInclude.Include.ALWAYS) List<DifferenceView> missing,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<DifferenceView> different,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<DifferenceView> extra,
        @JsonInclude(JsonInclude.Include.ALWAYS) long bytes,
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean complete) {

    /** A digest is left out where there is nothing on that side. */
    record DifferenceView(String srcRepository, String destRepository, String reference, String srcDigest,
            String destDigest) {
        static DifferenceView of(Reconciliation.Difference difference) {
            return new DifferenceView(difference.source().value(), difference.destination().value(),
                    difference.reference(), difference.sourceDigest().map(Digest::toString).orElse(""),
                    difference.destinationDigest().map(Digest::toString).orElse(""));
        }
    }

    static ReconciliationView of(Reconciliation report) {
        return new ReconciliationView(views(report.missing()), views(report.different()), views(report.extra()),
                report.bytes(), report.complete());
    }

    private static List<DifferenceView> views(List<Reconciliation.Difference> differences) {
        return differences.stream().map(DifferenceView::of).toList();
    }
}
