// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.harboree.config.Settings;
import org.harboree.oci.Digest;

/** How to pull something with each tool; {@code #{pullCommands}} in pages. */
@Named
@RequestScoped
public class PullCommands {
    private static final List<String> IMAGE = List.of("docker", "podman", "skopeo", "oras");
    private static final List<String> CHART = List.of("helm", "oras", "skopeo");
    private static final List<String> OTHER = List.of("oras", "skopeo");

    @Inject
    private Settings settings;

    @Inject
    private Preferences preferences;

    /** The tools for Harbor's type of artifact, the usual one first. */
    public List<String> tools(String type) {
        return switch (type) {
            case "IMAGE" -> IMAGE;
            case "CHART" -> CHART;
            default -> OTHER;
        };
    }

    /** The tool that the visitor chose last if it fits, else the usual one. */
    public String chosen(String type) {
        List<String> tools = tools(type);
        return tools.contains(preferences.getTool()) ? preferences.getTool() : tools.get(0);
    }

    /** @param repository with its project. @param reference tag or digest. @return a line for a shell */
    public String of(String tool, String repository, String reference) {
        return command(tool, settings.externalUrl().getAuthority() + "/" + repository, reference,
                settings.externalUrl().getScheme().equals("http"));
    }

    static String command(String tool, String name, String reference, boolean plain) {
        boolean digest = Digest.isDigest(reference);
        String whole = name + (digest ? "@" : ":") + reference;
        return switch (tool) {
            case "docker" -> "docker pull " + whole;
            case "podman" -> "podman pull" + (plain ? " --tls-verify=false" : "") + " " + whole;
            case "skopeo" -> "skopeo copy" + (plain ? " --src-tls-verify=false" : "") + " docker://" + whole
                    + " oci:" + name.substring(name.lastIndexOf('/') + 1) + (digest ? "" : ":" + reference);
            case "helm" -> "helm pull" + (plain ? " --plain-http" : "") + " oci://" + name
                    + (digest ? "@" + reference : " --version " + reference.replace('_', '+'));
            case "oras" -> "oras pull" + (plain ? " --plain-http" : "") + " " + whole;
            default -> throw new IllegalArgumentException("no tool " + tool);
        };
    }
}
