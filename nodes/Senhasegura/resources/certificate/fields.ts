import type { INodeProperties } from 'n8n-workflow';
import { optionalText, requiredText, textList } from '../../../shared/input';

const DIGITS = /^\d{1,15}$/;

/** The number of a record of the vault, which takes numbers as such. */
export const recordNumber = requiredText
	.refine((text) => DIGITS.test(text), 'must be a number')
	.transform(Number);

export const optionalNumber = optionalText
	.refine((text) => text === undefined || DIGITS.test(text), 'must be a number')
	.transform((text) => (text === undefined ? undefined : Number(text)));

/** The same as text, as it stands in paths and queries. */
export const recordId = requiredText.refine((text) => DIGITS.test(text), 'must be a number');

export const optionalId = optionalText.refine(
	(text) => text === undefined || DIGITS.test(text),
	'must be a number',
);

export const recordNumbers = textList
	.refine((list) => list.length > 0, 'is required')
	.refine((list) => list.every((entry) => DIGITS.test(entry)), 'must hold numbers')
	.transform((list) => list.map(Number));

/** @param most Characters, as the vendor's pages have it. */
export function limitedText(most: number) {
	return optionalText.refine(
		(text) => text === undefined || [...text].length <= most,
		`must be at most ${most} characters long`,
	);
}

/** The most characters of a justification. */
export const LONGEST_JUSTIFICATION = 1_024;

/** A parameter for a number by which the vault knows something. */
export function numberOf(
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder, description };
}

export const certificateIdField: INodeProperties = {
	...numberOf(
		'Certificate ID',
		'certificateId',
		'e.g. 456',
		"The number of the certificate; 'Get Many' gives it as 'id'",
	),
	required: true,
};

export const reasonField: INodeProperties = {
	...numberOf(
		'Reason Code',
		'reason',
		'e.g. 3',
		'The number of a reason that is registered in the vault',
	),
	required: true,
};

export const justificationField: INodeProperties = {
	displayName: 'Justification',
	name: 'justification',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Annual renewal',
	description: 'Why it is done, in at most 1024 characters',
};

export const itsmCodeField: INodeProperties = {
	displayName: 'ITSM Code',
	name: 'itsmCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. CHG0012345',
	description:
		"The governance code, needed where the access group has 'Governance code required when justifying'",
};

const listOf = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description: `${displayName} of the certificate, separated by commas`,
});

export const sanField: INodeProperties = {
	...listOf('Subject Alternative Names', 'san', 'e.g. www.example.com, example.com'),
	description: 'Further names that the certificate is for, separated by commas',
};
export const tagsField = listOf('Tags', 'tags', 'e.g. web, production');
export const environmentsField = listOf('Environments', 'environments', 'e.g. production');
export const systemsField = listOf('Systems', 'systems', 'e.g. shop');

export const projectField: INodeProperties = {
	displayName: 'Project',
	name: 'project',
	type: 'string',
	default: '',
	placeholder: 'e.g. Shop',
	description: 'The project that the certificate belongs to',
};

export const certificateTypeOptions = [
	{ name: 'Domain (DV)', value: '1' },
	{ name: 'Organization (OV)', value: '2' },
	{ name: 'Extended (EV)', value: '3' },
];

export const domainTypeOptions = [
	{ name: 'Multiple Domains', value: 'MULT' },
	{ name: 'Single Domain', value: 'SING' },
	{ name: 'Wildcard', value: 'WILD' },
];

export const organizationField = numberOf(
	'Organization ID',
	'organization',
	'e.g. 42',
	'The number of an organization that is registered in the vault',
);

export const responsibleField = numberOf(
	'Responsible ID',
	'responsible',
	'e.g. 7',
	'The number of the user of the vault who is responsible',
);
