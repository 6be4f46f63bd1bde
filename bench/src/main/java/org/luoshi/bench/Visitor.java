package org.luoshi.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Asks one server for pages over one connection, as a browser keeps it. The client of the JDK costs about as much time as
 * a page does, and here it would be taken from the server.
 */
final class Visitor implements Crowd.Asked {
    private final Socket socket;
    private final InputStream in;
    private final String cookie;
    private final IntFunction<String> paths;

    /** Somebody who is logged in by a cookie and asks in turn {@code n} for the path {@code paths.apply(n)}. */
    Visitor(int port, String cookie, IntFunction<String> paths) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.cookie = cookie;
        this.paths = paths;
    }

    /** Reads the whole page; what is not answered with 200 and a length is an error. */
    @Override
    public void ask(int turn) throws IOException {
        String path = paths.apply(turn);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        String status = line();
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        if (!status.contains(" 200") || length < 0) {
            throw new IOException(path + " was answered with " + status + ", length " + length);
        }
        in.skipNBytes(length);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
