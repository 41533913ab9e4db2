import { allFields } from '../../../nodes/shared/description';
import { operations } from './agentCalls';

describe('what belongs to a person', () => {
	/** Operations that change something, end nothing, and give nobody a right; each with its reason. */
	const HARMLESS: Record<string, string> = {
		'pam360: agentKey, generate': 'a new key, which no model gets',
		'pam360: account, create': 'a new account; its password is a secret',
		'pam360: account, downloadFile': 'reads a secret',
		'pam360: resource, restoreFromTrash': 'brings back what was there',
		'pam360: certificate, add': 'stores a public certificate',
		'pam360: certificate, create': 'a new certificate; its password is a secret',
		'pam360: certificate, createCsr': 'a new request, which somebody else signs',
		'pam360: certificate, export': 'reads what is public',
		'pam360: certificate, exportKeyStore': 'reads a secret',
		'pam360: certificate, exportPrivateKey': 'reads a secret',
		'pam360: password, generate': 'a text that is stored nowhere',
		'pam360: password, requestAccess': 'asks a person',
		'cortexXsiam: dataset, create': 'an empty dataset',
		'cortexXsiam: issue, create': 'a new issue',
		'cortexXsiam: tenant, healthCheck': 'reads',
		'cortexXsiam: warRoomEntry, create': 'a text; a command is guarded',
		'cortexXsiam: xql, runQuery': 'reads; a query that writes is guarded',
		'senhasegura: application, create': 'an application without rights',
		'senhasegura: certificate, download': 'reads a secret',
		'senhasegura: certificate, import': 'stores a certificate; its secrets are guarded',
		'senhasegura: certificateRequest, create': 'a new request, which somebody else signs',
		'senhasegura: relatedUser, create': 'a name',
		'senhasegura: relatedUser, update': 'a name',
		'senhasegura: secret, provision': 'a new secret, which no model gets',
	};

	it('is declared by every operation that is not listed as harmless', () => {
		const open = operations.filter(
			({ operation }) => !/^(get|list)/.test(operation.value) && !operation.byPerson?.targets,
		);
		expect(open.map(({ name }) => name).sort()).toEqual(Object.keys(HARMLESS).sort());
	});

	it('is declared wherever a field lifts a protection', () => {
		const GUARDS =
			/^(allow|force|ignore|given ?up|dryRun)|OwnKey|GivenUp|nothingStoredYet|noHostLearnsIt|addMark|dueWithinDays|onlyIfOlderThanDays/;
		const missing = operations.flatMap(({ name, operation }) =>
			allFields(operation.fields)
				.filter((field) => GUARDS.test(field.name))
				.filter((field) => !operation.byPerson?.guards?.includes(field.name))
				.map((field) => `${name}: ${field.name}`),
		);
		expect(missing).toEqual([]);
	});

	it('names parameters that are there', () => {
		for (const { name, operation } of operations) {
			const {
				targets = [],
				guards = [],
				guardsWhere = {},
				guardsBy = {},
			} = operation.byPerson ?? {};
			const known = allFields(operation.fields).map((field) => field.name);
			const named = [
				...targets,
				...guards,
				...Object.entries(guardsWhere).flat(),
				...Object.keys(guardsBy),
			];
			const unknown = named.filter((field) => !known.includes(field));
			expect({ name, unknown }).toEqual({ name, unknown: [] });
		}
	});
});
