// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Hostile JSON, read token by token: nothing is built for what nobody asked for, and nothing recurses with its depth.
 *
 * <p>The bytes are decoded before they are parsed, for two reasons: invalid UTF-8 is refused wherever it stands, and
 * Jackson, given bytes, would guess at UTF-16. A reading method finds the parser on the first token of its value and
 * leaves it on the last.
 */
final class ManifestJson {
    static final int MAX_DEPTH = 64;
    static final int MAX_STRING_CHARS = 1 << 20;
    static final int MAX_NUMBER_DIGITS = 20;
    static final int MAX_KEYS_OF_OBJECT = 10_000;
    static final int MAX_ELEMENTS = 20_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING_CHARS).maxNumberLength(MAX_NUMBER_DIGITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;

    /** Reads the value of one field of an object. */
    @FunctionalInterface
    interface Field {
        void read(String name) throws IOException;
    }

    /** Reads one element of an array. */
    @FunctionalInterface
    interface Element<T> {
        T read() throws IOException;
    }

    private ManifestJson(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a document that is one object and nothing else. */
    static void document(byte[] content, Function<ManifestJson, Field> reader) throws IOException {
        CharBuffer text = decode(content);
        try (JsonParser parser = FACTORY.createParser(text.array(), text.arrayOffset(), text.length())) {
            ManifestJson json = new ManifestJson(parser);
            parser.nextToken();
            json.object("the manifest", reader.apply(json));
            if (parser.nextToken() != null) {
                throw invalid("there is something after the manifest's closing brace");
            }
        }
    }

    static HarborException invalid(String message) {
        return new HarborException(ErrorCode.MANIFEST_INVALID, message);
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    void object(String what, Field field) throws IOException {
        expect(JsonToken.START_OBJECT, what, "an object");
        int keys = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (++keys > MAX_KEYS_OF_OBJECT) {
                throw invalid(what + " has more than " + MAX_KEYS_OF_OBJECT + " keys");
            }
            String name = parser.currentName();
            parser.nextToken();
            field.read(name);
        }
    }

    <T> List<T> array(String what, Element<T> element) throws IOException {
        expect(JsonToken.START_ARRAY, what, "an array");
        List<T> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (elements.size() == MAX_ELEMENTS) {
                throw invalid(what + " has more than " + MAX_ELEMENTS + " elements");
            }
            elements.add(element.read());
        }
        return elements;
    }

    String string(String what) throws IOException {
        return string(what, MAX_STRING_CHARS);
    }

    String string(String what, int maxChars) throws IOException {
        expect(JsonToken.VALUE_STRING, what, "a string");
        checkLength(what, maxChars);
        return parser.getText();
    }

    /** The text of an integer, since 2.0 and 2e0 are not the integer 2. */
    String integer(String what) throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT, what, "an integer");
        return parser.getText();
    }

    /** Passes over a value; it still has to be well-formed and within the limits. */
    void skip() throws IOException {
        if (parser.currentToken().isScalarValue()) {
            checkScalar(parser.currentToken());
            return;
        }
        int depth = 0;
        int[] keys = new int[MAX_DEPTH + 1];
        do {
            JsonToken token = parser.currentToken();
            if (token.isStructStart()) {
                keys[++depth] = 0;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME && ++keys[depth] > MAX_KEYS_OF_OBJECT) {
                throw invalid("an object has more than " + MAX_KEYS_OF_OBJECT + " keys");
            } else {
                checkScalar(token);
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    /** Jackson skips strings of any length, and keeps a number that no double can hold. */
    private void checkScalar(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            checkLength("a string", MAX_STRING_CHARS);
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT && Double.isInfinite(Double.parseDouble(parser.getText()))) {
            throw invalid("a number is out of range");
        }
    }

    /** Jackson's own limit does not bind a string that lies in its input buffer as it is. */
    private void checkLength(String what, int maxChars) throws IOException {
        if (parser.getTextLength() > maxChars) {
            throw invalid(what + " is longer than " + maxChars + " characters");
        }
    }

    private void expect(JsonToken token, String what, String kind) {
        if (parser.currentToken() != token) {
            throw invalid(what + " must be " + kind);
        }
    }

    private static CharBuffer decode(byte[] content) {
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(content));
        } catch (CharacterCodingException e) {
            throw invalid("the manifest is not UTF-8");
        }
    }
}
