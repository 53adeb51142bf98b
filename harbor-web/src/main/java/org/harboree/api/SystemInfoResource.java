// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.harboree.access.AccessGuard;
import org.harboree.config.Settings;

/** What clients ask first: how to log in and, for those who have, which version stands here and where. */
@Path("systeminfo")
public class SystemInfoResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private AccessGuard guard;

    @Inject
    private Settings settings;

    /** Harbor's {@code GeneralInfo}; a null is left out, false is not. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record InfoView(String authMode, Boolean primaryAuthMode, Boolean selfRegistration, String bannerMessage,
            String oidcProviderName, String harborVersion, String registryUrl, String externalUrl,
            String projectCreationRestriction, Boolean hasCaRoot, Boolean readOnly, Boolean notificationEnable,
            String currentTime, String registryStorageProviderName) {

        InfoView with(Settings settings) {
            String url = settings.externalUrl().toString();
            return new InfoView(authMode, primaryAuthMode, selfRegistration, bannerMessage, oidcProviderName,
                    HarborVersion.current(), settings.externalUrl().getAuthority(), url,
                    settings.projectCreationRestriction().name().toLowerCase(Locale.ROOT), false, settings.readOnly(),
                    false, Json.time(Instant.now()), "filesystem");
        }
    }

    /** Harbor's {@code SystemInfo}. */
    record VolumesView(List<VolumeView> storage) {
    }

    /** Harbor's {@code Storage}, in bytes. */
    record VolumeView(long total, long free) {
    }

    @GET
    public Response info() {
        InfoView open = new InfoView("db_auth", false, settings.selfRegistration(), "", "", null, null, null, null,
                null, null, null, null, null);
        return Answers.ok(callers.of(request).isAnonymous() ? open : open.with(settings));
    }

    /** How large the data directory's file system is, for system administrators. */
    @GET
    @Path("volumes")
    public Response volumes() throws IOException {
        guard.requireSysadmin(callers.of(request));
        FileStore volume = Files.getFileStore(settings.dataDirectory());
        return Answers.ok(new VolumesView(List.of(new VolumeView(volume.getTotalSpace(), volume.getUsableSpace()))));
    }
}
