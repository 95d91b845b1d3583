// Calls the published SDK of npm for the test that started this process: a JSON object a line in, one a line out.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const sdk = require('@alicloud/kms20160120');
const { Config } = require('@alicloud/rpc-client');
const { toMap } = require('@alicloud/tea-typescript');

const [endpoint, accessKeyId] = process.argv.slice(2);
const client = new sdk.default(new Config({
  endpoint,
  protocol: 'https',
  accessKeyId,
  accessKeySecret: process.env.ACCESS_KEY_SECRET,
  regionId: 'cn-hangzhou',
  type: 'access_key',
  // Milliseconds: an RSA key, made beside other work, takes longer than the SDK's own 3 s.
  connectTimeout: 30000,
  readTimeout: 30000,
}));

const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');
const requestOf = (action) => sdk[action + 'Request'];
const methodOf = (action) => client[action[0].toLowerCase() + action.slice(1)];

function parameters(action) {
  return methodOf(action) === undefined ? null : Object.values(requestOf(action)?.names() ?? {});
}

async function call({ action, parameters: given }) {
  const Request = requestOf(action);
  const names = Object.fromEntries(Object.entries(Request?.names() ?? {}).map(([own, wire]) => [wire, own]));
  const request = Request && new Request(Object.fromEntries(Object.entries(given).map(([wire, value]) => [names[wire], value])));
  try {
    const answer = await (request ? methodOf(action).call(client, request) : methodOf(action).call(client));
    return { answer: toMap(answer) };
  } catch (refusal) {
    if (refusal.code === undefined) {
      throw refusal;
    }
    return { refusal: refusal.code };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  say(asked.parametersOf ? { parameters: parameters(asked.parametersOf) } : await call(asked));
}
