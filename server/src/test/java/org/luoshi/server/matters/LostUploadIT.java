package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.luoshi.server.TestCounty;
import org.luoshi.server.audit.Journal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A town's line breaks while it sends evidence: nothing is half-stored, and sent once more it arrives once. */
class LostUploadIT extends MatterTest {
    private static final int BYTES = 8 << 20;

    @Value("${local.server.port}")
    int port;

    @Autowired
    JdbcClient sql;

    @Autowired
    Journal journal;

    private long given() {
        return create("clerk", "to-do", Map.of("title", "报送影像", "lead", unit("housing"), "due", "2099-01-31"));
    }

    private int files(long matter) {
        return sql.sql("select count(*) from stored_file where matter = :matter")
                .param("matter", matter)
                .query(Integer.class)
                .single();
    }

    /** Sends a move with a file, of which only so many bytes; the status where all was sent. */
    private int send(long matter, String key, int bytes) throws IOException {
        String boundary = "----luoshi";
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n1\r\n--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n附影像\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"影像.bin\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        String login =
                Base64.getEncoder().encodeToString(("handler:" + TestCounty.PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (Socket line = new Socket("127.0.0.1", port)) {
            OutputStream out = line.getOutputStream();
            out.write(("POST /api/matters/" + matter
                            + "/moves/answer HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
                            + login + "\r\nIdempotency-Key: " + key
                            + "\r\nContent-Type: multipart/form-data; boundary=" + boundary + "\r\nContent-Length: "
                            + (head.length + BYTES + tail.length) + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(head);
            byte[] piece = new byte[1 << 16];
            java.util.Arrays.fill(piece, (byte) 7);
            for (int sent = 0; sent < bytes; sent += piece.length) {
                out.write(piece);
            }
            out.flush();
            if (bytes < BYTES) {
                line.setSoLinger(true, 0);
                return 0;
            }
            out.write(tail);
            out.flush();
            InputStream in = line.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    @Test
    void leavesNothingBehindAndArrivesOnceWhenSentAgain() throws Exception {
        long matter = given();
        for (int part : new int[] {0, 1 << 16, BYTES / 2}) {
            send(matter, "upload-1", part);
        }
        Thread.sleep(500);
        assertThat(files(matter)).isZero();
        assertThat(store.find(matter).orElseThrow().state()).isEqualTo("open");
        assertThat(sql.sql("select count(*) from stored_file_piece where file not in (select id from stored_file)")
                        .query(Integer.class)
                        .single())
                .isZero();

        assertThat(send(matter, "upload-1", BYTES)).isEqualTo(200);
        // The answer was lost this time: the same request again changes nothing.
        assertThat(send(matter, "upload-1", BYTES)).isEqualTo(200);

        assertThat(files(matter)).isEqualTo(1);
        assertThat(sql.sql("select bytes from stored_file where matter = :matter")
                        .param("matter", matter)
                        .query(Long.class)
                        .single())
                .isEqualTo(BYTES);
        assertThat(journal.listBrokenStreams()).isEmpty();
    }
}
