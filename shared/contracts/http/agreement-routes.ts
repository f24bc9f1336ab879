import * as z from 'zod';
import { wordsOf } from '../../domain/words.ts';
import { agreementStateSchema, agreementTermsSchema, sharingAgreementSchema } from '../../domain/uploads/sharing-agreement.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';

const { reference, agency, ...editable } = agreementTermsSchema.shape;

/**
 * Body of `createAgreement`. Each feed's columns are among those of the feed and have all that a row cannot be read without;
 * the last day is not before the first.
 */
const newAgreementSchema = z.strictObject({
  reference: reference.meta({ description: "The agreement's own reference; no two have the same", examples: ['DSA-2026-014'] }),
  agency: agency.meta({ examples: ['northfield-academy'] }),
  ...editable,
});
export type NewAgreement = z.infer<typeof newAgreementSchema>;

/** Body of `editAgreement`: everything but who has agreed under which reference. Holds for every link at once. */
const agreementEditSchema = z.strictObject(editable);
export type AgreementEdit = z.infer<typeof agreementEditSchema>;

/** An agreement as staff see it. `state` is as of the answer. */
export const agreementViewSchema = sharingAgreementSchema.omit({ expiresOn: true }).extend({ state: agreementStateSchema });
export type AgreementView = z.infer<typeof agreementViewSchema>;

const readers = ['data-officer', 'programme-officer', 'auditor'] as const;
const agreementPath = z.object({ agreementId: z.ulid() });

export const agreementRoutes = [
  defineRoute({
    operationId: 'createAgreement',
    function: 'links-api',
    method: 'POST',
    path: '/v1/agreements',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'Record a data-sharing agreement: without one in force no upload link can be made',
    request: { body: newAgreementSchema, idempotencyKey: 'required' },
    response: { status: 201, body: agreementViewSchema },
    problems: ['idempotency-key-reused'],
  }),
  defineRoute({
    operationId: 'listAgreements',
    function: 'links-api',
    method: 'GET',
    path: '/v1/agreements',
    access: { kind: 'staff', roles: readers },
    summary: 'List data-sharing agreements, newest first',
    request: { query: pageQuerySchema },
    response: { status: 200, body: pageOf(agreementViewSchema) },
    problems: [],
  }),
  defineRoute({
    operationId: 'readAgreement',
    function: 'links-api',
    method: 'GET',
    path: '/v1/agreements/{agreementId}',
    access: { kind: 'staff', roles: readers },
    summary: 'Read a data-sharing agreement',
    request: { path: agreementPath },
    response: { status: 200, body: agreementViewSchema },
    problems: ['not-found'],
  }),
  defineRoute({
    operationId: 'listAgreementVersions',
    function: 'links-api',
    method: 'GET',
    path: '/v1/agreements/{agreementId}/versions',
    access: { kind: 'staff', roles: readers },
    summary: 'What a data-sharing agreement said at each time, newest first',
    request: { path: agreementPath, query: pageQuerySchema },
    response: { status: 200, body: pageOf(agreementViewSchema) },
    problems: ['not-found'],
  }),
  defineRoute({
    operationId: 'editAgreement',
    function: 'links-api',
    method: 'PUT',
    path: '/v1/agreements/{agreementId}',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'Change a data-sharing agreement; its links follow at once',
    request: { path: agreementPath, body: agreementEditSchema, ifMatch: 'required' },
    response: { status: 200, body: agreementViewSchema },
    problems: ['not-found', 'version-mismatch', 'state-conflict'],
  }),
  defineRoute({
    operationId: 'endAgreement',
    function: 'links-api',
    method: 'POST',
    path: '/v1/agreements/{agreementId}/end',
    access: { kind: 'staff', roles: ['data-officer'] },
    summary: 'End a data-sharing agreement now: its links close, and files not yet checked are refused',
    request: { path: agreementPath, body: z.strictObject({ reason: wordsOf({ most: 500 }) }), ifMatch: 'required' },
    response: { status: 200, body: agreementViewSchema },
    problems: ['not-found', 'version-mismatch', 'state-conflict'],
  }),
] as const;
