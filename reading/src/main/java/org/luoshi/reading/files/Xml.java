package org.luoshi.reading.files;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks one XML part. Always the JDK's own parser, with document types and external entities off; a part that declares a
 * document type is refused as a whole.
 */
final class Xml implements AutoCloseable {
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;
    private final String part;

    private Xml(XMLStreamReader reader, String part) {
        this.reader = reader;
        this.part = part;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("External entities are not read: " + systemId);
        });
        return factory;
    }

    static Xml of(byte[] bytes, String part) throws Refusal {
        try {
            return new Xml(FACTORY.createXMLStreamReader(characters(bytes)), part);
        } catch (XMLStreamException | RuntimeException e) {
            throw Refusal.damaged("xml-structure");
        }
    }

    /**
     * Both formats allow UTF-8 and UTF-16 only. The bytes are decoded here because the parser prints malformed ones to
     * standard error.
     */
    private static Reader characters(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        Charset charset = switch (first) {
            case 0xfeff, 0x003c -> StandardCharsets.UTF_16BE;
            case 0xfffe, 0x3c00 -> StandardCharsets.UTF_16LE;
            default -> StandardCharsets.UTF_8;
        };
        int mark = first == 0xfeff || first == 0xfffe ? 2 : first == 0xefbb ? 3 : 0;
        return new InputStreamReader(
                new ByteArrayInputStream(bytes, mark, bytes.length - mark),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** The next event as in {@link XMLStreamConstants}; {@code END_DOCUMENT} at the end. */
    int next() throws Refusal {
        try {
            if (!reader.hasNext()) {
                return XMLStreamConstants.END_DOCUMENT;
            }
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw Refusal.of(FileRefused.Reason.ENTITIES, "part", part);
            }
            return event;
        } catch (XMLStreamException | RuntimeException e) {
            // The parser of the JDK answers some malformed input with unchecked exceptions.
            throw Refusal.damaged("xml-structure");
        }
    }

    boolean isStart() {
        return reader.isStartElement();
    }

    String name() {
        return reader.getLocalName();
    }

    String namespace() {
        String uri = reader.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    String text() {
        return reader.getText();
    }

    /** An attribute by its local name, whatever its namespace; null where there is none. */
    @Nullable
    String attribute(String localName) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(localName)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    String attribute(String localName, String otherwise) {
        String value = attribute(localName);
        return value == null ? otherwise : value;
    }

    int number(String localName, int otherwise) {
        String value = attribute(localName);
        if (value == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** An on/off element of OOXML: on where it stands without a value. */
    boolean isOn() {
        String value = attribute("val", "true");
        return !(value.equals("0") || value.equals("false") || value.equals("off"));
    }

    /** Leaves out the element whose start was just read, with all it holds. */
    void skip() throws Refusal {
        int depth = 1;
        while (depth > 0) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.END_DOCUMENT) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A reader over memory cannot fail to close", e);
        }
    }
}
