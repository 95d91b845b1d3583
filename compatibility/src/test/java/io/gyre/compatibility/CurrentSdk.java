package io.gyre.compatibility;

import com.aliyun.kms20160120.Client;
import com.aliyun.tea.NameInMap;
import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaModel;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** com.aliyun:kms20160120: signs ACS3-HMAC-SHA256 and sends everything in the query. */
final class CurrentSdk implements PublishedSdk {
    private static final String MODELS = "com.aliyun.kms20160120.models.";

    private final Client client;

    CurrentSdk(Endpoint endpoint) throws Exception {
        this.client = new Client(new Config()
                .setEndpoint(endpoint.address())
                .setProtocol("https")
                .setRegionId(endpoint.region())
                .setAccessKeyId(endpoint.accessKeyId())
                .setAccessKeySecret(endpoint.accessKeySecret()));
    }

    @Override
    public String title() {
        return "com.aliyun:kms20160120 1.2.3";
    }

    /** Every action that it has a method for. */
    Set<String> actions() {
        return Arrays.stream(Client.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.endsWith("WithOptions"))
                .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT)
                        + name.substring(1, name.length() - "WithOptions".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the service knows the action, found by a call without parameters. */
    boolean isServed(String action) throws Exception {
        Params params = new Params()
                .setAction(action)
                .setVersion("2016-01-20")
                .setProtocol("HTTPS")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        try {
            client.callApi(params, new OpenApiRequest(), new RuntimeOptions());
            return true;
        } catch (TeaException refusal) {
            return !refusal.getCode().equals("InvalidAction.NotFound");
        }
    }

    @Override
    public Optional<Set<String>> parameters(String action) {
        if (!actions().contains(action)) {
            return Optional.empty();
        }
        return Optional.of(model(action)
                .map(request -> Arrays.stream(request.getFields())
                        .map(CurrentSdk::wireName)
                        .collect(Collectors.<String>toSet()))
                .orElse(Set.of()));
    }

    @Override
    public Outcome call(String action, Map<String, Object> parameters) throws Exception {
        String method = action.substring(0, 1).toLowerCase(Locale.ROOT) + action.substring(1) + "WithOptions";
        Optional<Class<?>> model = model(action);
        try {
            Object response = model.isEmpty()
                    ? Client.class.getMethod(method, RuntimeOptions.class).invoke(client, new RuntimeOptions())
                    : Client.class
                            .getMethod(method, model.get(), RuntimeOptions.class)
                            .invoke(client, request(model.get(), parameters), new RuntimeOptions());
            TeaModel body = (TeaModel) response.getClass().getMethod("getBody").invoke(response);
            return Outcome.answered(body.toMap());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof TeaException refusal) {
                return new Outcome.Refused(refusal.getCode());
            }
            throw new IllegalStateException(action + " failed inside the SDK", e.getCause());
        }
    }

    private static TeaModel request(Class<?> model, Map<String, Object> parameters) throws Exception {
        Map<String, Object> typed = new LinkedHashMap<>();
        for (Field field : model.getFields()) {
            String name = wireName(field);
            Object value = parameters.get(name);
            if (value != null) {
                boolean structured = List.of(Map.class, List.class).contains(field.getType())
                        || TeaModel.class.isAssignableFrom(field.getType());
                typed.put(name, structured ? value : Endpoint.asText(value));
            }
        }
        return TeaModel.toModel(typed, (TeaModel) model.getConstructor().newInstance());
    }

    private static Optional<Class<?>> model(String action) {
        try {
            return Optional.of(Class.forName(MODELS + action + "Request"));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static String wireName(Field field) {
        NameInMap name = field.getAnnotation(NameInMap.class);
        return name == null ? field.getName() : name.value();
    }
}
