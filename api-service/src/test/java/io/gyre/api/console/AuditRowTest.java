package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditRowTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'eventName':'GetSecretValue','userIdentity':{'userName':'anna'},'requestParameters':{'SecretName':'a'},"
                        + "'additionalEventData':{'stage':'Ended'}} | anna GetSecretValue Ended works SecretName=a",
                "{'eventName':'GetSecretValue','userIdentity':{'type':'root-account'},'errorCode':'Rejected.Throttling',"
                        + "'additionalEventData':{'stage':'Ended'}} | root-account GetSecretValue Ended late refused: Rejected.Throttling",
                "{'eventName':'ListRotations','userIdentity':{'userName':'anna'},'errorCode':'Forbidden.NoPermission',"
                        + "'additionalEventData':{'stage':'Denied'}} | anna ListRotations Denied failed refused: Forbidden.NoPermission",
                "{'eventName':'RotationStep','resourceName':'db/orders','additionalEventData':{'worker':'worker-1',"
                        + "'note':'Requested.'}} | worker-1 RotationStep Step open db/orders: Requested."
            })
    void anEventIsTold(String event, String told) throws Exception {
        AuditRow row = new AuditRow(new ObjectMapper().readTree(event.replace('\'', '"')));
        assertEquals(told, String.join(" ", row.who(), row.what(), row.stage(), row.shape(), row.on()));
    }
}
