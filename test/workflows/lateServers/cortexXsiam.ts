import { said } from '../kit/result';
import { addFirst, addSuccessor, HOUR, storedFormOf } from '../cortexXsiam/lineage';
import type { Rows } from './world';
import { fails, gives, item, sims } from './world';

const FIRST_NEW_KEY = 4_267;
const keys = () => sims.cortexXsiam.state.keys;
const apiKeys = () => [...keys().values()].filter(({ id }) => id >= FIRST_NEW_KEY);
const MARKED =
	/An API key may exist whose secret nobody knows\. Its comment would end with \[n8n call [0-9A-Z]{12} [0-9A-Z]{13}\]\. No key with it is in the list yet, but the server may still be at work\. Look for this mark in the console, now and in some hours, and delete the key that has it\./;
const generateParameters = { roles: ['Investigator'], securityLevel: 'standard' };
const once = { idempotencyKey: 'siem-berlin', comment: 'SIEM' };

export const rows: Rows = {
	'cortexXsiam apiKey generate': {
		parameters: () => generateParameters,
		cut: /POST .*\/api_keys\/generate$/,
		first: fails(MARKED),
		made: () => apiKeys().length,
		// Another execution is another call. The first key is named by the error.
		afterwards: [gives({ created: true }), 2],
		beforehand: [gives({ created: true }), 2],
		finally: ([first]) => {
			const [mark] = /\[n8n call [^\]]*\]/.exec(said(first!)) ?? [];
			expect(apiKeys().filter(({ comment }) => comment?.endsWith(mark!))).toHaveLength(1);
		},
	},
	'cortexXsiam apiKey generate, with an idempotency key': {
		parameters: () => ({ ...generateParameters, additionalFields: once }),
		cut: /POST .*\/api_keys\/generate$/,
		first: fails(MARKED),
		made: () => apiKeys().length,
		// The process knows that nobody has the secret of the first one.
		afterwards: [gives({ created: true, id: String(FIRST_NEW_KEY + 1) }), 1],
		beforehand: [fails(/an earlier try of this call was lost, and its key may still appear/), 1],
	},
	'cortexXsiam apiKey rotate': {
		prepare: () => addFirst(sims.cortexXsiam),
		parameters: () => ({
			rotate: 'lineage',
			lineage: '100',
			dueWithinDays: 14,
			storedSecret: storedFormOf(keys().get(100)!),
			readAt: Date.now(),
		}),
		cut: /POST .*\/api_keys\/generate$/,
		first: (result) => {
			gives({ status: 'unknown', secret: null, needsAttention: true })(result);
			expect(item(result).details).toMatch(/would end with \[n8n 100 [0-9A-Z]{13}\]/);
			expect(item(result).details).toContain(
				"A later run of 'API Key: Rotate' finds it by this mark",
			);
			expect(item(result).nextStep).toMatch(/^Run again in an hour or later/);
		},
		made: () => apiKeys().length,
		afterwards: [gives({ status: 'inProgress' }), 1],
		// The one that comes late is revoked by a run when it is 12 hours old.
		beforehand: [gives({ status: 'rotated' }), 2],
		finally: () => expect(keys().has(100)).toBe(true),
	},
	'cortexXsiam apiKey finishRotation': {
		prepare: () => {
			addFirst(sims.cortexXsiam);
			addSuccessor(sims.cortexXsiam, 101, 24 * HOUR);
		},
		parameters: () => ({
			lineage: '100',
			storedSecret: storedFormOf(keys().get(101)!),
			readAt: Date.now(),
			dueWithinDays: 14,
		}),
		cut: /POST .*\/api_keys\/delete$/,
		first: gives({ status: 'finished' }),
		made: () => Number(keys().has(100)),
		afterwards: [gives({ status: 'finished' }), 0],
		beforehand: [gives({ status: 'finished' }), 0],
		finally: () => expect(keys().has(101)).toBe(true),
	},
	'cortexXsiam apiKey update': {
		prepare: () => addFirst(sims.cortexXsiam),
		parameters: () => ({
			apiKey: { __rl: true, mode: 'id', value: '100' },
			updateFields: { comment: 'another' },
		}),
		cut: /PUT .*\/api-key\/100$/,
		first: gives({ id: '100', comment: 'another' }),
		made: () => [...keys().values()].filter((key) => key.comment === 'another').length,
		afterwards: [gives({ comment: 'another' }), 1],
		beforehand: [gives({ comment: 'another' }), 1],
	},
	'cortexXsiam apiKey delete': {
		prepare: () => addFirst(sims.cortexXsiam),
		parameters: () => ({ apiKey: { __rl: true, mode: 'id', value: '100' } }),
		cut: /POST .*\/api_keys\/delete$/,
		first: gives({ deleted: true }),
		made: () => Number(keys().has(100)),
		afterwards: [fails(/deleted 0 of 1 API keys/), 0],
		beforehand: [fails(/deleted 0 of 1 API keys/), 0],
	},
};
