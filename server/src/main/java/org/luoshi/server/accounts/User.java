package org.luoshi.server.accounts;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Actor;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** The person who is logged in, as kept in the session. */
public final class User implements UserDetails, CredentialsContainer, Serializable {
    private static final long serialVersionUID = 1L;

    private final long account;
    private final String login;
    private final String name;
    private final long unit;
    private final Set<Role> roles;
    private final boolean active;
    private final boolean locked;
    private @Nullable String password;

    User(
            long account,
            String login,
            String name,
            long unit,
            Set<Role> roles,
            boolean active,
            boolean locked,
            String password) {
        this.account = account;
        this.login = login;
        this.name = name;
        this.unit = unit;
        this.roles = Set.copyOf(roles);
        this.active = active;
        this.locked = locked;
        this.password = password;
    }

    public long account() {
        return account;
    }

    public String name() {
        return name;
    }

    public long unit() {
        return unit;
    }

    public Set<Role> roles() {
        return roles;
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    public Actor actor() {
        return new Actor(account, name);
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return roles.stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }

    @Override
    public @Nullable String getPassword() {
        return password;
    }

    @Override
    public String getUsername() {
        return login;
    }

    @Override
    public boolean isAccountNonLocked() {
        return !locked;
    }

    @Override
    public boolean isEnabled() {
        return active;
    }

    @Override
    public void eraseCredentials() {
        password = null;
    }
}
