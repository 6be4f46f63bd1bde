package org.luoshi.server.database;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values kept in memory as long as a revision holds, a count of {@link Revisions} or a sum of several. What many ask for
 * at once is made once; the others wait for it.
 */
public final class Kept<K, V> {
    private record Generation<K, V>(long revision, Map<K, CompletableFuture<V>> values, AtomicLong weight) {
        Generation(long revision) {
            this(revision, new ConcurrentHashMap<>(), new AtomicLong());
        }
    }

    private final long most;
    private final ToLongFunction<V> weight;
    private volatile Generation<K, V> newest = new Generation<>(Long.MIN_VALUE);

    /** Keeps values up to a total weight; past it, all are dropped and made again when asked for. */
    public Kept(long most, ToLongFunction<V> weight) {
        this.most = most;
        this.weight = weight;
    }

    /** The value of a key under a revision. A slow request that saw an older revision than others is served apart. */
    public V get(long revision, K key, Supplier<V> make) {
        Generation<K, V> generation = generation(revision);
        if (generation == null) {
            return make.get();
        }
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> there = generation.values().putIfAbsent(key, mine);
        if (there != null) {
            try {
                return there.join();
            } catch (CompletionException e) {
                return make.get();
            }
        }
        try {
            V value = make.get();
            if (generation.weight().addAndGet(weight.applyAsLong(value)) > most) {
                generation.values().clear();
                generation.weight().set(0);
            }
            mine.complete(value);
            return value;
        } catch (RuntimeException | Error e) {
            generation.values().remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private @Nullable Generation<K, V> generation(long revision) {
        Generation<K, V> there = newest;
        if (revision > there.revision()) {
            synchronized (this) {
                if (revision > newest.revision()) {
                    newest = new Generation<>(revision);
                }
                there = newest;
            }
        }
        return revision == there.revision() ? there : null;
    }
}
