package org.luoshi.server.database;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Values kept in memory as long as a revision holds, a count of {@link Revisions} or a sum of several that only grows for
 * a key. What many ask for at once is made once; the others wait for it.
 */
public final class Kept<K, V> {
    /** A value of a revision; it weighs nothing until it is there. Read and changed while its key is held. */
    private static final class Entry<V> {
        final long revision;
        final CompletableFuture<V> value = new CompletableFuture<>();
        long weight;

        Entry(long revision) {
            this.revision = revision;
        }
    }

    private final long most;
    private final ToLongFunction<V> weight;
    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();

    /** Keeps values up to a total weight; past it, all are dropped and made again when asked for. */
    public Kept(long most, ToLongFunction<V> weight) {
        this.most = most;
        this.weight = weight;
    }

    /** The value of a key under a revision. A slow request that saw an older revision than others is served apart. */
    public V get(long revision, K key, Supplier<V> make) {
        Entry<V> there = entries.get(key);
        if (there == null || there.revision < revision) {
            Entry<V> mine = new Entry<>(revision);
            there = entries.compute(key, (k, old) -> {
                if (old != null && old.revision >= revision) {
                    return old;
                }
                if (old != null) {
                    total.addAndGet(-old.weight);
                }
                return mine;
            });
            if (there == mine) {
                return make(key, mine, make);
            }
        }
        if (there.revision > revision) {
            return make.get();
        }
        try {
            return there.value.join();
        } catch (CompletionException e) {
            return make.get();
        }
    }

    private V make(K key, Entry<V> mine, Supplier<V> make) {
        try {
            V value = make.get();
            long weighs = weight.applyAsLong(value);
            entries.computeIfPresent(key, (k, there) -> {
                if (there == mine) {
                    mine.weight = weighs;
                    total.addAndGet(weighs);
                }
                return there;
            });
            mine.value.complete(value);
            if (total.get() > most) {
                entries.keySet().forEach(this::drop);
            }
            return value;
        } catch (RuntimeException | Error e) {
            entries.remove(key, mine);
            mine.value.completeExceptionally(e);
            throw e;
        }
    }

    private void drop(K key) {
        entries.computeIfPresent(key, (k, there) -> {
            total.addAndGet(-there.weight);
            return null;
        });
    }
}
