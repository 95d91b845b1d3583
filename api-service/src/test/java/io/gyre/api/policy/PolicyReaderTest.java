package io.gyre.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {
    private static final String STATEMENT = "'Effect':'Allow','Action':'kms:*','Resource':'*'";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]|it must be a JSON object.",
                "{'Version':'1','Version':'1'}|it must be well-formed JSON that names no field twice.",
                "{'Version':1,'Statement':[{STATEMENT}]}|its Version must be \"1\".",
                "{'Version':'2','Statement':[{STATEMENT}]}|its Version must be \"1\".",
                "{'Version':'1','Statement':[]}|its Statement must be an array with at least one statement.",
                "{'Version':'1','Statement':{STATEMENT}}|its Statement must be an array with at least one statement.",
                "{'Version':'1','Statement':[{STATEMENT}],'Id':'x'}|it may have no fields but Statement, Version.",
            })
    void whatIsNoPolicyIsRefusedWithTheRule(String text, String rule) {
        assertEquals(rule, refusal(text.replace("STATEMENT", STATEMENT)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'Effect':'allow','Action':'*','Resource':'*'|its Effect must be Allow or Deny.",
                "'Effect':'Allow','Resource':'*'|it must have either Action or NotAction.",
                "'Effect':'Allow','Action':'*','NotAction':'*','Resource':'*'|it must have either Action or NotAction.",
                "'Effect':'Allow','Action':'*'|it must have either Resource or NotResource.",
                "STATEMENT,'Condition':{'Equals':{'acs:SourceIp':'1'}}|the operators of its Condition must be those of RAM,"
                        + " such as StringEquals, DateLessThan, Bool and IpAddress.",
                "STATEMENT,'Condition':{'Bool':{'acs:SourceVpc':'true'}}|the keys of its Condition must be acs:CurrentTime,"
                        + " acs:SecureTransport, acs:SourceIp, acs:MFAPresent and kms:tag/KEY.",
                "STATEMENT,'Condition':{'Bool':{'acs:MFAPresent':true}}|the values of Bool must be texts, each true or false.",
                "STATEMENT,'Condition':{'IpAddress':{'acs:SourceIp':['10.0.0.0/33']}}|the values of IpAddress must be texts,"
                        + " each an IP address or a range like 10.0.0.0/8.",
                "STATEMENT,'Condition':{'DateLessThan':{'acs:CurrentTime':'2026-01-01'}}|the values of DateLessThan must be"
                        + " texts, each a time like 2026-01-31T23:59:59Z.",
                "STATEMENT,'Condition':{'NumericEquals':{'kms:tag/n':'1e999999999'}}|the values of NumericEquals must be"
                        + " texts, each a number of at most 18 digits.",
            })
    void whatAStatementCannotSayIsRefusedWithTheRule(String statement, String rule) {
        String text = "{'Version':'1','Statement':[{" + statement.replace("STATEMENT", STATEMENT) + "}]}";
        assertEquals("of each statement, " + rule, refusal(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Sid':'s'",
                "'Principal':{'RAM':['acs:ram::1:*']}",
                "'Action':'kms:Decrypt'",
                "'Comment':''",
            })
    void fieldsThatThePoliciesOfIdentitiesDoNotHaveAreRefused(String field) {
        assertThrows(
                MalformedPolicy.class,
                () -> PolicyReader.ofIdentity(
                        quoted("{'Version':'1','Statement':[{" + STATEMENT + "," + field + "}]}")));
    }

    @Test
    void eachKindHasItsLimit() {
        String many = "'kms:Decrypt',".repeat(1000);
        String text =
                quoted("{'Version':'1','Statement':[{'Effect':'Allow','Principal':{'RAM':'acs:ram::1:*'},'Action':["
                        + many + "'kms:*'],'Resource':'*'}]}");
        assertEquals(1, PolicyReader.ofResource(text).statements().size());
        MalformedPolicy refusal = assertThrows(MalformedPolicy.class, () -> PolicyReader.ofIdentity(text));
        assertEquals("it must have at most 6144 bytes.", refusal.rule());
        MalformedPolicy resource =
                assertThrows(MalformedPolicy.class, () -> PolicyReader.ofResource(" ".repeat(32_769)));
        assertEquals("it must have at most 32768 bytes.", resource.rule());
    }

    private static String refusal(String text) {
        MalformedPolicy refusal =
                assertThrows(MalformedPolicy.class, () -> PolicyReader.ofIdentity(quoted(text)), text);
        assertTrue(refusal.rule().endsWith("."));
        return refusal.rule();
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }
}
