// Holds Kubernetes objects against the schemas that are made from the operators' own types: an array of objects in, one of complaints out.
import { readFileSync } from 'node:fs';
import * as postgres from '@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1';
import * as keda from '@kubernetes-models/keda/keda.sh/v1alpha1';

const groups = { 'postgresql.cnpg.io/v1': postgres, 'keda.sh/v1alpha1': keda };

function refusal(Kind, object) {
  try {
    new Kind(object).validate();
    return null;
  } catch (error) {
    if (error.constructor.name !== 'ValidationError') {
      throw error;
    }
    return error.message;
  }
}

// Where each value stands, as the keys that lead there.
function* places(value, at = []) {
  if (value !== null && typeof value === 'object') {
    for (const key of Object.keys(value)) {
      yield [...at, key];
      yield* places(value[key], [...at, key]);
    }
  }
}

// The object with a value of another type in this place: a list for what is none, an object for a list.
function wronglyTyped(object, place) {
  const copy = structuredClone(object);
  const holder = place.slice(0, -1).reduce((value, key) => value[key], copy);
  const last = place.at(-1);
  holder[last] = Array.isArray(holder[last]) ? {} : [];
  return copy;
}

// The schemas let fields pass that they do not know, whatever is in them: so what may be of any type is not known.
function complaints(object) {
  const Kind = groups[object.apiVersion][object.kind];
  const refused = refusal(Kind, object);
  if (refused !== null) {
    return [refused];
  }
  return [...places(object)]
    .filter((place) => refusal(Kind, wronglyTyped(object, place)) === null)
    .map((place) => `data/${place.join('/')} is not known`);
}

const objects = JSON.parse(readFileSync(0, 'utf8'));
const said = objects.flatMap((object) => complaints(object).map((each) => `${object.kind} ${object.metadata?.name}: ${each}`));
process.stdout.write(JSON.stringify(said));
