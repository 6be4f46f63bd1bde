package org.luoshi.cli;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Works on files with as many threads as there are cores and gives the results in the order of the files. Only a few
 * results wait at any time, so memory does not grow with the number of files.
 */
final class Batch<R> implements Iterator<R>, AutoCloseable {
    private final ExecutorService threads;
    private final Deque<Future<R>> under = new ArrayDeque<>();
    private final Iterator<Path> files;
    private final Function<Path, R> work;
    private final int ahead;

    Batch(List<Path> files, int cores, Function<Path, R> work) {
        this.threads = Executors.newFixedThreadPool(Math.max(1, Math.min(cores, files.size())));
        this.files = files.iterator();
        this.work = work;
        this.ahead = 2 * cores;
        fill();
    }

    private void fill() {
        while (under.size() < ahead && files.hasNext()) {
            Path file = files.next();
            under.add(threads.submit(() -> work.apply(file)));
        }
    }

    @Override
    public boolean hasNext() {
        return !under.isEmpty();
    }

    @Override
    public R next() {
        Future<R> first = under.poll();
        if (first == null) {
            throw new NoSuchElementException("All files are done");
        }
        try {
            R result = first.get();
            fill();
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a file", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The work on a file must answer with a result, not fail", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
