package io.gyre.deployment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for: the metrics, and the labels that it picks of each or counts together by. It reads the tokens of the
 * language and no more: what is no word of it, no function and no label is a metric's name.
 */
record PromQl(Map<String, Set<String>> metrics, Set<String> grouping) {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')|(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)"
                    + "|(?<number>[0-9][0-9.a-z]*)|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^=<>(){}\\[\\],:@])");

    private static final Set<String> OPERATORS =
            Set.of("and", "or", "unless", "bool", "offset", "group_left", "group_right", "inf", "nan");

    private static final Set<String> BEFORE_LABELS = Set.of("by", "without", "on", "ignoring");

    /** @throws IllegalArgumentException for what is no token, or a bracket without its other half */
    static PromQl of(String expression) {
        List<String> tokens = tokens(expression);
        Map<String, Set<String>> metrics = new TreeMap<>();
        Set<String> grouping = new TreeSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (!isWord(token) || OPERATORS.contains(token.toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (BEFORE_LABELS.contains(token)) {
                int end = closing(tokens, i + 1, "(", ")");
                tokens.subList(i + 2, end).stream().filter(PromQl::isWord).forEach(grouping::add);
                i = end;
            } else if (next.equals("{")) {
                int end = closing(tokens, i + 1, "{", "}");
                metrics.computeIfAbsent(token, name -> new TreeSet<>()).addAll(labels(tokens.subList(i + 2, end)));
                i = end;
            } else if (!next.equals("(") && !BEFORE_LABELS.contains(next)) {
                metrics.computeIfAbsent(token, name -> new TreeSet<>());
            }
        }
        return new PromQl(metrics, grouping);
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(expression);
        int read = 0;
        while (read < expression.length()) {
            if (!token.find(read) || token.start() != read) {
                throw new IllegalArgumentException("No token begins at " + read + " of: " + expression);
            }
            read = token.end();
            if (!token.group().isBlank()) {
                tokens.add(token.group());
            }
        }
        expectPairs(tokens, expression);
        return tokens;
    }

    private static void expectPairs(List<String> tokens, String expression) {
        List<String> open = new ArrayList<>();
        Map<String, String> pairs = Map.of(")", "(", "}", "{", "]", "[");
        for (String token : tokens) {
            if (pairs.containsValue(token)) {
                open.add(token);
            } else if (pairs.containsKey(token)
                    && (open.isEmpty() || !open.remove(open.size() - 1).equals(pairs.get(token)))) {
                throw new IllegalArgumentException("A bracket is closed that was not opened in: " + expression);
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("A bracket is not closed in: " + expression);
        }
    }

    private static boolean isWord(String token) {
        return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
    }

    /** Each word of a selector stands before a sign of comparison; texts are no words. */
    private static Set<String> labels(List<String> selector) {
        Set<String> labels = new HashSet<>();
        selector.stream().filter(PromQl::isWord).forEach(labels::add);
        return labels;
    }

    private static int closing(List<String> tokens, int from, String open, String close) {
        if (from >= tokens.size() || !tokens.get(from).equals(open)) {
            throw new IllegalArgumentException("\"" + open + "\" is missing in " + tokens);
        }
        return from + tokens.subList(from, tokens.size()).indexOf(close);
    }
}
