import { refuseNothing } from '../../../shared/input';
import { additionalFields, group, required, sentAs, updateFields } from '../../../shared/param';
import { optionalKeyText } from '../shared/keyText';
import {
	entryName,
	entryNotes,
	entryUrl,
	newSharing,
	newTags,
	sharing,
	tags,
} from '../shared/safeFields';

const BASE32 = /^[A-Z2-7\s]+=*$/i;

const seed = optionalKeyText.refine(
	(text) => text === undefined || BASE32.test(text),
	'must be base32: letters, and digits from 2 to 7',
);

const name = entryName.looking({ placeholder: 'e.g. Portal of the bank' });

const username = sentAs('username', {
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan.smith',
	description: 'The username that goes with the password',
});

const password = sentAs('password', {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The password to keep. It is sent to the vault only.',
});

/** What an entry has beside its password, and under which names it is sent. */
const content = group(
	entryUrl,
	sentAs(
		'secret_key',
		{
			displayName: 'TOTP Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The seed of time-based one-time passwords, in base32',
		},
		seed,
	),
	entryNotes,
);

/**
 * An entry, and the body that creates it; the vault wants the first three (docs/api/senhasegura.md,
 * "MySafe passwords").
 */
export const entry = group(
	required(name),
	required(username),
	required(password),
	additionalFields(content, tags, sharing),
).as(({ additionalFields: more, ...given }) => ({ name: given.name, body: { ...given, ...more } }));

/** The body of a change: the vault keeps what is not sent (docs/api/senhasegura.md, "MySafe passwords"). */
export const changes = updateFields(
	group(name, username, password, content, newTags, newSharing).check(refuseNothing),
);
