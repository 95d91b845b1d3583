package io.gyre.api.console;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a form that brings a file along. Nothing of it touches a disk. */
final class FileForm {
    static final String TYPE = "multipart/form-data";

    private static final boolean ON_DISK = false;

    private FileForm() {}

    /**
     * Of a body in the form {@code multipart/form-data}.
     *
     * @param contentType of the request, with the boundary
     * @throws io.gyre.rpc.RpcFault where it is none, a field stands there twice, or several files came
     */
    static Form of(byte[] body, String contentType) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        HttpPostMultipartRequestDecoder decoder = null;
        try {
            decoder = new HttpPostMultipartRequestDecoder(
                    new DefaultHttpDataFactory(ON_DISK), request, StandardCharsets.UTF_8);
            return read(decoder);
        } catch (RuntimeException | IOException e) {
            // Netty's decoder fails in several ways; none of its messages is for a person.
            throw ConsoleFaults.unreadableForm();
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private static Form read(HttpPostMultipartRequestDecoder decoder) throws IOException {
        Map<String, String> fields = new HashMap<>();
        Optional<byte[]> file = Optional.empty();
        for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
            if (part instanceof FileUpload upload) {
                if (file.isPresent()) {
                    throw ConsoleFaults.unreadableForm();
                }
                file = Optional.of(upload.get());
            } else if (part instanceof Attribute field && fields.put(field.getName(), field.getValue()) != null) {
                throw ConsoleFaults.unreadableForm();
            }
        }
        return new Form(fields, file.filter(content -> content.length > 0));
    }
}
