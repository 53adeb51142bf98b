// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.harboree.it.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserIT {
    private static final ApiClient ADMIN = ApiClient.admin();

    @Test
    void createShouldMakeAnAccountWithoutRights() {
        String name = Product.uniqueName("created");
        ApiClient.Answer answer = ADMIN.post("/users", body(name, ApiClient.PASSWORD, ",\"sysadmin_flag\":true"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location").orElseThrow()).matches("/api/v2\\.0/users/\\d+");
        JsonNode user = ADMIN.get("/users/" + answer.newId()).json();
        assertThat(user.get("username").asText()).isEqualTo(name);
        assertThat(user.get("email").asText()).isEqualTo(name + "@example.com");
        assertThat(user.get("sysadmin_flag").asBoolean(true)).isFalse();
        assertThat(user.get("admin_role_in_auth").asBoolean(true)).isFalse();
        assertThat(user.has("password")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"username\":\"a b\",\"email\":\"a@b.cd\",\"realname\":\"r\",\"password\":\"Passw0rdx\"}   | 400",
        "{\"username\":\"weakling\",\"email\":\"w@b.cd\",\"realname\":\"r\",\"password\":\"password\"} | 400",
        "{\"username\":\"nomail\",\"realname\":\"r\",\"password\":\"Passw0rdx\"}                      | 400",
        "{\"username\":7}                                                                             | 422",
        "{}                                                                                           | 400"})
    void createShouldRefuse(String body, int status) {
        assertThat(ADMIN.post("/users", body).status()).isEqualTo(status);
    }

    @Test
    void createShouldRefuseANameInUseInAnyCase() {
        String name = Product.uniqueName("taken");
        ADMIN.post("/users", body(name, ApiClient.PASSWORD, ""));
        assertThat(ADMIN.post("/users", body(name.toUpperCase(Locale.ROOT), ApiClient.PASSWORD, "")).status())
                .isEqualTo(409);
    }

    @Test
    void nobodyShouldRegisterThroughTheApi() {
        String body = body(Product.uniqueName("self"), ApiClient.PASSWORD, "");
        assertThat(ApiClient.anonymous().post("/users", body).status()).isEqualTo(401);
        assertThat(ApiClient.newUser("other").post("/users", body).status()).isEqualTo(403);
    }

    @Test
    void usersShouldSeeThemselvesAndTheNamesOfOthers() {
        ApiClient user = ApiClient.newUser("seeing");
        long id = user.get("/users/current").json().get("user_id").asLong();
        assertThat(user.get("/users/" + id).json().get("username").asText()).isEqualTo(user.name());
        assertThat(user.get("/users/1").status()).isEqualTo(403);
        assertThat(user.get("/users").status()).isEqualTo(403);
        JsonNode found = user.get("/users/search?username=" + user.name()).json();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).fieldNames()).toIterable().containsExactlyInAnyOrder("user_id", "username");
        assertThat(user.get("/users/search").status()).isEqualTo(422);
    }

    @Test
    void listShouldBeFilteredForAdministrators() {
        ApiClient user = ApiClient.newUser("filtered");
        ApiClient.Answer list = ADMIN.get("/users?q=username%3D" + user.name());
        assertThat(list.json().findValuesAsText("username")).containsExactly(user.name());
        assertThat(list.header("X-Total-Count")).hasValue("1");
        assertThat(ADMIN.get("/users?username=" + user.name()).json()).hasSize(1);
        assertThat(ADMIN.get("/users?page=0&page_size=0").json().findValuesAsText("username")).as("as harbor-cli asks")
                .contains("admin", user.name());
        assertThat(ADMIN.get("/users?sort=password").status()).isEqualTo(400);
    }

    @Test
    void profileShouldBeChangedByItsOwner() {
        ApiClient user = ApiClient.newUser("profile");
        long id = user.get("/users/current").json().get("user_id").asLong();
        String profile = "{\"email\":\"" + user.name() + "@new.example.com\",\"realname\":\"New\","
                + "\"comment\":\"hello\"}";
        assertThat(user.put("/users/" + id, profile).status()).isEqualTo(200);
        assertThat(user.get("/users/current").json().get("comment").asText()).isEqualTo("hello");
        assertThat(user.put("/users/1", profile).status()).isEqualTo(403);
    }

    @Test
    void passwordShouldBeChangedWithTheOldOne() {
        ApiClient user = ApiClient.newUser("password");
        long id = user.get("/users/current").json().get("user_id").asLong();
        String path = "/users/" + id + "/password";
        assertThat(user.put(path, "{\"new_password\":\"Another-1\",\"old_password\":\"wrong\"}").status())
                .isEqualTo(403);
        assertThat(user.put(path, "{\"new_password\":\"" + ApiClient.PASSWORD + "\",\"old_password\":\""
                + ApiClient.PASSWORD + "\"}").status()).isEqualTo(400);
        assertThat(user.put(path,
                "{\"new_password\":\"Another-1\",\"old_password\":\"" + ApiClient.PASSWORD + "\"}").status())
                .isEqualTo(200);
        assertThat(user.get("/users/current").status()).isEqualTo(401);
        assertThat(ApiClient.as(user.name(), "Another-1").get("/users/current").status()).isEqualTo(200);
        assertThat(ADMIN.put(path, "{\"new_password\":\"By-Admin-1\"}").status()).isEqualTo(200);
    }

    @Test
    void administratorsShouldBeMadeAndUnmade() {
        ApiClient user = ApiClient.newUser("rising");
        long id = user.get("/users/current").json().get("user_id").asLong();
        assertThat(ADMIN.put("/users/" + id + "/sysadmin", "{\"sysadmin_flag\":true}").status()).isEqualTo(200);
        assertThat(user.get("/users").status()).isEqualTo(200);
        assertThat(ADMIN.put("/users/" + id + "/sysadmin", "{\"sysadmin_flag\":false}").status()).isEqualTo(200);
        assertThat(user.get("/users").status()).isEqualTo(403);
    }

    @Test
    void deletedUsersShouldBeGoneAndTheirNameFree() {
        ApiClient user = ApiClient.newUser("leaving");
        long id = user.get("/users/current").json().get("user_id").asLong();
        assertThat(user.delete("/users/" + id).status()).isEqualTo(403);
        assertThat(ADMIN.delete("/users/" + id).status()).isEqualTo(200);
        assertThat(ADMIN.get("/users/" + id).status()).isEqualTo(404);
        assertThat(user.get("/users/current").status()).isEqualTo(401);
        assertThat(ADMIN.post("/users", body(user.name(), ApiClient.PASSWORD, "")).status()).isEqualTo(201);
        assertThat(ADMIN.delete("/users/1").status()).isEqualTo(403);
    }

    @Test
    void permissionsShouldBeThoseOfTheScope() {
        ApiClient user = ApiClient.newUser("scoped");
        long project = user.post("/projects", "{\"project_name\":\"" + Product.uniqueName("scoped") + "\"}").newId();
        JsonNode relative = user.get("/users/current/permissions?relative=true&scope=/project/" + project).json();
        assertThat(relative).anySatisfy(p -> {
            assertThat(p.get("resource").asText()).isEqualTo("repository");
            assertThat(p.get("action").asText()).isEqualTo("push");
        });
        assertThat(user.get("/users/current/permissions?scope=/project/" + project).json())
                .anySatisfy(p -> assertThat(p.get("resource").asText()).isEqualTo("/project/" + project + "/member"));
        assertThat(ApiClient.newUser("stranger").get("/users/current/permissions?scope=/project/" + project).json())
                .isEmpty();
        assertThat(ApiClient.anonymous().get("/users/current/permissions").status()).isEqualTo(401);
    }

    private static String body(String name, String password, String more) {
        return "{\"username\":\"" + name + "\",\"email\":\"" + name + "@example.com\",\"realname\":\"Test user\","
                + "\"password\":\"" + password + "\"" + more + "}";
    }
}
