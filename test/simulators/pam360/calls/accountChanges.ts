import { accountOf, resourceOf } from '../access';
import { record } from '../audit';
import type { Call, Success } from '../call';
import { Failure } from '../failures';
import { generatePassword } from '../generate';
import type { Input } from '../input';
import {
	accountFlags,
	mergedCustomFields,
	sentCustomFields,
	sentOptions,
	sentOwner,
	sentPolicy,
} from '../options';
import { addPam360Account } from '../seed';
import type { Pam360Account, Pam360Resource, Pam360Totp } from '../state';

const words = ['SAP_USER_TYPE'];

function sentTotp(input: Input, before: Pam360Totp | null): Pam360Totp | null {
	const secret = input.text('TOTP_SECRET') || before?.secret;
	if (secret === undefined) return null;
	const { algorithm = 'SHA1', digits = 6, validity = 30 } = before ?? {};
	const algorithms = ['SHA1', 'SHA256', 'SHA512'];
	return {
		secret,
		algorithm: input.word('TOTP_ALGORITHM', algorithms, algorithm),
		digits: input.integer('TOTP_DIGITS', digits, 6, 8),
		validity: input.integer('TOTP_VALIDITY', validity, 1),
	};
}

/**
 * Fields that adding and editing have in common (docs/api/pam360.md, "Adding accounts" and "Changing an
 * account").
 */
function sentFields(call: Call, input: Input, before?: Pam360Account, commandSet = 'COMMAND_SET') {
	const { account: columns } = call.state.customColumns;
	const groupIds = input.ids('ACCOUNT_RESOURCE_GROUP_IDS');
	return {
		policy: sentPolicy(input, 'ACCOUNTPASSWORDPOLICY', before?.policy ?? 'Strong'),
		totp: sentTotp(input, before?.totp ?? null),
		customFields: mergedCustomFields(
			before?.customFields ?? [],
			sentCustomFields(input, 'ACCOUNTCUSTOMFIELD', columns),
		),
		options: {
			...before?.options,
			...sentOptions(input, accountFlags, words),
			...(input.has(commandSet) && { commandSet: input.integer(commandSet, 0) }),
			...(groupIds.length > 0 && { groupIds }),
		},
	};
}

function accountNames({ accounts }: Pam360Resource): Set<string> {
	return new Set([...accounts.values()].map(({ name }) => name));
}

/**
 * POST /resources/{RESOURCEID}/accounts, docs/api/pam360.md, "Adding accounts": failures hide below a
 * Success (docs/api/pam360.md, "Failures").
 */
export function addAccounts(call: Call): Success {
	const { input, settings, state, user } = call;
	const resource = resourceOf(call, 'modify');
	const list = input.records('ACCOUNTLIST');
	if (list.length === 0) throw new Failure('ACCOUNTLIST is missing.');

	// All are read before any is added, so that input that cannot be read changes nothing.
	const wanted = list.map((one) => {
		const fields = sentFields(call, one, undefined, 'COMMAN_SET');
		return {
			...fields,
			name: one.required('ACCOUNTNAME'),
			password: one.text('PASSWORD') || generatePassword(fields.policy),
			description: one.text('NOTES'),
			owner: user.userName,
		};
	});
	const taken = accountNames(resource);
	if (settings.duplicateAccounts === 'refused' && wanted.some(({ name }) => taken.has(name))) {
		throw new Failure('Account is not added  as it already exists');
	}
	const details = wanted.map((fields) => {
		if (taken.has(fields.name)) {
			return { [fields.name]: { STATUS: 'Account is not added  as it already exists' } };
		}
		taken.add(fields.name);
		const account = addPam360Account(state, resource, fields);
		record(call, 'Resource', 'Account Added', { resource, account });
		return { [fields.name]: { STATUS: 'Account added successfully' } };
	});
	return { message: 'Account(s) added successfully', details };
}

/**
 * PUT /resources/{RESOURCEID}/accounts/{ACCOUNTID}, docs/api/pam360.md, "Changing an account": the
 * password is left alone.
 */
export function editAccount(call: Call): Success {
	const { input } = call;
	const { resource, account } = accountOf(call, 'modify');
	const name = input.text('ACCOUNTNAME') || account.name;
	if (name !== account.name && accountNames(resource).has(name)) {
		throw new Failure(`Account ${name} already exists.`);
	}
	const described = ['NOTES', 'DESCRIPTION'].find((field) => input.sent(field));
	const changes = {
		...sentFields(call, input, account),
		name,
		owner: sentOwner(call, input, account.owner),
		...(described && { description: input.text(described) }),
		...(input.sent('DOMAINNAME') && { domainName: input.text('DOMAINNAME') }),
		lastModified: call.now(),
	};
	Object.assign(account, changes);
	record(call, 'Resource', 'Account Modified', { resource, account });
	return { message: `Account ${name} modified successfully` };
}
