package org.luoshi.reading.departments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.Commitment.Proposal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Measures the proposals on published tasks. A raw name is mapped to the duty that it stands for; a proposal hits where
 * it is among the leads; a row none of whose leads is a department (a slip of the collection, a company) is left out.
 * Nothing is learned from the tasks, so leaving a document out changes nothing: the figures are the same for each.
 */
class AssignmentsTest {
    private static final double TOP_1 = 0.75;
    private static final double TOP_3 = 0.90;

    private record Row(String document, String task, Set<String> leads) {}

    private static Path shared() {
        String named = System.getenv("LUOSHI_SHARED");
        Path shared = named == null ? Path.of("..", "..", "shared") : Path.of(named);
        if (!Files.isDirectory(shared)) {
            shared = Path.of("..", "..", "..", "shared");
        }
        return shared.resolve("corpus/assignments/pairs.jsonl");
    }

    private static List<Row> rows(Departments departments) throws IOException {
        Path file = shared();
        Assumptions.assumeTrue(
                Files.isRegularFile(file), "skipped: the published tasks of ../shared are not on this machine");
        var json = new ObjectMapper();
        var rows = new ArrayList<Row>();
        for (String line : Files.readAllLines(file)) {
            JsonNode row = json.readTree(line);
            var leads = new LinkedHashSet<String>();
            for (JsonNode lead : row.get("lead")) {
                departments.resolve(lead.asString()).forEach(duty -> leads.add(duty.key()));
            }
            if (!leads.isEmpty()) {
                rows.add(new Row(row.get("file").asString(), row.get("task").asString(), leads));
            }
        }
        return rows;
    }

    @Test
    void proposesTheLeadOfPublishedTasks() throws IOException {
        var departments = new Departments(Duties.standard());
        List<Row> rows = rows(departments);
        Map<String, int[]> perDocument = new TreeMap<>();
        int first = 0;
        int third = 0;
        double stated = 0;
        for (Row row : rows) {
            List<Proposal> proposals = departments.propose(row.task(), 3);
            boolean top1 = !proposals.isEmpty()
                    && row.leads().contains(proposals.getFirst().department());
            boolean top3 = proposals.stream().anyMatch(p -> row.leads().contains(p.department()));
            first += top1 ? 1 : 0;
            third += top3 ? 1 : 0;
            stated += proposals.isEmpty() ? 0 : proposals.getFirst().score();
            int[] counts = perDocument.computeIfAbsent(row.document(), document -> new int[3]);
            counts[0] += top1 ? 1 : 0;
            counts[1] += top3 ? 1 : 0;
            counts[2]++;
        }
        double n = rows.size();
        System.out.printf(
                "departments: top-1 %.3f, top-3 %.3f, stated %.3f, of %d tasks%n",
                first / n, third / n, stated / n, rows.size());
        perDocument.forEach((document, counts) -> System.out.printf(
                "  %.2f %.2f %3d %s%n",
                counts[0] / (double) counts[2], counts[1] / (double) counts[2], counts[2], document));
        assertThat(first / n).isGreaterThanOrEqualTo(TOP_1);
        assertThat(third / n).isGreaterThanOrEqualTo(TOP_3);
        assertThat(Math.abs(stated - first) / n)
                .as("stated chance against hits")
                .isLessThan(0.08);
    }
}
