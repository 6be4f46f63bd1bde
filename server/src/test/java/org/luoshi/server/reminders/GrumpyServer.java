package org.luoshi.server.reminders;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that refuses: {@code gone@} for good, {@code full@} for now; letters when told so. */
final class GrumpyServer implements AutoCloseable {
    final List<String> accepted = new CopyOnWriteArrayList<>();
    volatile boolean refusesLetters;
    private final ServerSocket socket;

    GrumpyServer() throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try (Socket one = socket.accept()) {
                talk(one);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void talk(Socket one) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(one.getOutputStream(), true, StandardCharsets.UTF_8);
        out.print("220 grumpy\r\n");
        out.flush();
        String to = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
            String answer = switch (verb) {
                case "RCPT" -> {
                    to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    yield to.startsWith("gone@")
                            ? "550 5.1.1 no such mailbox"
                            : to.startsWith("full@") ? "452 4.2.2 mailbox is full" : "250 ok";
                }
                case "DATA" -> {
                    out.print("354 go on\r\n");
                    out.flush();
                    String text = in.readLine();
                    while (!".".equals(text)) {
                        text = in.readLine();
                    }
                    if (!refusesLetters) {
                        accepted.add(to);
                    }
                    yield refusesLetters ? "554 5.7.1 refused as spam" : "250 accepted";
                }
                case "QUIT" -> "221 bye";
                default -> "250 ok";
            };
            out.print(answer + "\r\n");
            out.flush();
            if (verb.equals("QUIT")) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
