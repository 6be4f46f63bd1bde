package org.luoshi.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTest {
    private static final String REPORT = """
            政府工作报告
            ——2026年1月15日在云溪县第十八届人民代表大会第五次会议上
            云溪县县长 李明远
            一、2025年工作回顾
            过去一年，地区生产总值增长6.2%，达到215亿元。建成高标准农田4.2万亩，改造老旧小区18个。
            二、2026年工作安排
            今年经济社会发展主要预期目标是：地区生产总值增长6%左右，规上工业增加值增长8%以上。
            （一）狠抓项目建设，扩大有效投资
            6月底前建成云溪大桥；完成青石水厂扩建工程。新增规上工业企业15家以上。
            （二）办好民生实事
            新建公办幼儿园3所，新增学位900个，秋季开学前投用。（责任单位：县教育局、县住建局）
            """;

    @Test
    void readsAReportFromTitleToCommitments() {
        Reading reading = Reader.standard().read(new SourceText("report.txt", REPORT));
        assertThat(reading.outline().taskYear()).isNotNull();
        assertThat(reading.segments()).isNotEmpty();
        assertThat(reading.figures()).isNotEmpty();
        assertThat(reading.commitments()).extracting(Commitment::what).anyMatch(what -> what.contains("青石水厂"));
        assertThat(reading.commitments())
                .filteredOn(c -> c.what().contains("幼儿园"))
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.lead())
                            .extracting(Commitment.Proposal::department)
                            .containsExactly("education");
                    assertThat(c.lead()).allMatch(Commitment.Proposal::named);
                });
        assertThat(reading.commitments())
                .noneMatch(c -> reading.source().at(c.span()).contains("4.2万亩"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "。。。", "\uFEFF", "a", "（", "一、", "\uD83D"})
    void readsNothingOfNothing(String text) {
        assertThat(Reader.standard().read(new SourceText("x", text)).commitments())
                .isEmpty();
    }

    @Test
    void oneReaderServesManyThreadsAlike() throws InterruptedException, ExecutionException {
        var source = new SourceText("report.txt", REPORT);
        List<Commitment> expected = Reader.standard().read(source).commitments();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Reading>> readings = threads.invokeAll(IntStream.range(0, 40)
                    .<java.util.concurrent.Callable<Reading>>mapToObj(
                            i -> () -> Reader.standard().read(source))
                    .toList());
            for (Future<Reading> reading : readings) {
                assertThat(reading.get().commitments()).isEqualTo(expected);
            }
        }
    }
}
