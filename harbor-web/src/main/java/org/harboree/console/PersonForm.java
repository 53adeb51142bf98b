// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.util.Objects;
import org.harboree.identity.Profile;

/** What a form asks about a person, and for a new password, twice. */
public final class PersonForm {
    private String email;
    private String realname;
    private String comment;
    private String password;
    private String repeated;

    void fill(Profile profile) {
        email = profile.email().orElse("");
        realname = profile.realname().orElse("");
        comment = profile.comment().orElse("");
    }

    Profile profile() {
        return new Profile(email, realname, comment);
    }

    String newPassword() {
        return password;
    }

    /** Whether the password was typed alike twice; the person is told if it was not. */
    boolean isRepeated(Problem problem) {
        if (!Objects.equals(password, repeated)) {
            problem.tell("password.differs");
            return false;
        }
        return true;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getRealname() {
        return realname;
    }

    public void setRealname(String realname) {
        this.realname = realname;
    }

    public String getComment() {
        return comment;
    }

    public void setComment(String comment) {
        this.comment = comment;
    }

    /** Never handed out: a form that comes again has an empty field. */
    public String getPassword() {
        return null;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    /** Never handed out, as {@link #getPassword()}. */
    public String getRepeated() {
        return null;
    }

    public void setRepeated(String repeated) {
        this.repeated = repeated;
    }
}
