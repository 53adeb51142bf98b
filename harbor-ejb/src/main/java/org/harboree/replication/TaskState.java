// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.harboree.job.TaskContext;
import org.harboree.oci.Digest;
import org.harboree.remote.UploadSessions;

/** How far a task is: which of its items are done, and which uploads to the other side are open. */
final class TaskState implements UploadSessions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TaskContext task;
    private final BitSet done;
    private final Map<String, String> sessions = new HashMap<>();

    private TaskState(TaskContext task, BitSet done) {
        this.task = task;
        this.done = done;
    }

    /** As the last checkpoint left it. */
    static TaskState of(TaskContext task) {
        JsonNode node = parsed(task.state().orElse("{}"));
        TaskState state = new TaskState(task,
                BitSet.valueOf(Base64.getDecoder().decode(node.path("done").asText())));
        node.path("uploads").properties().forEach(
                entry -> state.sessions.put(entry.getKey(), entry.getValue().asText()));
        return state;
    }

    /** The blobs whose uploads tasks have begun that left these checkpoints, and not ended. */
    static Set<Digest> begunIn(List<String> checkpoints) {
        Set<Digest> begun = new HashSet<>();
        checkpoints.forEach(checkpoint -> parsed(checkpoint).path("uploads").fieldNames()
                .forEachRemaining(digest -> begun.add(Digest.parse(digest))));
        return begun;
    }

    private static JsonNode parsed(String checkpoint) {
        try {
            return JSON.readTree(checkpoint);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the checkpoint of a replication task is no JSON", e);
        }
    }

    boolean isDone(int item) {
        return done.get(item);
    }

    int countDone() {
        return done.cardinality();
    }

    /** Saves that the item is done. */
    void done(int item) {
        same(item);
        save();
    }

    /** The item needed nothing: not saved at once, for a run after a restart finds that out as fast. */
    void same(int item) {
        done.set(item);
    }

    /** The blobs whose uploads have not ended. */
    Set<Digest> begun() {
        return sessions.keySet().stream().map(Digest::parse).collect(Collectors.toSet());
    }

    @Override
    public Optional<String> find(Digest digest) {
        return Optional.ofNullable(sessions.get(digest.toString()));
    }

    @Override
    public void remember(Digest digest, String session) {
        sessions.put(digest.toString(), session);
        save();
    }

    /** Not saved at once: a session that is no more is found out to be none. */
    @Override
    public void forget(Digest digest) {
        sessions.remove(digest.toString());
    }

    private void save() {
        ObjectNode node = JSON.createObjectNode()
                .put("done", Base64.getEncoder().encodeToString(done.toByteArray()));
        ObjectNode uploads = node.putObject("uploads");
        sessions.forEach(uploads::put);
        task.checkpoint(node.toString(), () -> { });
    }
}
