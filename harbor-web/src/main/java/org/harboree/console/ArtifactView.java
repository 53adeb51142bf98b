// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.harboree.listing.PageRequest;
import org.harboree.oci.MediaTypes;
import org.harboree.registry.AccessoryDetails;
import org.harboree.registry.ArtifactContent;
import org.harboree.registry.ArtifactDetails;
import org.harboree.registry.ArtifactService;
import org.harboree.registry.DeletionPlan;
import org.harboree.registry.ReferenceDetails;
import org.harboree.registry.TagService;

/** What is in an artifact, which tags it has, and what says something about it. */
@Named
@RequestScoped
public class ArtifactView {
    private static final String OVERVIEW = "overview";
    private static final String LAYERS = "layers";
    private static final String CONFIG = "config";
    private static final String REFERRERS = "referrers";

    @Inject
    private ArtifactService artifacts;

    @Inject
    private TagService tags;

    @Inject
    private RepositoryHead head;

    @Inject
    private Visitor visitor;

    @Inject
    private Navigation navigation;

    private String reference = "";
    private String tab = OVERVIEW;
    private ArtifactDetails artifact;
    private ImageFacts facts;
    private ArtifactContent content;
    private LayerStack stack;
    private Map<String, Long> entrySizes;
    private List<AccessoryDetails> referrers;
    private DeletionPlan plan;
    private String newTag;
    private String oldTag;

    /** @throws org.harboree.error.HarborException as the services */
    public void load() {
        artifact = artifacts.get(visitor.caller(), head.getProject(), head.getRest(), reference,
                new ArtifactService.Wanted(true, true));
        facts = ImageFacts.of(artifact);
    }

    public ArtifactDetails getArtifact() {
        if (artifact == null) {
            load();
        }
        return artifact;
    }

    public ImageFacts getFacts() {
        getArtifact();
        return facts;
    }

    public List<String> getPlatforms() {
        return ImageFacts.platforms(getArtifact());
    }

    public boolean isIndex() {
        return MediaTypes.isIndex(getArtifact().manifestMediaType());
    }

    /** The tabs that this kind of artifact has. */
    public List<String> getTabs() {
        List<String> shown = new ArrayList<>(List.of(OVERVIEW));
        if (!isIndex()) {
            shown.add(LAYERS);
        }
        if (getFacts().isConfigured()) {
            shown.add(CONFIG);
        }
        shown.add(REFERRERS);
        return shown;
    }

    /** The address of another tab. */
    public String tabAddress(String other) {
        return "?name=" + head.getName() + "&reference=" + reference + (other.equals(OVERVIEW) ? "" : "&tab=" + other);
    }

    /** What one would pull it by: a tag, if it has one, else its digest. */
    public String getPullReference() {
        boolean tagged = getArtifact().tags().stream().anyMatch(tag -> tag.name().equals(reference));
        return tagged ? reference
                : artifact.tags().isEmpty() ? artifact.digest() : artifact.tags().get(0).name();
    }

    /** As the page that compares takes it. */
    public String getWhole() {
        return head.getName() + "@" + getArtifact().digest();
    }

    public ArtifactContent getContent() {
        if (content == null) {
            content = artifacts.content(visitor.caller(), head.getProject(), head.getRest(), getArtifact().digest());
        }
        return content;
    }

    /** The layers beside the build's history, where there is one. */
    public LayerStack getStack() {
        if (stack == null) {
            stack = LayerStack.of(getContent(), getArtifact().type().equals("IMAGE")
                    ? artifacts.buildHistory(visitor.caller(), head.getProject(), head.getRest(), artifact.digest())
                    : Optional.empty());
        }
        return stack;
    }

    /** The entries of an index that are images; builders mark others, such as attestations, as unknown. */
    public List<ReferenceDetails> getEntries() {
        return getArtifact().references().stream()
                .filter(entry -> !platform(entry).contains("unknown")).toList();
    }

    /** How many entries of an index are no images. */
    public int getOtherEntries() {
        return getArtifact().references().size() - getEntries().size();
    }

    public String platform(ReferenceDetails entry) {
        return entry.platform().map(ImageFacts::platform).orElse("");
    }

    /** Size of an entry of the index; null where the repository does not hold it. */
    public Long size(ReferenceDetails entry) {
        if (entrySizes == null) {
            String digests = getArtifact().references().stream().map(ReferenceDetails::childDigest).distinct()
                    .limit(PageRequest.MAX_SIZE).collect(Collectors.joining(" "));
            entrySizes = artifacts.list(visitor.caller(), head.getProject(), head.getRest(),
                            new PageRequest(1, PageRequest.MAX_SIZE), "base=*,digest={" + digests + "}", "",
                            new ArtifactService.Wanted(false, false))
                    .items().stream().collect(Collectors.toMap(ArtifactDetails::digest, ArtifactDetails::size));
        }
        return entrySizes.get(entry.childDigest());
    }

    /** The newest of what has this artifact as its subject. */
    public List<AccessoryDetails> getReferrers() {
        if (referrers == null) {
            referrers = artifacts.accessories(visitor.caller(), head.getProject(), head.getRest(),
                    getArtifact().digest(), new PageRequest(1, PageRequest.MAX_SIZE)).items();
        }
        return referrers;
    }

    /** Finds out what deleting the artifact would do, for the dialog that asks. */
    public void planDeletion() {
        plan = artifacts.planDeletion(visitor.caller(), head.getProject(), head.getRest(),
                List.of(getArtifact().digest()));
    }

    /** Deletes it, and shows what else is in the repository. */
    public void delete() {
        String digest = getArtifact().digest();
        artifacts.delete(visitor.caller(), head.getProject(), head.getRest(), digest);
        navigation.leaveFor("/harbor/repository?name=" + head.getName(), "artifacts.deleted", 1);
    }

    /** Gives it one more tag. @throws org.harboree.error.HarborException as the service */
    public void addTag() {
        String name = newTag == null ? "" : newTag.strip();
        tags.create(visitor.caller(), head.getProject(), head.getRest(), getArtifact().digest(), name);
        navigation.leaveFor(address(), "artifact.tagged", name);
    }

    /** Takes a tag from it; the artifact stays. */
    public void removeTag() {
        String name = oldTag == null ? "" : oldTag;
        tags.delete(visitor.caller(), head.getProject(), head.getRest(), getArtifact().digest(), name);
        navigation.leaveFor(address(), "artifact.untagged", name);
    }

    private String address() {
        return "/harbor/artifact?name=" + head.getName() + "&reference=" + artifact.digest();
    }

    /** Null until it was asked for. */
    public DeletionPlan getPlan() {
        return plan;
    }

    public String getReference() {
        return reference;
    }

    public void setReference(String reference) {
        this.reference = reference == null ? "" : reference;
    }

    /** The tab that is shown: the one that is asked for, if this kind of artifact has it. */
    public String getShown() {
        return getTabs().contains(tab) ? tab : OVERVIEW;
    }

    public String getTab() {
        return tab;
    }

    public void setTab(String tab) {
        this.tab = tab == null ? OVERVIEW : tab;
    }

    public String getNewTag() {
        return newTag;
    }

    public void setNewTag(String newTag) {
        this.newTag = newTag;
    }

    public String getOldTag() {
        return oldTag;
    }

    public void setOldTag(String oldTag) {
        this.oldTag = oldTag;
    }
}
