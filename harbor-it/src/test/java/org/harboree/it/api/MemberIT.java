// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.harboree.it.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberIT {
    private static final ApiClient ADMIN = ApiClient.admin();

    private String members;

    @BeforeEach
    void makeProject() {
        members = "/projects/" + Product.running().api().newProject("members") + "/members";
    }

    @Test
    void addShouldAnswerWithThePathOfTheMembership() {
        ApiClient user = ApiClient.newUser("member");
        ApiClient.Answer answer = ADMIN.post(members, body(2, user));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location").orElseThrow()).startsWith("/api/v2.0" + members + "/");
        JsonNode member = ADMIN.get(members + "/" + answer.newId()).json();
        assertThat(member.get("entity_name").asText()).isEqualTo(user.name());
        assertThat(member.get("role_name").asText()).isEqualTo("developer");
        assertThat(member.get("role_id").asInt()).isEqualTo(2);
        assertThat(member.get("entity_type").asText()).isEqualTo("u");
        assertThat(user.get(members).status()).isEqualTo(200);
    }

    @Test
    void addShouldTakeTheIdOfAUser() {
        ApiClient user = ApiClient.newUser("by-id");
        long id = user.get("/users/current").json().get("user_id").asLong();
        assertThat(ADMIN.post(members, "{\"role_id\":3,\"member_user\":{\"user_id\":" + id + "}}").status())
                .isEqualTo(201);
    }

    @Test
    void addShouldRefuseAMemberASecondTime() {
        ApiClient user = ApiClient.newUser("twice");
        ADMIN.post(members, body(2, user));
        assertThat(ADMIN.post(members, body(3, user)).status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"role_id\":9,\"member_user\":{\"username\":\"admin\"}}          | 400",
        "{\"member_user\":{\"username\":\"admin\"}}                        | 400",
        "{\"role_id\":2}                                                   | 400",
        "{\"role_id\":2,\"member_group\":{\"group_name\":\"developers\"}}  | 400",
        "{\"role_id\":2,\"member_user\":{\"username\":\"no-such-user\"}}   | 404",
        "{\"role_id\":\"2\",\"member_user\":{\"username\":\"admin\"}}      | 422"})
    void addShouldRefuse(String body, int status) {
        assertThat(ADMIN.post(members, body).status()).isEqualTo(status);
    }

    @Test
    void changeAndRemovalShouldHoldAtOnce() {
        ApiClient user = ApiClient.newUser("changing");
        long id = ADMIN.post(members, body(3, user)).newId();
        String another = body(3, ApiClient.newUser("another"));
        assertThat(user.post(members, another).status()).isEqualTo(403);
        assertThat(ADMIN.put(members + "/" + id, "{\"role_id\":1}").status()).isEqualTo(200);
        assertThat(user.post(members, another).status()).isEqualTo(201);
        assertThat(ADMIN.delete(members + "/" + id).status()).isEqualTo(200);
        assertThat(user.get(members).status()).isEqualTo(403);
        assertThat(ADMIN.get(members + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void listShouldBePagedAndFiltered() {
        ApiClient user = ApiClient.newUser("listed");
        ADMIN.post(members, body(5, user));
        ApiClient.Answer all = ADMIN.get(members + "?page_size=1");
        assertThat(all.header("X-Total-Count")).hasValue("2");
        assertThat(all.header("Link").orElseThrow()).contains("rel=\"next\"");
        assertThat(ADMIN.get(members + "?entityname=" + user.name()).json().findValuesAsText("role_name"))
                .containsExactly("limitedGuest");
    }

    @Test
    void membershipsOfOtherProjectsShouldNotBeFoundHere() {
        long elsewhere = ADMIN.post("/projects/" + Product.running().api().newProject("elsewhere") + "/members",
                body(2, ApiClient.newUser("elsewhere"))).newId();
        assertThat(ADMIN.get(members + "/" + elsewhere).status()).isEqualTo(404);
        assertThat(ADMIN.put(members + "/" + elsewhere, "{\"role_id\":1}").status()).isEqualTo(404);
        assertThat(ADMIN.delete(members + "/" + elsewhere).status()).isEqualTo(404);
        assertThat(ADMIN.get(members + "/x").status()).isEqualTo(422);
    }

    private static String body(int role, ApiClient user) {
        return "{\"role_id\":" + role + ",\"member_user\":{\"username\":\"" + user.name() + "\"}}";
    }
}
