import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { peopleRoutes } from '#shared/contracts/http/people-routes.ts';
import { fieldErrors } from '#shared/platform/http/field-errors.ts';

const [searchPeople] = peopleRoutes;
const criteria = searchPeople.request.body;

describe('a body of which there are alternatives', () => {
  it.each([
    [
      { forename: 'Aoife' },
      [
        { pointer: '/body/surname', code: 'missing' },
        { pointer: '/body/birthDate', code: 'missing' },
      ],
    ],
    [{ forename: 'Aoife', surname: 'Example', birthDate: '9/3/2015' }, [{ pointer: '/body/birthDate', code: 'not-valid' }]],
    [{ identifier: { type: 'Aoife', value: '1' } }, [{ pointer: '/body/identifier/type', code: 'not-an-option' }]],
    [{ identifier: { type: 'upn' } }, [{ pointer: '/body/identifier/value', code: 'missing' }]],
    [{}, [{ pointer: '/body', code: 'no-alternative' }]],
    [{ Aoife: '9434765919' }, [{ pointer: '/body', code: 'no-alternative' }]],
    ['Aoife', [{ pointer: '/body', code: 'no-alternative' }]],
  ])('is explained by the one that was meant: %j', (body, expected) => {
    const result = criteria.safeParse(body);
    if (result.success) throw new Error('This should not be valid.');
    const errors = fieldErrors('body', criteria, result.error);
    expect(errors).toMatchObject(expected);
    expect(errors).toHaveLength(expected.length);
    expect(JSON.stringify(errors)).not.toMatch(/Aoife|9434765919/);
  });

  it('names them where none was meant', () => {
    const result = criteria.safeParse({});
    if (result.success) throw new Error('This should not be valid.');
    expect(fieldErrors('body', criteria, result.error)[0]?.fix).toBe('Send one of these: identifier; or forename, surname, birthDate.');
  });
});

describe('alternatives that a name tells apart', () => {
  const schema = z.object({
    facts: z
      .array(z.discriminatedUnion('kind', [z.object({ kind: z.literal('plan') }), z.object({ kind: z.literal('closure') })]))
      .optional(),
  });

  it.each([[{ kind: 'Aoife' }], [{}]])('are named: %j', (fact) => {
    const result = schema.safeParse({ facts: [fact] });
    if (result.success) throw new Error('This should not be valid.');
    expect(fieldErrors('body', schema, result.error)).toMatchObject([
      { pointer: '/body/facts/0/kind', code: 'not-an-option', fix: 'Use one of: plan, closure.' },
    ]);
  });
});

describe('a number out of its bounds', () => {
  const schema = z.object({ from: z.int().positive(), most: z.number().max(5), below: z.number().lt(3) });

  it('is told the numbers that are within', () => {
    const result = schema.safeParse({ from: 0, most: 6, below: 3 });
    if (result.success) throw new Error('This should not be valid.');
    expect(fieldErrors('body', schema, result.error).map(({ fix }) => fix)).toEqual([
      'Send more than 0.',
      'Send 5 or less.',
      'Send less than 3.',
    ]);
  });
});
