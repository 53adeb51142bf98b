// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.harboree.error.HarborException;
import org.harboree.replication.DestinationNamespace;
import org.harboree.replication.PlatformChoice;
import org.harboree.replication.PolicyFilter;
import org.harboree.replication.PolicyFilters;
import org.harboree.replication.PolicySpec;
import org.harboree.replication.PolicyTrigger;

/** What a form asks about a replication rule: one condition of each kind, as people think of it. */
public final class RuleForm {
    /** The client id of the form, before those of its fields. */
    static final String ID = "rule:";

    private static final int ALL_LEVELS = -1;

    private String name;
    private String description;
    private boolean pull;
    private long registry;
    private String namespace;
    private int replaced = 1;
    private String names;
    private String tags;
    private String tagDecoration;
    private String labels;
    private String labelDecoration;
    private String resource;
    private String platforms;
    private String trigger = PolicyTrigger.Type.MANUAL.wireName();
    private String cron;
    private boolean deletion;
    private boolean override = true;
    private boolean enabled = true;
    private String speed;
    private boolean chunks;
    private boolean single;

    void fill(PolicySpec spec) {
        name = spec.name();
        description = spec.description();
        pull = spec.source().isPresent();
        registry = spec.source().orElse(spec.destination().orElse(0));
        namespace = spec.namespace().path();
        replaced = spec.namespace().replaced();
        firstOfEachKind(spec.filters()).forEach(this::fill);
        platforms = String.join(", ", spec.filters().choice().platforms());
        trigger = spec.trigger().type().wireName();
        cron = spec.trigger().cron().map(Object::toString).orElse("");
        deletion = spec.replicateDeletion();
        override = spec.override();
        enabled = spec.enabled();
        speed = spec.speed() == 0 ? "" : String.valueOf(spec.speed());
        chunks = spec.copyByChunk();
        single = spec.singleActive();
    }

    private void fill(PolicyFilter.Type type, PolicyFilter filter) {
        String value = String.join(", ", filter.texts());
        switch (type) {
            case NAME -> names = value;
            case TAG -> {
                tags = value;
                tagDecoration = filter.decoration();
            }
            case LABEL -> {
                labels = value;
                labelDecoration = filter.decoration();
            }
            case RESOURCE -> resource = value;
        }
    }

    /** Conditions for which the form has no field, since it has one of that kind already; they stay as they are. */
    static List<PolicyFilter> further(PolicyFilters filters) {
        List<PolicyFilter> further = new ArrayList<>(filters.all());
        firstOfEachKind(filters).values().forEach(further::remove);
        return further;
    }

    private static Map<PolicyFilter.Type, PolicyFilter> firstOfEachKind(PolicyFilters filters) {
        Map<PolicyFilter.Type, PolicyFilter> first = new EnumMap<>(PolicyFilter.Type.class);
        filters.all().forEach(filter -> first.putIfAbsent(filter.type(), filter));
        return first;
    }

    /** The rule; empty where something cannot be read, of which the person is told at its field. */
    Optional<PolicySpec> spec(List<PolicyFilter> further, Problem problem) {
        Optional<PolicySpec> draft = draft(further, problem);
        Optional<PolicyTrigger> start = read("cron", problem, () -> PolicyTrigger.of(trigger, cron));
        OptionalInt rate = rate(problem);
        if (draft.isEmpty() || start.isEmpty() || rate.isEmpty()) {
            return Optional.empty();
        }
        PolicySpec what = draft.get();
        return Optional.of(new PolicySpec(what.name(), what.description(), what.source(), what.destination(),
                what.namespace(), what.filters(), start.get(), deletion, override, enabled, rate.getAsInt(), chunks,
                single));
    }

    /** As {@link #spec}, of what is copied where; when and how are left open. */
    Optional<PolicySpec> draft(List<PolicyFilter> further, Problem problem) {
        Optional<DestinationNamespace> target = read("namespace", problem,
                () -> new DestinationNamespace(text(namespace), replaced));
        Optional<List<PolicyFilter>> filters = filters(further, problem);
        Optional<PlatformChoice> choice =
                read("platforms", problem, () -> new PlatformChoice(partsOf(platforms)));
        OptionalLong other = registry == 0 ? OptionalLong.empty() : OptionalLong.of(registry);
        return target.isEmpty() || filters.isEmpty() || choice.isEmpty() ? Optional.empty()
                : Optional.of(new PolicySpec(text(name), text(description), pull ? other : OptionalLong.empty(),
                        pull ? OptionalLong.empty() : other, target.get(), new PolicyFilters(filters.get(), choice),
                        PolicyTrigger.MANUAL, false, override, enabled, 0, chunks, false));
    }

    private Optional<List<PolicyFilter>> filters(List<PolicyFilter> further, Problem problem) {
        List<PolicyFilter> filters = new ArrayList<>();
        boolean read = add(filters, "names", problem, PolicyFilter.Type.NAME, listOf(names), null)
                & add(filters, "tags", problem, PolicyFilter.Type.TAG, listOf(tags), tagDecoration)
                & add(filters, "labels", problem, PolicyFilter.Type.LABEL, partsOf(labels), labelDecoration)
                & add(filters, "resource", problem, PolicyFilter.Type.RESOURCE, listOf(resource), null);
        filters.addAll(further);
        return read ? Optional.of(filters) : Optional.empty();
    }

    private static boolean add(List<PolicyFilter> filters, String field, Problem problem, PolicyFilter.Type type,
            List<String> texts, String decoration) {
        return texts.isEmpty() || read(field, problem,
                () -> filters.add(new PolicyFilter(type, texts, text(decoration)))).isPresent();
    }

    private static List<String> partsOf(String entered) {
        return Stream.of(text(entered).split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    private OptionalInt rate(Problem problem) {
        String digits = text(speed);
        if (digits.isEmpty()) {
            return OptionalInt.of(0);
        }
        if (!digits.matches("[0-9]{1,9}")) {
            problem.tellAt(ID + "speed", "rule.speed.invalid");
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(digits));
    }

    private static <T> Optional<T> read(String field, Problem problem, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (HarborException refusal) {
            problem.tellAt(ID + field, refusal);
            return Optional.empty();
        }
    }

    private static List<String> listOf(String entered) {
        return text(entered).isEmpty() ? List.of() : List.of(text(entered));
    }

    private static String text(String entered) {
        return entered == null ? "" : entered.strip();
    }

    /** How many levels of the name can go, those of a rule that was made elsewhere included. */
    public List<Integer> getLevels() {
        return Stream.concat(Stream.of(ALL_LEVELS, 0, 1, 2, 3), Stream.of(replaced)).distinct().sorted().toList();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    /** Whether the other registry is where it comes from; else it is where it goes. */
    public boolean isPull() {
        return pull;
    }

    public void setPull(boolean pull) {
        this.pull = pull;
    }

    /** The other registry; 0 while none is chosen. */
    public long getRegistry() {
        return registry;
    }

    public void setRegistry(long registry) {
        this.registry = registry;
    }

    public String getNamespace() {
        return namespace;
    }

    public void setNamespace(String namespace) {
        this.namespace = namespace;
    }

    /** As {@link DestinationNamespace#replaced}. */
    public int getReplaced() {
        return replaced;
    }

    public void setReplaced(int replaced) {
        this.replaced = replaced;
    }

    public String getNames() {
        return names;
    }

    public void setNames(String names) {
        this.names = names;
    }

    public String getTags() {
        return tags;
    }

    public void setTags(String tags) {
        this.tags = tags;
    }

    public String getTagDecoration() {
        return tagDecoration;
    }

    public void setTagDecoration(String tagDecoration) {
        this.tagDecoration = tagDecoration;
    }

    public String getLabels() {
        return labels;
    }

    public void setLabels(String labels) {
        this.labels = labels;
    }

    public String getLabelDecoration() {
        return labelDecoration;
    }

    public void setLabelDecoration(String labelDecoration) {
        this.labelDecoration = labelDecoration;
    }

    public String getResource() {
        return resource;
    }

    public void setResource(String resource) {
        this.resource = resource;
    }

    /** As {@link PlatformChoice#platforms}, with commas between them; empty for all. */
    public String getPlatforms() {
        return platforms;
    }

    public void setPlatforms(String platforms) {
        this.platforms = platforms;
    }

    /** Harbor's name of {@link PolicyTrigger.Type}. */
    public String getTrigger() {
        return trigger;
    }

    public void setTrigger(String trigger) {
        this.trigger = trigger;
    }

    public String getCron() {
        return cron;
    }

    public void setCron(String cron) {
        this.cron = cron;
    }

    public boolean isDeletion() {
        return deletion;
    }

    public void setDeletion(boolean deletion) {
        this.deletion = deletion;
    }

    public boolean isOverride() {
        return override;
    }

    public void setOverride(boolean override) {
        this.override = override;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** KiB per second of each task; empty for no limit. */
    public String getSpeed() {
        return speed;
    }

    public void setSpeed(String speed) {
        this.speed = speed;
    }

    public boolean isChunks() {
        return chunks;
    }

    public void setChunks(boolean chunks) {
        this.chunks = chunks;
    }

    public boolean isSingle() {
        return single;
    }

    public void setSingle(boolean single) {
        this.single = single;
    }
}
