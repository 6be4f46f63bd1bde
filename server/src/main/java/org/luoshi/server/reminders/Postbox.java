package org.luoshi.server.reminders;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Gives letters to a mail server, and says what became of them. */
final class Postbox {
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "20000";
    private static final int LONGEST_WHY = 300;

    private final MailSettings settings;

    Postbox(MailSettings settings) {
        this.settings = settings;
    }

    /** What became of a letter. */
    sealed interface Outcome {
        record Accepted() implements Outcome {}

        /** Another attempt may succeed. */
        record Later(String why) implements Outcome {}

        /** The server cannot be reached or does not let us in: no letter would go now. */
        record Unreachable(String why) implements Outcome {}

        /** Refused for good. */
        record Refused(String why, boolean address) implements Outcome {}
    }

    Outcome send(Letter letter) {
        Session session = Session.getInstance(properties());
        try (Transport transport =
                session.getTransport(settings.security() == MailSettings.Security.TLS ? "smtps" : "smtp")) {
            try {
                if (settings.user().isBlank()) {
                    transport.connect(settings.host(), settings.port(), null, null);
                } else {
                    transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
                }
            } catch (MessagingException e) {
                return new Outcome.Unreachable(why(e));
            }
            MimeMessage message = message(session, letter);
            try {
                transport.sendMessage(message, message.getAllRecipients());
            } catch (MessagingException e) {
                return outcome(e);
            }
            return new Outcome.Accepted();
        } catch (MessagingException e) {
            return new Outcome.Later(why(e));
        }
    }

    /** Letters in plain text and in HTML; made by a program, so that no absence note answers them. */
    MimeMessage message(Session session, Letter letter) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader(
                        "Message-ID",
                        "<letter-" + letter.id() + "-" + letter.madeAt().getEpochSecond() + "@" + domain() + ">");
            }
        };
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipients(Message.RecipientType.TO, new Address[] {new InternetAddress(letter.to(), true)});
        message.setSubject(letter.subject(), "UTF-8");
        message.setSentDate(Date.from(letter.at()));
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter.text(), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setContent(letter.html(), "text/html; charset=UTF-8");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    private String domain() {
        return settings.from().substring(settings.from().lastIndexOf('@') + 1);
    }

    private Properties properties() {
        Properties properties = new Properties();
        for (String protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
            properties.put(protocol + "connectiontimeout", CONNECT_MILLIS);
            properties.put(protocol + "timeout", ANSWER_MILLIS);
            properties.put(protocol + "writetimeout", ANSWER_MILLIS);
            properties.put(protocol + "ssl.checkserveridentity", "true");
            properties.put(protocol + "auth", Boolean.toString(!settings.user().isBlank()));
            // The letter is accepted before the farewell; a lost farewell must not make it sent twice.
            properties.put(protocol + "quitwait", "false");
        }
        boolean starts = settings.security() == MailSettings.Security.STARTTLS;
        properties.put("mail.smtp.starttls.enable", Boolean.toString(starts));
        properties.put("mail.smtp.starttls.required", Boolean.toString(starts));
        return properties;
    }

    private static Outcome outcome(MessagingException failed) {
        for (Exception e = failed; e != null; e = next(e)) {
            if (e instanceof SMTPAddressFailedException address) {
                return address.getReturnCode() >= 500
                        ? new Outcome.Refused(why(address), true)
                        : new Outcome.Later(why(address));
            }
        }
        if (failed instanceof SMTPSendFailedException send && send.getReturnCode() >= 500) {
            return new Outcome.Refused(why(send), false);
        }
        return failed instanceof SendFailedException
                ? new Outcome.Later(why(failed))
                : new Outcome.Unreachable(why(failed));
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException m ? m.getNextException() : null;
    }

    private static String why(Exception e) {
        String said = Letter.oneLine(String.valueOf(e.getMessage()));
        return said.length() <= LONGEST_WHY ? said : said.substring(0, LONGEST_WHY - 1) + "…";
    }
}
