package org.luoshi.reading.segments;

/**
 * In how many places' reports a pair or triple of characters is used, in four classes. Names of roads, firms and villages
 * are found in one place only, set phrases everywhere: that tells a named object from a general saying without knowing
 * any name.
 */
final class Spread {
    static final int BITS = 18;
    private static final int WORDS = 1 << (BITS - 2);

    final byte[] pairs;
    final byte[] triples;

    Spread(byte[] pairs, byte[] triples) {
        this.pairs = pairs;
        this.triples = triples;
    }

    static Spread none() {
        return new Spread(new byte[WORDS], new byte[WORDS]);
    }

    /** 0 for nowhere, 1 for one or two places, 2 for up to five, 3 for more. */
    static int of(byte[] table, int bucket) {
        return table[bucket >>> 2] >>> ((bucket & 3) * 2) & 3;
    }

    static void put(byte[] table, int bucket, int places) {
        int level = places == 0 ? 0 : places < 3 ? 1 : places < 6 ? 2 : 3;
        table[bucket >>> 2] |= (byte) (level << (bucket & 3) * 2);
    }

    static int bucket(int hash) {
        int mixed = hash * 0x2C1B3C6D;
        mixed ^= mixed >>> 15;
        mixed *= 0x297A2D39;
        return mixed >>> (32 - BITS);
    }
}
