// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Reads the body of a request. As in Harbor everything that is wrong with its shape is 422: the content type, the
 * syntax, a type. Fields that are not known are passed over; a key that stands twice is refused, for two readers could
 * take another one each.
 */
final class JsonBody {
    private static final int MAX_BYTES = 1 << 20;
    private static final JavaType TEXT_MAP =
            TypeFactory.defaultInstance().constructMapType(Map.class, String.class, String.class);

    private JsonBody() {
    }

    /**
     * The body as a record.
     *
     * @param name how Harbor's description calls the body
     * @throws HarborException UNPROCESSABLE_ENTITY if there is none or its shape is wrong; REQUEST_ENTITY_TOO_LARGE
     */
    static <T> T read(HttpServletRequest request, String name, Class<T> type) {
        return read(request, name, TypeFactory.defaultInstance().constructType(type));
    }

    /** The body as a map of texts; nulls are left out. @throws HarborException as {@link #read} */
    static Map<String, String> readTexts(HttpServletRequest request, String name) {
        return withoutNulls(JsonBody.<Map<String, String>>read(request, name, TEXT_MAP));
    }

    static Map<String, String> withoutNulls(Map<String, String> map) {
        return map.entrySet().stream().filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <T> T read(HttpServletRequest request, String name, JavaType type) {
        byte[] bytes = bytes(request);
        if (bytes.length == 0) {
            throw Parameters.invalid(name + " in body is required");
        }
        requireJson(request.getContentType());
        try {
            T body = Json.MAPPER.readValue(bytes, type);
            return Optional.ofNullable(body).orElseThrow(() -> Parameters.invalid(name + " in body is required"));
        } catch (JsonMappingException e) {
            throw Parameters.invalid(field(e) + " in body is of another type");
        } catch (JsonProcessingException e) {
            throw Parameters.invalid("parsing " + name + " body failed, because it is not valid JSON");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private static byte[] bytes(HttpServletRequest request) {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw new HarborException(ErrorCode.REQUEST_ENTITY_TOO_LARGE);
        }
        try {
            InputStream body = request.getInputStream();
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new HarborException(ErrorCode.REQUEST_ENTITY_TOO_LARGE);
            }
            return bytes;
        } catch (IOException e) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the request body ended early");
        }
    }

    private static void requireJson(String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json")) {
            throw Parameters.invalid("the content type of the body must be application/json");
        }
    }

    private static String field(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "the value" : path;
    }
}
