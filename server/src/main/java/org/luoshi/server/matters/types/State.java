package org.luoshi.server.matters.types;

import java.util.Set;

/**
 * A state of a matter.
 *
 * @param seen what the public sees of it
 * @param waitsFor who has to do the next thing; their inbox shows the matter
 * @param ask what they have to do, in a few words
 * @param start the state a matter begins in
 * @param end a matter in it needs nobody any more
 * @param done an end with the work done, as opposed to one without
 * @param side drawn beside the main line
 * @param line the line of the file
 */
public record State(
        String key,
        Named name,
        PublicState seen,
        Set<Who> waitsFor,
        Named ask,
        boolean start,
        boolean end,
        boolean done,
        boolean side,
        int line) {}
