package org.luoshi.server.reminders;

import java.util.Arrays;
import java.util.Locale;

/**
 * The mail server that letters are given to.
 *
 * @param host empty: no mail goes out
 * @param user empty: no log-in
 * @param from the address that letters come from
 * @param address of this installation as people reach it, without a slash at its end; letters link to it
 */
record MailSettings(
        String host, int port, String user, String password, String from, Security security, String address) {

    /** How the connection is kept from listeners. */
    enum Security {
        /** Begins in the open and must change to TLS before anything is said. */
        STARTTLS,
        TLS,
        /** For a relay on the same machine or network. */
        NONE;

        static Security of(String text) {
            return Arrays.stream(values())
                    .filter(s -> s.name().equals(text.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "LUOSHI_MAIL_SECURITY is \"" + text + "\". It must be starttls, tls or none."));
        }
    }

    MailSettings {
        address = address.replaceAll("/+$", "");
        if (!host.isBlank() && !Wishes.isAddress(from)) {
            throw new IllegalStateException("LUOSHI_MAIL_HOST is set, but LUOSHI_MAIL_FROM is \"" + from
                    + "\". Set it to the address that letters come from, such as luoshi@example.gov.cn.");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalStateException("LUOSHI_MAIL_PORT is " + port + ". It must be between 1 and 65535.");
        }
    }

    boolean on() {
        return !host.isBlank();
    }
}
