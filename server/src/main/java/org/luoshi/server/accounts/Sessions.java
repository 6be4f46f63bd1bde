package org.luoshi.server.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Sessions in the database that are written only when something in them changed. That a person was there is noted once
 * a minute, not with every page: a page that is only read writes nothing.
 */
final class Sessions<S extends Session> implements SessionRepository<Sessions.Seldom<S>> {
    static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final SessionRepository<S> kept;

    Sessions(SessionRepository<S> kept) {
        this.kept = kept;
    }

    @Override
    public Seldom<S> createSession() {
        return new Seldom<>(kept.createSession(), true);
    }

    @Override
    public void save(Seldom<S> session) {
        if (session.changed) {
            kept.save(session.session);
            session.changed = false;
        }
    }

    @Override
    public @Nullable Seldom<S> findById(String id) {
        S found = kept.findById(id);
        return found == null ? null : new Seldom<>(found, false);
    }

    @Override
    public void deleteById(String id) {
        kept.deleteById(id);
    }

    /** A session that knows whether it has to be written. */
    static final class Seldom<S extends Session> implements Session {
        private final S session;
        private boolean changed;

        private Seldom(S session, boolean changed) {
            this.session = session;
            this.changed = changed;
        }

        @Override
        public void setLastAccessedTime(Instant at) {
            if (changed || !at.isBefore(session.getLastAccessedTime().plus(NOTED_EVERY))) {
                session.setLastAccessedTime(at);
                changed = true;
            }
        }

        @Override
        public String changeSessionId() {
            changed = true;
            return session.changeSessionId();
        }

        @Override
        public void setAttribute(String name, Object value) {
            changed = true;
            session.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            changed = true;
            session.removeAttribute(name);
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            changed = true;
            session.setMaxInactiveInterval(interval);
        }

        @Override
        public String getId() {
            return session.getId();
        }

        @Override
        public <T> @Nullable T getAttribute(String name) {
            return session.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return session.getAttributeNames();
        }

        @Override
        public Instant getCreationTime() {
            return session.getCreationTime();
        }

        @Override
        public Instant getLastAccessedTime() {
            return session.getLastAccessedTime();
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return session.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return session.isExpired();
        }
    }
}
