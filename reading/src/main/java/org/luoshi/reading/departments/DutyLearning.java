package org.luoshi.reading.departments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Learns {@link DutyModel} from published tasks: softmax regression on top of what the terms say, so that a text whose
 * runs were never seen is judged by the terms alone. Every document weighs as the root of its number of tasks.
 */
final class DutyLearning {
    /** One published task. */
    record Task(String document, String text, Set<Integer> leads, Set<Integer> joint) {}

    /** How to learn; the defaults were chosen by leaving one document out. */
    record Settings(int epochs, double rate, double decay, int documents, double jointShare, double temperature) {
        static Settings standard() {
            return new Settings(30, 0.3, 0.02, 2, 0.15, 2.0);
        }
    }

    private record Example(int[] features, double[] base, double[] target, double weight, double scale) {}

    private DutyLearning() {}

    static DutyModel learn(Departments terms, List<Task> tasks, Settings settings) {
        int owners = terms.size();
        Map<Integer, Integer> index = features(tasks, settings.documents());
        var perDocument = new HashMap<String, Integer>();
        for (Task task : tasks) {
            perDocument.merge(task.document(), 1, Integer::sum);
        }
        var examples = new ArrayList<Example>();
        for (Task task : tasks) {
            if (!task.leads().isEmpty()) {
                examples.add(example(terms, task, index, settings, perDocument.getOrDefault(task.document(), 1)));
            }
        }
        var weights = new float[index.size()][owners];
        var random = new Random(7);
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            java.util.Collections.shuffle(examples, random);
            double rate = settings.rate() / (1 + 0.1 * epoch);
            for (Example example : examples) {
                step(weights, example, rate, settings.decay());
            }
        }
        return model(index, weights, settings.temperature());
    }

    private static Map<Integer, Integer> features(List<Task> tasks, int documents) {
        var seen = new HashMap<Integer, Set<String>>();
        for (Task task : tasks) {
            for (int gram : Grams.of(task.text(), 0, task.text().length())) {
                seen.computeIfAbsent(gram, _ -> new HashSet<>()).add(task.document());
            }
        }
        var index = new HashMap<Integer, Integer>();
        seen.keySet().stream().sorted().forEach(gram -> {
            if (seen.getOrDefault(gram, Set.of()).size() >= documents) {
                index.put(gram, index.size());
            }
        });
        return index;
    }

    private static Example example(
            Departments terms, Task task, Map<Integer, Integer> index, Settings settings, int siblings) {
        int[] grams = Grams.of(task.text(), 0, task.text().length());
        int[] features = java.util.Arrays.stream(grams)
                .filter(index::containsKey)
                .map(gram -> index.getOrDefault(gram, -1))
                .toArray();
        double[] base = terms.termScores(task.text(), 0, task.text().length());
        for (int i = 0; i < base.length; i++) {
            base[i] /= settings.temperature();
        }
        var target = new double[base.length];
        double joint = task.joint().isEmpty() ? 0 : settings.jointShare();
        for (int lead : task.leads()) {
            target[lead] += (1 - joint) / task.leads().size();
        }
        for (int other : task.joint()) {
            target[other] += joint / task.joint().size();
        }
        return new Example(features, base, target, 3 / Math.sqrt(siblings), DutyModel.scale(grams.length));
    }

    private static void step(float[][] weights, Example example, double rate, double decay) {
        double[] scores = example.base().clone();
        for (int feature : example.features()) {
            float[] row = weights[feature];
            for (int k = 0; k < scores.length; k++) {
                scores[k] += example.scale() * row[k];
            }
        }
        double[] chances = softmax(scores);
        for (int k = 0; k < scores.length; k++) {
            double gradient = (example.target()[k] - chances[k]) * example.scale() * example.weight() * rate / 10;
            if (Math.abs(gradient) < 1e-7) {
                continue;
            }
            for (int feature : example.features()) {
                weights[feature][k] += (float) (gradient - rate * decay / 10 * weights[feature][k]);
            }
        }
    }

    static double[] softmax(double[] scores) {
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            most = Math.max(most, score);
        }
        var chances = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            chances[i] = Math.exp(scores[i] - most);
            sum += chances[i];
        }
        for (int i = 0; i < scores.length; i++) {
            chances[i] /= sum;
        }
        return chances;
    }

    private static DutyModel model(Map<Integer, Integer> index, float[][] weights, double temperature) {
        var features = new HashMap<Integer, DutyModel.Weights>();
        index.forEach((gram, row) -> {
            var owners = new ArrayList<Integer>();
            for (int k = 0; k < weights[row].length; k++) {
                if (Math.abs(weights[row][k] * temperature) >= 0.03) {
                    owners.add(k);
                }
            }
            if (!owners.isEmpty()) {
                var values = new float[owners.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (weights[row][owners.get(i)] * temperature);
                }
                features.put(
                        gram,
                        new DutyModel.Weights(
                                owners.stream().mapToInt(Integer::intValue).toArray(), values));
            }
        });
        return new DutyModel(features);
    }
}
