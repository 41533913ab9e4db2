import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import {
	NOW,
	NONCE,
	SECRET,
	listed,
	iamForbidden,
	remove,
	issue,
	all,
	scope,
	atNow,
} from './apiKeySamples';
import { kit } from './kit';
import { published } from './published';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));
jest.mock('node:crypto', (): unknown => jest.requireActual('./fixedNonce'));

atNow();

const issued = {
	vendor: 'cortexXsiam',
	type: 'apiKey',
	id: '4267',
	secret: SECRET,
	expiresAt: '2026-01-22T12:00:00.000Z',
	expiresAtEstimated: true,
	roles: ['Public API Action'],
	securityLevel: 'standard',
	comment: null,
	lineage: '4267',
	created: true,
};
/** The first 60 bits of the SHA-256 of `["idempotency key","order 66"]`, in Crockford's base 32. */
const IDEMPOTENT = `[n8n call XSBX2MV6Q7Z7 ${NONCE}]`;

const wish = (more: IDataObject = {}): IDataObject => ({
	roles: ['Public API Action'],
	securityLevel: 'standard',
	additionalFields: more,
});
const once = (more: IDataObject = {}) => wish({ idempotencyKey: ' order 66 ', ...more });
const marked = {
	...listed[0],
	roles: ['Public API Action'],
	creation_time: NOW,
	comment: `For Joe ${IDEMPOTENT}`,
};
const issueForJoe = issue({
	roles: ['Public API Action'],
	security_level: 'standard',
	comment: `For Joe ${IDEMPOTENT}`,
});
/** Of two processes, the second of which may be about to take its key back. */
const both = all([
	{ ...marked, id: 24 },
	{ ...marked, id: 25 },
]);

/** What is told of a live key that has the idempotency key. */
const alreadyThere = {
	...issued,
	id: '24',
	lineage: '24',
	secret: null,
	expiresAt: '2026-01-22T12:00:00.001Z',
	expiresAtEstimated: false,
	comment: 'For Joe',
	created: false,
};

describeOperation(
	kit,
	'apiKey',
	'generate',
	published({
		secrets: [SECRET],
		afterLoss: /An API key may exist whose secret nobody knows, with the roles Public API Action/,
		cases: [
			{
				name: 'issues a key without a mark, if that is wanted',
				parameters: wish({ addMark: false }),
				exchanges: [issue({ roles: ['Public API Action'], security_level: 'standard' })],
				items: issued,
			},
			{
				name: 'gives the key with its ID, if that is wanted',
				parameters: wish({ addMark: false, secretAs: 'idAndKey' }),
				exchanges: [issue({ roles: ['Public API Action'], security_level: 'standard' })],
				items: { ...issued, secret: `4267:${SECRET}` },
			},
			{
				name: 'marks the key with the idempotency key, and looks again who has it',
				parameters: once({ comment: 'For Joe' }),
				exchanges: [
					all([
						...listed,
						// Expired; of another one; a copy, since it is older than the mark.
						{ ...marked, id: 26, expiration: NOW - 1 },
						{ ...marked, id: 27, comment: `${IDEMPOTENT} of Joe` },
						{ ...marked, id: 28, creation_time: NOW - 300_001 },
					]),
					issueForJoe,
					all([...listed, { ...marked, id: 4267 }]),
				],
				items: { ...issued, comment: 'For Joe' },
			},
			{
				name: 'returns the live key that has it, without a secret',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [
					all([...listed, { ...marked, id: 24 }]),
					scope(24),
					all([...listed, { ...marked, id: 24 }]),
				],
				items: alreadyThere,
				raw: { ...marked, id: 24 },
				hints: ['API key 24 already existed, and Cortex XSIAM shows its secret only once'],
			},
			{
				name: 'returns it once another process has taken its own one back',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [
					all([{ ...marked, id: 24 }]),
					scope(24),
					both,
					both,
					all([{ ...marked, id: 24 }]),
				],
				items: alreadyThere,
				hints: ['API key 24 already existed'],
			},
			{
				name: 'returns it where its scope cannot be read, and says so',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [
					all([{ ...marked, id: 24 }]),
					{ ...scope(24), status: 403, reply: iamForbidden },
					all([{ ...marked, id: 24 }]),
				],
				items: alreadyThere,
				hints: ['API key 24 already existed', 'Whether API key 24 has a scope is not known'],
			},
			{
				name: 'returns the key of another process, though its own one, taken back, is still listed',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [
					all(listed),
					issueForJoe,
					all([
						{ ...marked, id: 24 },
						{ ...marked, id: 4267 },
					]),
					remove([4267], 1),
					scope(24),
					all([
						{ ...marked, id: 24 },
						{ ...marked, id: 4267 },
					]),
				],
				items: alreadyThere,
				hints: ['API key 24 already existed'],
			},
		],
		refused: [
			[
				'what becomes of a key that nothing is known by',
				wish({ ifKeyExists: 'return' }),
				"'If Key Exists' needs an 'Idempotency Key', by which a key is known",
			],
			[
				'another choice',
				once({ ifKeyExists: '={{ "replace" }}' }),
				"'If Key Exists' must be one of error, return",
			],
			[
				'an idempotency key without a mark to keep it in',
				once({ addMark: false }),
				"'Add Mark' must be on with an 'Idempotency Key'",
			],
			[
				'a comment that would make the key one of another lineage',
				wish({ addMark: false, comment: 'SIEM [n8n 7 1MPHNP0123456]' }),
				"'Comment' must not end with a mark of this node",
			],
			[
				'another form of the secret',
				wish({ secretAs: '={{ "json" }}' }),
				"'Secret As' must be one of idAndKey, key",
			],
		],
		failures: [
			{
				name: 'a live key has the idempotency key',
				parameters: once({ comment: 'For Joe' }),
				exchanges: [all([{ ...marked, id: 24 }]), scope(24), all([{ ...marked, id: 24 }])],
				says: [
					"The API key 24 was issued with this 'Idempotency Key' already",
					/Nothing was issued\. .* delete the key and run again/,
				],
			},
			...[
				{ what: 'roles', has: { roles: ['Investigator'] } },
				{ what: 'roles', has: { roles: ['Public API Action', 'Investigator'] } },
				{ what: 'security level', has: { security_level: 'advanced' } },
				{ what: 'comment', has: { comment: `For Jo ${IDEMPOTENT}` } },
				{
					what: 'scope',
					has: {},
					assets: { mode: 'scope', asset_groups: [{ asset_group_id: 1 }] },
				},
				{
					what: 'roles, security level, comment',
					has: { roles: ['x'], security_level: 'advanced', comment: IDEMPOTENT },
				},
			].map(({ what, has, assets }) => ({
				name: `a live key has the idempotency key and differs in ${what}`,
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [
					all([{ ...marked, id: 24, ...has }]),
					scope(24, assets),
					all([{ ...marked, id: 24, ...has }]),
				],
				says: [
					`The API key 24 was issued with this 'Idempotency Key', but differs in ${what}`,
					/This call issued and changed nothing\./,
				],
			})),
			{
				name: 'two live keys have the idempotency key',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [
					all([
						{ ...marked, id: 25 },
						{ ...marked, id: 24 },
					]),
				],
				says: [
					"The API keys 24, 25 were all issued with this 'Idempotency Key'",
					/Nothing was issued\. Find out which one is used, and delete the others\./,
				],
			},
			{
				name: 'a second key comes while the first one is looked at, and stays',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [
					all([{ ...marked, id: 24 }]),
					scope(24),
					...Array.from({ length: 16 }, () => both),
				],
				says: ["The API keys 24, 25 were all issued with this 'Idempotency Key'"],
			},
			{
				name: 'the key is taken back while it is looked at',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [all([...listed, { ...marked, id: 24 }]), scope(24), all(listed)],
				says: [
					"The API key 24, issued with this 'Idempotency Key', has just been deleted",
					/Nothing was issued now: run the node again\./,
				],
			},
			{
				name: 'the key is deleted while it is looked at, and another one has come',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [all([{ ...marked, id: 24 }]), scope(24), all([{ ...marked, id: 25 }])],
				says: [
					"The API key 24, issued with this 'Idempotency Key', has just been deleted",
					'API key 25 has it now. Nothing was issued now: run the node again.',
				],
			},
			{
				name: 'the keys cannot be listed',
				parameters: once(),
				exchanges: [{ ...all([]), status: 403, reply: iamForbidden.data }],
				says: ['does not permit this call'],
			},
			{
				name: 'the tenant cuts the mark off the comment',
				parameters: once({ comment: 'For Joe' }),
				exchanges: [
					all(listed),
					issueForJoe,
					all([...listed, { ...marked, id: 4267, comment: 'For Joe [n8n call XSBX' }]),
					remove([4267], 1),
				],
				says: [
					'The comment of the new API key 4267 is not what was sent',
					/and is 'For Joe \[n8n call XSBX'\. .*Shorten 'Comment', or write it more plainly, so that the tenant keeps it as it is\. The new API key 4267 was deleted again\./,
				],
			},
			{
				// A second call would be told that the key differs in its comment.
				name: 'the tenant writes the comment in another way',
				parameters: once({ comment: 'For Joe' }),
				exchanges: [
					all(listed),
					issueForJoe,
					all([
						...listed,
						{
							...marked,
							id: 4267,
							comment: marked.comment.toLowerCase().slice(0, 7) + marked.comment.slice(7),
						},
					]),
					remove([4267], 1),
				],
				says: [
					'The comment of the new API key 4267 is not what was sent',
					/It was to be 'For Joe \[.+\]', and is 'for joe \[.+\]'\. .*The new API key 4267 was deleted again\./,
				],
			},
		],
	}),
);
