// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.error.HarborException;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Sort;
import org.harboree.replication.Policy;
import org.harboree.replication.ReplicationPolicyService;
import org.harboree.replication.ReplicationService;

/** A run of a replication rule with its tasks, failed ones first, and what one of them says. */
@Named
@RequestScoped
public class ReplicationExecutionView extends ListView<ReplicationService.RunTask> {
    private static final String PAGE = "/harbor/replication-execution?id=";
    /** In the alphabet failures come first, then what waits and runs, and what succeeded last. */
    private static final Sort FAILED_FIRST = Sort.by(new Sort.Key("status", false));
    private static final int LINES = 500;
    private static final int MILLIS_WHILE_RUNNING = 1000;
    private static final int MILLIS_AFTER = 4000;

    @Inject
    private ReplicationPolicyService policies;

    @Inject
    private ReplicationService runs;

    @Inject
    private Live live;

    @Inject
    private Visitor visitor;

    @Inject
    private Navigation navigation;

    private long id;
    private long task;
    private ReplicationService.Run run;
    private ReplicationService.RunTask shown;
    private Policy policy;
    private List<String> lines;
    private String version;

    @Override
    protected Page<ReplicationService.RunTask> read(PageRequest request) {
        Sort sort = Sort.parse(getSort(), ReplicationService.TASK_KEYS, FAILED_FIRST);
        return runs.tasks(visitor.caller(), id, Set.of(), Optional.empty(), sort, request);
    }

    @Override
    public void load() {
        version = live.version(getLiveName());
        getPolicy();
        super.load();
        if (task != 0) {
            shown = runs.task(visitor.caller(), id, task);
        }
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("id", String.valueOf(id), "task", task == 0 ? "" : String.valueOf(task));
    }

    /** The run itself. @throws HarborException NOT_FOUND */
    public ReplicationService.Run getRun() {
        if (run == null) {
            run = runs.get(visitor.caller(), id);
        }
        return run;
    }

    /** The rule that it is a run of. @throws HarborException NOT_FOUND */
    public Policy getPolicy() {
        if (policy == null) {
            policy = policies.get(visitor.caller(), getRun().execution().vendorId());
        }
        return policy;
    }

    public boolean isRunning() {
        return !getRun().execution().status().isFinal();
    }

    /** Tasks that have come to their end, in whatever way. */
    public long getEnded() {
        return getRun().tasks().total() - getRun().tasks().open();
    }

    /** Of what was read: whatever gets on makes another one. */
    public String getVersion() {
        return version;
    }

    public String getLiveName() {
        return Live.run(id, task == 0 ? OptionalLong.empty() : OptionalLong.of(task));
    }

    /** How often the page asks whether something got on. */
    public int getMillisBetween() {
        return isRunning() ? MILLIS_WHILE_RUNNING : MILLIS_AFTER;
    }

    /** The task of which the log is shown; null for none. */
    public ReplicationService.RunTask getShown() {
        return shown;
    }

    /** The newest lines of its log. */
    public List<String> getLines() {
        if (lines == null) {
            lines = runs.lastLines(visitor.caller(), id, task, LINES);
        }
        return lines;
    }

    /** Whether there may be older lines than those that are shown. */
    public boolean isCut() {
        return getLines().size() == LINES;
    }

    /** The address that shows the log of a task. */
    public String logAddress(long taskId) {
        return address(Map.of("task", String.valueOf(taskId)));
    }

    public String getNoLogAddress() {
        return address(Map.of("task", ""));
    }

    /** The address of the whole log. */
    public String getWholeLogAddress() {
        return "/api/v2.0/replication/executions/" + id + "/tasks/" + task + "/log";
    }

    /** Stops the run. @throws HarborException as the service */
    public void stop() {
        runs.stop(visitor.caller(), id);
        navigation.leaveFor(PAGE + id, "run.stopping", getPolicy().spec().name());
    }

    /** Starts the rule once more, and leads to that run. @throws HarborException as the service */
    public void runAgain() {
        long again = runs.start(visitor.caller(), getPolicy().id());
        navigation.leaveFor(PAGE + again, "replication.started", getPolicy().spec().name());
    }

    public long getId() {
        return id;
    }

    public void setId(long id) {
        this.id = id;
    }

    /** 0 for none. */
    public long getTask() {
        return task;
    }

    public void setTask(long task) {
        this.task = task;
    }
}
