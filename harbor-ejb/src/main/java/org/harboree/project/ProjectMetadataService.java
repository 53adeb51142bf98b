// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.BiConsumer;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.transaction.UnitOfWork;

/** The metadata of a project, key by key. Without the right or the project, {@link Projects#resolve} refuses. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class ProjectMetadataService {
    private Projects directory;
    private ProjectDao projects;
    private MetadataStore metadata;
    private UnitOfWork unitOfWork;

    /** For the container's proxies. */
    public ProjectMetadataService() {
    }

    @Inject
    ProjectMetadataService(Projects directory, ProjectDao projects, MetadataStore metadata, UnitOfWork unitOfWork) {
        this.directory = directory;
        this.projects = projects;
        this.metadata = metadata;
        this.unitOfWork = unitOfWork;
    }

    /** Everything that is set, {@code public} always. */
    public Map<String, String> list(Caller caller, ProjectKey key) {
        ProjectRef project = directory.resolve(caller, key, Permission.METADATA_READ);
        return unitOfWork.call(() -> projects.find(project.id()).map(metadata::read))
                .orElseThrow(() -> Projects.missing(key));
    }

    /** The one pair, as a map. @throws HarborException NOT_FOUND if the key is not set */
    public Map<String, String> get(Caller caller, ProjectKey key, String name) {
        String value = list(caller, key).get(name);
        if (value == null) {
            throw unset(name);
        }
        return Map.of(name, value);
    }

    /** @throws HarborException BAD_REQUEST unless it is one pair that this product knows, CONFLICT if the key is set */
    public void add(Caller caller, ProjectKey key, Map<String, String> pair) {
        MetadataKey name = onlyKey(pair);
        write(caller, key, Permission.METADATA_CREATE, (row, present) -> {
            if (present.containsKey(name.key())) {
                throw new HarborException(ErrorCode.CONFLICT, "metadata " + name.key() + " exists already");
            }
            metadata.write(row, pair);
        });
    }

    /** @throws HarborException BAD_REQUEST if the body is not one pair of that key, NOT_FOUND if the key is not set */
    public void update(Caller caller, ProjectKey key, String name, Map<String, String> pair) {
        if (!onlyKey(pair).key().equals(name)) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the body has no value for metadata " + name);
        }
        write(caller, key, Permission.METADATA_UPDATE, (row, present) -> {
            requireSet(present, name);
            metadata.write(row, pair);
        });
    }

    /** @throws HarborException NOT_FOUND if the key is not set */
    public void delete(Caller caller, ProjectKey key, String name) {
        write(caller, key, Permission.METADATA_DELETE, (row, present) -> {
            requireSet(present, name);
            metadata.delete(row, MetadataKey.of(name));
        });
    }

    private void write(Caller caller, ProjectKey key, Permission permission,
            BiConsumer<Project, Map<String, String>> change) {
        ProjectRef project = directory.resolve(caller, key, permission);
        unitOfWork.run(() -> {
            Project row = projects.lock(project.id()).orElseThrow(() -> Projects.missing(key));
            change.accept(row, metadata.read(row));
        });
    }

    private static MetadataKey onlyKey(Map<String, String> pair) {
        if (pair.size() != 1) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "exactly one metadata pair is needed");
        }
        MetadataKey key = MetadataKey.of(pair.keySet().iterator().next());
        key.normalised(pair.get(key.key()));
        return key;
    }

    private static void requireSet(Map<String, String> present, String name) {
        if (!present.containsKey(name)) {
            throw unset(name);
        }
    }

    private static HarborException unset(String name) {
        return new HarborException(ErrorCode.NOT_FOUND, "metadata " + name + " not found");
    }
}
