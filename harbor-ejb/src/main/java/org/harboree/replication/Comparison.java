// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.Reference;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;

/** Compares the two sides of a policy, for a {@link Reconciliation}. */
final class Comparison {
    /** References that are compared at most. */
    private static final int MOST = 10_000;

    private final Policy policy;
    private final PlatformChoice platforms;
    private final RemoteRegistry source;
    private final RemoteRegistry target;
    private final List<Reconciliation.Difference> missing = new ArrayList<>();
    private final List<Reconciliation.Difference> different = new ArrayList<>();
    private final List<Reconciliation.Difference> extra = new ArrayList<>();
    private final Set<String> counted = new HashSet<>();
    /** Of the repository that is being compared, as the next one. */
    private ReferrerLists referrers;
    private Belongings belongings;
    private long bytes;
    private int compared;

    private Comparison(Policy policy, RemoteRegistry source, RemoteRegistry target) {
        this.policy = policy;
        this.platforms = policy.spec().filters().choice();
        this.source = source;
        this.target = target;
    }

    static Reconciliation of(Policy policy, RemoteRegistry source, RemoteRegistry target) throws IOException {
        Comparison comparison = new Comparison(policy, source, target);
        boolean complete = comparison.run(new Candidates(policy, source));
        return new Reconciliation(comparison.missing, comparison.different, comparison.extra, comparison.bytes,
                complete);
    }

    private boolean run(Candidates candidates) throws IOException {
        Map<RemoteName, Set<Tag>> expected = new TreeMap<>();
        Map<RemoteName, RemoteName> origins = new TreeMap<>();
        for (RemoteName repository : candidates.repositories()) {
            for (TaskSpec task : candidates.tasks(repository)) {
                origins.putIfAbsent(task.destination(), repository);
                Transfer.Side here = Transfer.Side.source(policy.spec(), source, task);
                referrers = new ReferrerLists(here);
                belongings = new Belongings(here, Transfer.Side.target(policy.spec(), target, task), platforms,
                        referrers);
                Set<Tag> tags = expected.computeIfAbsent(task.destination(), name -> new HashSet<>());
                for (TaskSpec.Item item : task.items()) {
                    if (compared >= MOST) {
                        return false;
                    }
                    tags.addAll(item.tags());
                    compare(task, item);
                }
            }
        }
        for (Map.Entry<RemoteName, Set<Tag>> entry : expected.entrySet()) {
            for (Tag tag : target.tags(entry.getKey())) {
                if (!entry.getValue().contains(tag) && !tag.isOfReferrers()) {
                    extra.add(new Reconciliation.Difference(origins.get(entry.getKey()), entry.getKey(), tag.value(),
                            Optional.empty(),
                            target.headManifest(entry.getKey(), tag).map(RemoteManifest.Head::digest)));
                }
            }
        }
        return true;
    }

    private void compare(TaskSpec task, TaskSpec.Item item) throws IOException {
        List<Reference> references = new ArrayList<>(item.tags());
        if (references.isEmpty()) {
            item.digest().ifPresent(references::add);
        }
        for (Reference reference : references) {
            compared++;
            Optional<RemoteManifest.Head> head = source.headManifest(task.source(), reference);
            Optional<Digest> wanted = head.map(RemoteManifest.Head::digest);
            Optional<Digest> present =
                    target.headManifest(task.destination(), reference).map(RemoteManifest.Head::digest);
            if (wanted.isEmpty()) {
                continue;
            }
            if (wanted.equals(present)) {
                belongings.look(head.get().digest(), head.get().mediaType(), part -> addMissing(task, part));
                continue;
            }
            (present.isEmpty() ? missing : different).add(new Reconciliation.Difference(task.source(),
                    task.destination(), reference.toString(), wanted, present));
            count(task, wanted.get());
        }
    }

    private boolean addMissing(TaskSpec task, Descriptor part) throws IOException {
        missing.add(new Reconciliation.Difference(task.source(), task.destination(), part.digest().toString(),
                Optional.of(part.digest()), Optional.empty()));
        count(task, part.digest());
        return true;
    }

    /** Adds what the other side lacks of the manifest, of all that it needs, and of what refers to it. */
    private void count(TaskSpec task, Digest digest) throws IOException {
        if (!counted.add(task.destination() + "@" + digest)
                || target.headManifest(task.destination(), digest).isPresent()) {
            return;
        }
        Optional<RemoteManifest> manifest = source.manifest(task.source(), digest);
        if (manifest.isEmpty()) {
            return;
        }
        bytes += manifest.get().bytes().length;
        Manifest content =
                ManifestParser.parse(manifest.get().bytes(), manifest.get().mediaType(), digest.algorithm());
        for (Descriptor child : platforms.of(content.children())) {
            count(task, child.digest());
        }
        for (Descriptor blob : content.blobs()) {
            if (counted.add(blob.digest().toString())
                    && target.blobSize(task.destination(), blob.digest()).isEmpty()) {
                bytes += blob.size();
            }
        }
        for (Descriptor referrer : referrers.of(digest)) {
            count(task, referrer.digest());
        }
    }
}
