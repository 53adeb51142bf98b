// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Locale;
import org.harboree.config.Settings;

/** What clients ask first: how to log in and, for those who have, which version stands here and where. */
@Path("systeminfo")
public class SystemInfoResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

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

    @GET
    public Response info() {
        InfoView open = new InfoView("db_auth", false, settings.selfRegistration(), "", "", null, null, null, null, null,
                null, null, null, null);
        return Answers.ok(callers.of(request).isAnonymous() ? open : open.with(settings));
    }
}
