package org.luoshi.reading.departments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Learned weights: what runs of two and three characters say for departments beyond the terms of the file. It holds
 * hashes and numbers, no words. Keyed by department, so that it serves a county's own file as far as the keys are kept.
 */
final class DutyModel {
    private static final String RESOURCE = "duties-model.txt";

    /** Weights of one feature: departments by index and what it adds for each. */
    record Weights(int[] owners, float[] values) {}

    private final Map<Integer, Weights> features;

    DutyModel(Map<Integer, Weights> features) {
        this.features = Map.copyOf(features);
    }

    static DutyModel none() {
        return new DutyModel(Map.of());
    }

    /** The weights that come with the program, those of departments that {@code duties} lacks left out. */
    static DutyModel standard(Duties duties) {
        try (InputStream in = DutyModel.class.getResourceAsStream(RESOURCE)) {
            return in == null ? none() : read(in, duties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DutyModel read(InputStream in, Duties duties) throws IOException {
        var index = new HashMap<String, Integer>();
        for (int i = 0; i < duties.all().size(); i++) {
            index.put(duties.all().get(i).key(), i);
        }
        var features = new HashMap<Integer, Weights>();
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        String[] keys = reader.readLine().split(" ");
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String[] cells = line.split(" ");
            var owners = new int[(cells.length - 1) / 2];
            var values = new float[owners.length];
            int count = 0;
            for (int i = 0; i < owners.length; i++) {
                Integer owner = index.get(keys[Integer.parseInt(cells[1 + 2 * i])]);
                if (owner != null) {
                    owners[count] = owner;
                    values[count++] = Integer.parseInt(cells[2 + 2 * i]) / 100f;
                }
            }
            if (count > 0) {
                features.put(
                        Integer.parseUnsignedInt(cells[0], 36),
                        new Weights(java.util.Arrays.copyOf(owners, count), java.util.Arrays.copyOf(values, count)));
            }
        }
        return new DutyModel(features);
    }

    /** The form that {@link #standard} reads: a line of keys, then a line a feature: hash, then key number and weight. */
    String write(Duties duties) {
        var text = new StringBuilder();
        text.append(String.join(" ", duties.all().stream().map(Duty::key).toList()));
        features.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            var line = new StringBuilder();
            Weights weights = entry.getValue();
            for (int i = 0; i < weights.owners().length; i++) {
                int value = Math.round(weights.values()[i] * 100);
                if (value != 0) {
                    line.append(' ').append(weights.owners()[i]).append(' ').append(value);
                }
            }
            if (!line.isEmpty()) {
                text.append('\n').append(Integer.toUnsignedString(entry.getKey(), 36)).append(line);
            }
        });
        return text.append('\n').toString();
    }

    /** Adds what the features of {@code text[start, end)} say to the scores. */
    void addTo(double[] scores, CharSequence text, int start, int end) {
        if (features.isEmpty()) {
            return;
        }
        int[] grams = Grams.of(text, start, end);
        double scale = scale(grams.length);
        for (int gram : grams) {
            Weights weights = features.get(gram);
            if (weights != null) {
                for (int i = 0; i < weights.owners().length; i++) {
                    scores[weights.owners()[i]] += scale * weights.values()[i];
                }
            }
        }
    }

    static double scale(int grams) {
        return 5 / Math.sqrt(Math.max(20, grams));
    }
}
