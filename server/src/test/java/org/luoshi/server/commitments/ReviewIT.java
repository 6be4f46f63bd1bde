package org.luoshi.server.commitments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.Span;
import org.luoshi.server.ServerTest;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.commitments.Commitments.Ref;
import org.luoshi.server.documents.Document;
import org.luoshi.server.documents.Documents;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

class ReviewIT extends ServerTest {
    private static final String REPORT = """
            政府工作报告
            一、过去一年的工作
            2025年，全县地区生产总值增长5.6%。城南水厂一期通水。
            二、今年的重点工作
            （一）把城乡面貌改好
            6月底前建成岚江大桥，改造老旧小区31个、惠及居民5800户。改造城区雨污分流管网38公里。
            （二）把民生的事办实
            新建公办幼儿园3所，新增学位1080个。民生无小事，枝叶总关情。
            """;
    private static int count;

    @Autowired
    MockMvc pages;

    @Autowired
    Documents documents;

    @Autowired
    Commitments commitments;

    @Autowired
    Journal journal;

    private User clerk;
    private User second;
    private long document;

    @BeforeEach
    void readAReport() {
        clerk = county.user("clerk");
        second = county.user("second");
        document = read("报告" + ++count + ".txt", REPORT + "第" + count + "份。\n");
    }

    private long read(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long id = documents
                .upload(clerk.actor(), new Documents.Upload(name, bytes.length, () -> new ByteArrayInputStream(bytes)))
                .document();
        Instant until = Instant.now().plus(Duration.ofSeconds(40));
        while (documents.getDocument(id).state().isBusy() && Instant.now().isBefore(until)) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return id;
    }

    private Commitment first() {
        return commitments.listOf(document).getFirst();
    }

    private static Ref ref(Commitment c) {
        return new Ref(c.id(), c.version());
    }

    private static int value(Commitment.Target target) {
        return target.value() == null ? -1 : target.value().intValue();
    }

    @Test
    void readsAnUploadedReportIntoProposalsWithUnitsAndFigures() {
        assertThat(documents.getDocument(document).state()).isEqualTo(Document.State.READ);
        List<Commitment> found = commitments.listOf(document);
        assertThat(found).extracting(c -> c.state()).containsOnly(State.PROPOSED);
        assertThat(found).anySatisfy(c -> {
            assertThat(c.passage().sentence()).contains("老旧小区");
            assertThat(c.content().lead()).isEqualTo(county.unit("housing"));
            assertThat(c.content().leader()).isNotNull();
            assertThat(c.content().targets()).extracting(ReviewIT::value).contains(31);
        });
        String text = documents.getText(document).text();
        assertThat(found)
                .allSatisfy(c -> assertThat(
                                text.substring(c.passage().start(), c.passage().end()))
                        .isEqualTo(c.passage().sentence()));
    }

    @Test
    void acceptsOnceAndKeepsTheActInTheJournal() {
        Commitment c = first();
        commitments.accept(clerk.actor(), List.of(ref(c)), "key-1");
        commitments.accept(clerk.actor(), List.of(ref(c)), "key-1");
        Commitment now = commitments.get(c.id());
        assertThat(now.state()).isEqualTo(State.ACCEPTED);
        assertThat(now.version()).isEqualTo(c.version() + 1);
        assertThat(journal.listEntries("commitment:" + c.id(), 10))
                .extracting(Journal.Entry::act)
                .containsExactly("review.accept");
        assertThat(journal.listBrokenStreams()).isEmpty();
    }

    @Test
    void refusesAnEditOfAnOldVersion() {
        Commitment c = first();
        commitments.edit(
                second.actor(),
                ref(c),
                new Edit(
                        "别的说法",
                        LocalDate.of(2026, 12, 15),
                        null,
                        List.of(),
                        List.of(),
                        c.content().theme(),
                        c.content().subtheme()),
                null);
        assertThatThrownBy(() -> commitments.edit(clerk.actor(), ref(c), Edit.of(c.content()), null))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.isConflict()).isTrue());
        assertThat(commitments.get(c.id()).content().what()).isEqualTo("别的说法");
    }

    @Test
    void splitsAtAPlaceAndFiguresGoWithTheirPart() {
        Commitment c = commitments.listOf(document).stream()
                .filter(one -> one.passage().sentence().contains("5800"))
                .findFirst()
                .orElseThrow();
        int at = c.passage().start() + c.passage().sentence().indexOf("惠及");
        List<Commitment> parts =
                commitments.split(clerk.actor(), ref(c), at, null).changed();
        assertThat(parts).hasSize(2);
        assertThat(parts.getLast().passage().sentence()).startsWith("惠及");
        assertThat(parts.getLast().content().targets())
                .extracting(ReviewIT::value)
                .containsExactly(5800);
        assertThat(parts.getFirst().content().targets()).noneMatch(t -> value(t) == 5800);
        commitments.undo(clerk.actor(), document, null);
        Commitment again = commitments.get(c.id());
        assertThat(again.content()).isEqualTo(c.content());
        assertThat(again.passage()).isEqualTo(c.passage());
        assertThat(commitments.find(parts.getLast().id())).isEmpty();
    }

    @Test
    void mergesIntoThePreviousAndUndoesIt() {
        List<Commitment> before = commitments.listOf(document);
        Commitment into = before.get(0);
        Commitment from = before.get(1);
        commitments.merge(clerk.actor(), ref(from), null);
        assertThat(commitments.get(from.id()).state()).isEqualTo(State.MERGED);
        assertThat(commitments.get(into.id()).content().targets())
                .hasSize(into.content().targets().size()
                        + from.content().targets().size());
        commitments.undo(clerk.actor(), document, null);
        assertThat(commitments.get(into.id()).content()).isEqualTo(into.content());
        assertThat(commitments.get(from.id()).state()).isEqualTo(State.PROPOSED);
    }

    @Test
    void addsFromSelectedWords() {
        String text = documents.getText(document).text();
        int start = text.indexOf("城南水厂一期通水");
        Commitment added = commitments
                .add(clerk.actor(), document, new Span(start, start + 9), null)
                .changed()
                .getFirst();
        assertThat(added.passage().sentence()).isEqualTo("城南水厂一期通水");
        assertThat(added.origin().byHand()).isTrue();
        commitments.undo(clerk.actor(), document, null);
        assertThat(commitments.find(added.id())).isEmpty();
    }

    @Test
    void refusesToUndoWhatSomebodyElseChangedSince() {
        Commitment c = first();
        commitments.accept(clerk.actor(), List.of(ref(c)), null);
        commitments.reopen(second.actor(), List.of(ref(commitments.get(c.id()))), null);
        assertThatThrownBy(() -> commitments.undo(clerk.actor(), document, null))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("review.undo.changed"));
    }

    @Test
    void undoesStepByStepBackToTheProposal() {
        Commitment c = first();
        commitments.accept(clerk.actor(), List.of(ref(c)), null);
        commitments.edit(
                clerk.actor(),
                ref(commitments.get(c.id())),
                new Edit("换个说法", null, null, List.of(), List.of(), "", ""),
                null);
        commitments.reject(clerk.actor(), List.of(ref(commitments.get(c.id()))), null);
        commitments.undo(clerk.actor(), document, null);
        assertThat(commitments.get(c.id()).content().what()).isEqualTo("换个说法");
        commitments.undo(clerk.actor(), document, null);
        commitments.undo(clerk.actor(), document, null);
        assertThat(commitments.get(c.id()).content()).isEqualTo(c.content());
        assertThat(commitments.get(c.id()).state()).isEqualTo(State.PROPOSED);
        assertThatThrownBy(() -> commitments.undo(clerk.actor(), document, null))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("review.undo.none"));
    }

    @Test
    void registersFromTwoSidesAtOnceWithoutAGapOrADoubleNumber() throws Exception {
        List<Ref> all = commitments.listOf(document).stream().map(ReviewIT::ref).toList();
        commitments.accept(clerk.actor(), all, null);
        try (var both = Executors.newFixedThreadPool(2)) {
            List<Callable<Object>> acts = List.of(
                    () -> commitments.register(clerk.actor(), document, null),
                    () -> commitments.register(second.actor(), document, null));
            for (var done : both.invokeAll(acts)) {
                done.get();
            }
        }
        List<Commitment> registered = commitments.listOf(document);
        assertThat(registered).extracting(Commitment::state).containsOnly(State.REGISTERED);
        assertThat(registered)
                .extracting(Commitment::number)
                .doesNotHaveDuplicates()
                .allMatch(n -> n.matches("26-\\d{4}"));
        assertThat(pages.perform(get("/register?document=" + document).with(user(clerk)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        List<Integer> numbers = registered.stream()
                .map(c -> Integer.valueOf(String.valueOf(c.number()).substring(3)))
                .sorted()
                .toList();
        assertThat(numbers.getLast() - numbers.getFirst()).isEqualTo(numbers.size() - 1);
    }

    @Test
    void theSameFileIsKnownAgain() {
        byte[] bytes = (REPORT + "第" + count + "份。\n").getBytes(StandardCharsets.UTF_8);
        Documents.Received again = documents.upload(
                second.actor(), new Documents.Upload("另一个名字.txt", bytes.length, () -> new ByteArrayInputStream(bytes)));
        assertThat(again.again()).isTrue();
        assertThat(again.document()).isEqualTo(document);
    }

    @Test
    void aFileThatCannotBeReadSaysWhyAndKeepsNothing() throws Exception {
        long failed = read("损坏" + count + ".docx", "PK\u0003\u0004不是压缩包" + count);
        Document of = documents.getDocument(failed);
        assertThat(of.state()).isEqualTo(Document.State.FAILED);
        assertThat(documents.findFile(failed)).isEmpty();
        String page = pages.perform(get("/documents").with(user(clerk)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains(java.util.Objects.requireNonNull(of.refusal()).sentence(java.util.Locale.CHINESE));
        documents.dismiss(clerk.actor(), failed);
        assertThat(documents.findDocument(failed)).isEmpty();
    }

    @Test
    void thePageShowsTextMarksRowsAndTheFormOfOne() throws Exception {
        Commitment c = first();
        String page = pages.perform(
                        get("/documents/" + document + "/review?item=" + c.id()).with(user(clerk)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page)
                .contains("data-pairs=\"" + c.id() + "\"")
                .contains("id=\"c" + c.id() + "\"")
                .contains("value=\"" + c.id() + ":" + c.version() + "\"")
                .doesNotContain(" style=")
                .doesNotContain("<script>");
    }

    @Test
    void aStaleFormGetsTheNewStateAndKeepsWhatWasTyped() throws Exception {
        Commitment c = first();
        commitments.edit(second.actor(), ref(c), new Edit("吴的说法", null, null, List.of(), List.of(), "", ""), null);
        var answer = pages.perform(post("/documents/" + document + "/review/edit")
                        .with(user(clerk))
                        .with(csrf())
                        .param("ref", c.id() + ":" + c.version())
                        .param("what", "周的说法")
                        .param("due", "")
                        .param("lead", ""))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(409);
        assertThat(answer.getContentAsString()).contains("周的说法").contains("吴晓棠").contains("吴的说法");
    }

    @Test
    void oneReviewerSeesWhatTheOtherDid() throws Exception {
        Commitment c = first();
        int since = journal.listEntries("document:" + document, 1).getFirst().seq();
        pages.perform(get("/documents/" + document + "/review/changes?since=" + since + "&at=" + c.id())
                .with(user(second)));
        commitments.reject(second.actor(), List.of(ref(c)), null);
        String news = pages.perform(get("/documents/" + document + "/review/changes?since=" + since)
                        .with(user(clerk)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(news).contains("吴晓棠").contains("id=\\\"c" + c.id()).contains("\"rejected\":1");
    }

    @Test
    void programsCorrectByVersionAndAreToldOfAConflict() throws Exception {
        Commitment c = first();
        String body = "{\"what\": \"接口改的\", \"due\": \"2026-11-30\"}";
        var answer = pages.perform(patch("/api/commitments/" + c.id())
                        .with(user(clerk))
                        .with(csrf())
                        .header("If-Match", "\"" + c.version() + "\"")
                        .contentType("application/json")
                        .content(body))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getHeader("ETag")).isEqualTo("\"" + (c.version() + 1) + "\"");
        assertThat(commitments.get(c.id()).content().due()).isEqualTo(LocalDate.of(2026, 11, 30));
        assertThat(commitments.get(c.id()).content().lead())
                .isEqualTo(c.content().lead());
        var stale = pages.perform(patch("/api/commitments/" + c.id())
                        .with(user(clerk))
                        .with(csrf())
                        .header("If-Match", "\"" + c.version() + "\"")
                        .contentType("application/json")
                        .content(body))
                .andReturn()
                .getResponse();
        assertThat(stale.getStatus()).isEqualTo(409);
        assertThat(stale.getContentType()).startsWith("application/problem+json");
    }

    @Test
    void correctionsHoldProposalAndDecision() throws Exception {
        Commitment c = first();
        commitments.accept(
                clerk.actor(),
                ref(c),
                new Edit(
                        "改过的说法",
                        c.content().due(),
                        c.content().lead(),
                        List.of(),
                        c.content().targets(),
                        "",
                        ""),
                null);
        String lines = pages.perform(get("/api/corrections?document=" + document + "&only=changed")
                        .with(user(clerk)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(lines.lines())
                .singleElement()
                .asString()
                .contains("改过的说法", c.content().what(), "\"changed\"");
    }

    @Test
    void uploadsThroughTheFormAndRefusesReaders() throws Exception {
        MockMultipartFile file = new MockMultipartFile(
                "files", "小报告.txt", "text/plain", ("今年建成" + count + "条路。").getBytes(StandardCharsets.UTF_8));
        int status = pages.perform(
                        multipart("/documents").file(file).with(user(clerk)).with(csrf()))
                .andReturn()
                .getResponse()
                .getStatus();
        assertThat(status).isEqualTo(302);
        assertThat(pages.perform(get("/documents").with(user(county.user("reader"))))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
    }
}
