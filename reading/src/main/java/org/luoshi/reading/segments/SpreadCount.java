package org.luoshi.reading.segments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts in how many places pairs and triples of characters are used. What a report is learned from must look to the model
 * as a report of an unknown place will: the places left out are not counted.
 */
final class SpreadCount {
    private static final int MOST_PLACES = 62;

    private final long[] pairs = new long[1 << Spread.BITS];
    private final long[] triples = new long[1 << Spread.BITS];
    private final Map<String, Integer> places = new HashMap<>();

    SpreadCount(List<LabelledText> texts) {
        for (LabelledText text : texts) {
            int place = places.computeIfAbsent(text.place(), name -> places.size());
            if (place >= MOST_PLACES) {
                throw new IllegalStateException("More than " + MOST_PLACES + " places: a place is a bit of a long.");
            }
            add(text.layout().text, 1L << place);
        }
    }

    private void add(String text, long place) {
        int before = 0;
        int before2 = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            run = Features.isHan(c) ? run + 1 : 0;
            if (run > 1) {
                pairs[Spread.bucket(Features.two(before, c))] |= place;
            }
            if (run > 2) {
                triples[Spread.bucket(Features.three(before2, before, c))] |= place;
            }
            before2 = before;
            before = c;
        }
    }

    Spread without(String... left) {
        long mask = 0;
        for (String place : left) {
            mask |= 1L << places.getOrDefault(place, MOST_PLACES);
        }
        Spread spread = Spread.none();
        for (int bucket = 0; bucket < pairs.length; bucket++) {
            Spread.put(spread.pairs, bucket, Long.bitCount(pairs[bucket] & ~mask));
            Spread.put(spread.triples, bucket, Long.bitCount(triples[bucket] & ~mask));
        }
        return spread;
    }
}
