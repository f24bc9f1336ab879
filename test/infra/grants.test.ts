import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { policiesOfFunctions } from './support/grants.ts';
import { appOf, templatesOf } from './support/synthesise.ts';

/** `{"Fn::ImportValue":"…:ExportsOutputFnGetAttQuarantineBucket2B128B57Arn88525630"}` and its kin, down to the name of the thing. */
const shortName = (resource: string): string => {
  const thing = /(?:ExportsOutput(?:FnGetAtt|Ref)|"Fn::GetAtt":\["|"Ref":")([A-Za-z]+?)[0-9A-F]{8}/.exec(resource)?.[1] ?? resource;
  const suffix = /"(\/[a-z/*]+)"/.exec(resource)?.[1] ?? '';
  return `${thing}${suffix}`;
};

test('the rights of each function are the reviewed ones', () => {
  const services = templatesOf(appOf('prod')).get('Services');
  if (!services) throw new Error('no services');
  const written = policiesOfFunctions(services).flatMap(({ name, grants }) =>
    grants.map(({ actions, resources, condition }) => {
      const via = /"kms:ViaService":"([a-z0-9]+)\./.exec(condition)?.[1];
      return `${name}  ${actions.join(' ')}  ${resources.map(shortName).join(' ')}${via === undefined ? '' : `  through ${via}`}`;
    }),
  );
  const reviewed = readFileSync(new URL('./reviewed-grants.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  expect(written.toSorted()).toEqual(reviewed);
});
