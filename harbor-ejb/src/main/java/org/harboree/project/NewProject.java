// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;

/**
 * A project to be made.
 *
 * @param metadata by the keys of {@link MetadataKey}; without {@code public} it is private
 */
public record NewProject(String name, Map<String, String> metadata) {
    private static final int MOST_NAME = 255;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*");

    public NewProject {
        metadata = Map.copyOf(metadata);
    }

    /** @throws HarborException BAD_REQUEST naming what is wrong */
    NewProject requireValid() {
        if (name == null || name.length() > MOST_NAME || !NAME.matcher(name).matches()) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the project name must have 1 to 255 lower case letters,"
                    + " digits and separators (. _ -) between them")
                    .because(Reason.PROJECT_NAME_INVALID);
        }
        String visibility = metadata.getOrDefault(MetadataKey.PUBLIC.key(), "false");
        if (!Set.of("true", "false").contains(visibility)) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "metadata.public should only be \"true\" or \"false\"");
        }
        metadata.forEach((key, value) -> MetadataKey.of(key).normalised(value));
        return this;
    }

    boolean isPublic() {
        return Boolean.parseBoolean(metadata.get(MetadataKey.PUBLIC.key()));
    }
}
