package org.luoshi.server.burden;

import java.util.List;

/** A request asks for what stands already, or perhaps; nothing was sent. */
final class Stands extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Place> places;

    Stands(List<Place> places) {
        super(places.toString());
        this.places = List.copyOf(places);
    }

    List<Place> places() {
        return places;
    }

    List<Place> exact() {
        return places.stream().filter(Place::exact).toList();
    }
}
