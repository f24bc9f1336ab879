import { roleSchema, type Principal, type Role } from '../../domain/access/access.ts';

const roles = new Set<string>(roleSchema.options);
const isRole = (text: string): text is Role => roles.has(text);

/**
 * API Gateway hands the groups on as it likes: a list, `[a b]` (REST API), or `a,b`. Groups that are no roles of ours are
 * left out.
 */
export const rolesOf = (groups: unknown): readonly Role[] => {
  const names = Array.isArray(groups)
    ? groups.filter((name): name is string => typeof name === 'string')
    : typeof groups === 'string'
      ? groups.replace(/^\[|\]$/g, '').split(/[\s,]+/)
      : [];
  return [...new Set(names.filter(isRole))];
};

const subject = /^[\w.:|@-]{1,128}$/;

/**
 * The signed-in member of staff out of the claims that the authoriser has verified, or undefined where there is none.
 * An id token is not an access token and gives nobody.
 */
export const principalOf = (claims: unknown): Principal | undefined => {
  if (typeof claims !== 'object' || claims === null) return undefined;
  const claim = (name: string): unknown => (Object.hasOwn(claims, name) ? Reflect.get(claims, name) : undefined);
  const id = claim('sub');
  if (typeof id !== 'string' || !subject.test(id)) return undefined;
  const use = claim('token_use');
  if (use !== undefined && use !== 'access') return undefined;
  return { id, roles: rolesOf(claim('cognito:groups')) };
};
