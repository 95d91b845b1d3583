package io.gyre.compatibility;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.profile.DefaultProfile;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** com.aliyun:aliyun-java-sdk-kms: signs HMAC-SHA1 and reads JSON or XML, by what it is told to accept. */
final class LegacySdk implements PublishedSdk {
    private static final String MODELS = "com.aliyuncs.kms.model.v20160120.";

    /** With every call; only the newer tagging actions read it. */
    private static final String SENT_BY_THE_CORE = "RegionId";

    private final DefaultAcsClient client;
    private final Endpoint endpoint;
    private final FormatType format;

    LegacySdk(Endpoint endpoint, FormatType format) {
        this.endpoint = endpoint;
        this.format = format;
        this.client = new DefaultAcsClient(
                DefaultProfile.getProfile(endpoint.region(), endpoint.accessKeyId(), endpoint.accessKeySecret()));
    }

    @Override
    public String title() {
        return "com.aliyun:aliyun-java-sdk-kms 2.16.6, " + format;
    }

    @Override
    public Optional<Set<String>> parameters(String action) {
        return request(action).map(request -> {
            Set<String> names = new TreeSet<>(setters(request).keySet());
            if (names.contains("ResourceId")) {
                names.add(SENT_BY_THE_CORE);
            }
            return names;
        });
    }

    @Override
    public Outcome call(String action, Map<String, Object> parameters) throws Exception {
        Class<?> model = request(action).orElseThrow();
        AcsRequest<?> request = (AcsRequest<?>) model.getConstructor().newInstance();
        request.setSysEndpoint(endpoint.address());
        request.setSysAcceptFormat(format);
        Map<String, Method> setters = setters(model);
        for (var setter : setters.entrySet()) {
            Object value = parameters.get(setter.getKey());
            if (value != null) {
                setter.getValue().invoke(request, typed(setter.getValue(), value));
            }
        }
        try {
            AcsResponse response = client.getAcsResponse(request);
            return new Outcome.Answered(fields(response));
        } catch (ClientException refusal) {
            if (refusal.getErrCode() == null || refusal.getErrCode().startsWith("SDK.")) {
                throw refusal;
            }
            return new Outcome.Refused(refusal.getErrCode());
        }
    }

    private static Optional<Class<?>> request(String action) {
        try {
            return Optional.of(Class.forName(MODELS + action + "Request"));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** By the parameter's name on the wire. */
    private static Map<String, Method> setters(Class<?> request) {
        return Arrays.stream(request.getDeclaredMethods())
                .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
                .collect(Collectors.toMap(LegacySdk::wireName, method -> method, (one, other) -> one));
    }

    /** Only one has a dot, which the setter's name leaves out; that of a list is in the plural. */
    private static String wireName(Method setter) {
        String name = setter.getName().substring(3).replace("ExtendedConfigCustomData", "ExtendedConfig.CustomData");
        return setter.getParameterTypes()[0] == List.class ? name.replaceAll("s$", "") : name;
    }

    private static Object typed(Method setter, Object value) throws Exception {
        Class<?> type = setter.getParameterTypes()[0];
        if (type == String.class) {
            return String.valueOf(Endpoint.asText(value));
        }
        if (type == List.class && value instanceof List<?> list && list.get(0) instanceof Map) {
            List<Object> groups = new ArrayList<>();
            for (Object group : list) {
                groups.add(group(setter.getDeclaringClass(), (Map<?, ?>) group));
            }
            return groups;
        }
        return value;
    }

    /** A tag is a class inside the request's. */
    private static Object group(Class<?> request, Map<?, ?> fields) throws Exception {
        Class<?> type = request.getClasses()[0];
        Object group = type.getConstructor().newInstance();
        for (var field : fields.entrySet()) {
            type.getMethod("set" + field.getKey(), String.class).invoke(group, field.getValue());
        }
        return group;
    }

    private static Map<String, Object> fields(Object response) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Method method : response.getClass().getDeclaredMethods()) {
            if (method.getName().startsWith("get")
                    && method.getParameterCount() == 0
                    && !method.getName().equals("getInstance")) {
                Object value = method.invoke(response);
                if (value != null) {
                    fields.put(method.getName().substring(3), plain(value));
                }
            }
        }
        return fields;
    }

    private static Object plain(Object value) throws Exception {
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            for (Object element : list) {
                plain.add(plain(element));
            }
            return plain;
        }
        return value.getClass().getName().startsWith(MODELS) ? fields(value) : value;
    }
}
