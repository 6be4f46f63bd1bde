package org.luoshi.reading.packs;

/**
 * One fault of a configuration file, with enough in it to mend the file.
 *
 * @param file the file's name
 * @param line from 1
 * @param column from 1
 * @param message what is wrong and what to write instead
 */
public record PackFault(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
