import { generateKeyPairSync } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { addPam360Resource } from '../../simulators';
import { credentialFor } from '../vendors';
import type { Vendors } from './support';

/** The first step of the examples in which somebody asks for an API key. */
export const FORM = 'Ask for an API key';

/** What the form gives. */
export const asked = {
	'What for': 'SIEM collector Berlin',
	'For whom': 'ada@example.com',
	Days: 30,
};

/** What it must not let through. */
export const refused: IDataObject[] = [
	{ ...asked, 'What for': '<b>' },
	{ ...asked, 'What for': '={{ 1 }}' },
	{ ...asked, 'What for': 'SIEM "collector"' },
	{ ...asked, 'What for': "O'Brien" },
	{ ...asked, 'What for': 'SIEM\ncollector' },
	{ ...asked, 'What for': 'SIEM collector\n' },
	{ ...asked, 'What for': 'of a key that is wanted '.repeat(20) },
	{ ...asked, 'What for': ['SIEM collector', 'x'] },
	{ ...asked, 'For whom': 'everybody' },
	{ ...asked, 'For whom': 'ada@example.com\nBcc: eve@example.com' },
	{ ...asked, Days: 1.5 },
	{ ...asked, Days: null },
	{},
	{ ...asked, Days: 0 },
	{ ...asked, Days: 181 },
	{ ...asked, Days: '30' },
];

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const recipientPrivateKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Both credentials open what is encrypted for that key. */
export const sealedCredentials = ({ cortexXsiam, pam360 }: Vendors) => ({
	cortexXsiamApi: { ...credentialFor.cortexXsiamApi(cortexXsiam.url), recipientPrivateKey },
	pam360Api: { ...credentialFor.pam360Api(pam360.url), recipientPrivateKey },
});

/** Where PAM360 keeps the keys. */
export function addStore({ pam360 }: Vendors): void {
	addPam360Resource(pam360.state, { id: '700', name: 'Cortex XSIAM' });
}

export const storedAccounts = ({ pam360 }: Vendors) =>
	pam360.state.resources
		.filter(({ name }) => name === 'Cortex XSIAM')
		.flatMap((resource) => [...resource.accounts.values()]);

/** The keys that were issued upon the form. */
export const issuedKeys = ({ cortexXsiam }: Vendors) =>
	[...cortexXsiam.state.keys.values()].filter(({ comment }) =>
		comment?.includes(`for ${asked['For whom']}`),
	);
