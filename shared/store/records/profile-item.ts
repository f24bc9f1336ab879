import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { personProfileSchema, type PersonProfile } from '../../domain/people/person-profile.ts';
import { expiry } from '../expiry.ts';
import type { Item } from '../write.ts';
import { profileKey, schemaVersion } from './record-items.ts';

/**
 * What stands in nearly every profile, the commonest last: text like this takes next to no room. Never changed: a better one
 * is added under the next number, and profiles say by which they were written.
 */
const dictionaries: readonly Buffer[] = [
  Buffer.from(
    '"expectedBirthDates":[{"date":"202"ethnicities":[{"code":"W"reviews":["identifier-conflict""several-people""possible-match""possible-relative"' +
      '"restriction":{"kind":"objection","since":""apart":[{"personId":"01","identifiers":["redirect":{"to":"01"judgementId":"01' +
      '"type":"former-upn","value":"type":"pnc-id","value":"type":"nino","value":"type":"nhs-number","value":"99"type":"upn","value":"' +
      '"type":"agency-person-id","value":"agency":"feed":"police-incidents","feed":"school-attendance","feed":"school-roll","feed":"health-visiting",' +
      '"feed":"housing-arrears","feed":"dwp-benefits","feed":"childrens-social-care","feed":"suspensions","feed":"youth-justice","feed":"homelessness",' +
      '"feed":"domestic-abuse-marac","feed":"adult-health","former":true,"estimated":true,"protected":true,' +
      '"contacts":[{"name":"relationship":"phone":"07"namesAtAddress":["NAME_AT_ADDRESS#v1."],"lastSeenOn":"2026-' +
      '"matchRows":"{\\"c\\":1,\\"v\\":{\\"a\\":[\\"\\"],\\"b\\":[\\"20\\"],\\"f\\":[\\"\\"],\\"l\\":[\\"\\"],\\"m\\":[\\"\\"],\\"p\\":[\\"L3\\"],\\"s\\":[\\"\\"],' +
      '\\"u\\":[\\"\\"],\\"x\\":[\\"f\\"],\\"x\\":[\\"m\\"],\\"n\\":[\\"\\"],\\"h\\":[\\"9\\"],\\"i\\":[\\"\\"]},\\"r\\":[\\"2026-01-31:0,0,0,0,0,0,0\\"]}",' +
      '"addresses":[{"address":{"lines":["Road","Street","Lane","Avenue","Close"],"town":"","postcode":"L3","uprn":""},"from":"2025-09-01","to":"2026-01-01",' +
      '"protected":false,"sightings":1,"homes":["v1.","v1."],"households":["HOUSEHOLD#v1.","HOUSEHOLD#v1.","SHARED_HOME#v1."],' +
      '"namesAtAddress":[],"protectedHomes":["PROTECTED_HOME#v1.","PROTECTED_HOME#v1.","PROTECTED_HOME#v1."],"lastSeenOn":"2026-01-31"}],' +
      '"recordCount":1,"names":[{"forename":"middleNames":"","surname":"","lastSeenOn":"2026-01-31"}],"birthDates":[{"date":"20","estimated":false,"lastSeenOn":' +
      '"2026-01-31"}],"expectedBirthDates":[],"sexes":[{"sex":"female","sex":"male","lastSeenOn":"2026-01-31"}],"ethnicities":[],"identifiers":[{"type":' +
      '"contacts":[],"addressProtected":false,"reviews":[],"identityKeys":["UPN#v1.","NHS#v1.","NINO#v1.","BLOCK#v1.","BLOCK#v1.","BLOCK#v1."],"expiresOn":"2033-01-31"',
  ),
];
const newest = dictionaries.length - 1;

/**
 * A profile as it is stored: deflated, behind a byte that says with which dictionary, because units are charged by the KB and
 * a profile is read and written with every row about the person.
 */
export const profileItem = ({ personId, version, ...view }: PersonProfile): Item => ({
  ...profileKey(personId),
  personId,
  version,
  view: Buffer.concat([Buffer.of(newest), deflateRawSync(JSON.stringify(view), { dictionary: dictionaries[newest], level: 9 })]),
  ...expiry(view.expiresOn),
  schemaVersion,
});

const storedSchema = z.object({ personId: z.string(), version: z.int(), view: z.instanceof(Uint8Array) });

export const profileItemSchema: z.ZodType<PersonProfile> = storedSchema
  .transform(({ personId, version, view }, context): unknown => {
    const dictionary = dictionaries[view[0] ?? 255];
    if (dictionary === undefined) {
      context.addIssue({ code: 'custom', message: 'written with a dictionary that is not known here' });
      return z.NEVER;
    }
    const said: unknown = JSON.parse(inflateRawSync(view.subarray(1), { dictionary }).toString());
    return { ...z.record(z.string(), z.unknown()).parse(said), personId, version };
  })
  .pipe(personProfileSchema);
