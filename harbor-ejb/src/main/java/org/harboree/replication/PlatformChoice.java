// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Platform;

/**
 * The children of an index that a policy takes along: those for some platforms, or all. The index itself stays as it
 * is, so what is left out of it is missing on the other side.
 *
 * @param platforms {@code os/architecture} or {@code os/architecture/variant}, in Go's words; without a variant all of
 *     them are meant; empty for all platforms
 */
public record PlatformChoice(List<String> platforms) {
    /** All children. */
    public static final PlatformChoice ALL = new PlatformChoice(List.of());

    private static final int MOST = 50;
    private static final int VARIANT = 2;
    private static final Pattern FORM = Pattern.compile("[a-z0-9]{1,32}/[a-z0-9]{1,32}(/[a-z0-9.]{1,32})?");
    /** How BuildKit marks an attestation: it is for no platform, but for a child that it names. */
    private static final String ABOUT = "vnd.docker.reference.digest";

    /** @throws HarborException BAD_REQUEST */
    public PlatformChoice {
        platforms = List.copyOf(platforms);
        require(platforms.size() <= MOST, "more than " + MOST + " platforms");
        for (String platform : platforms) {
            require(FORM.matcher(platform).matches(), "invalid platform: " + platform
                    + "; it is os/architecture or os/architecture/variant");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new HarborException(ErrorCode.BAD_REQUEST, message).because(Reason.RULE_PLATFORM_INVALID);
        }
    }

    /** Whether nothing is left out. */
    boolean isAll() {
        return platforms.isEmpty();
    }

    /**
     * Those of an index's children that are taken along. One that is for no platform is: nobody can tell whom it is
     * for, unless it is an attestation, which goes with the child that it is about.
     */
    List<Descriptor> of(List<Descriptor> children) {
        if (isAll()) {
            return children;
        }
        Set<String> taken = new HashSet<>();
        children.stream().filter(child -> child.platform().filter(this::isMeant).isPresent())
                .map(Descriptor::digest).map(Digest::toString).forEach(taken::add);
        return children.stream().filter(child -> taken.contains(child.digest().toString())
                || isForNoPlatform(child) && isAboutOneOf(child, taken)).toList();
    }

    private boolean isMeant(Platform platform) {
        return platforms.stream().map(text -> text.split("/")).anyMatch(parts -> parts[0].equals(platform.os())
                && parts[1].equals(platform.architecture())
                && (parts.length <= VARIANT || parts[VARIANT].equals(platform.variant())));
    }

    private static boolean isForNoPlatform(Descriptor child) {
        return child.platform().filter(platform -> !platform.os().isEmpty() && !platform.os().equals("unknown"))
                .isEmpty();
    }

    private static boolean isAboutOneOf(Descriptor child, Set<String> taken) {
        String about = child.annotations().get(ABOUT);
        return about == null || taken.contains(about);
    }
}
