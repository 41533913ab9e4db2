import { group, param, required } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { optionalText, requiredText, textList } from '../../../shared/input';

const DIGITS = /^\d{1,15}$/;

/** The number of a record of the vault, which takes numbers as such. */
export const recordNumber = requiredText
	.refine((text) => DIGITS.test(text), 'must be a number')
	.transform(Number);

const optionalNumber = optionalText
	.refine((text) => text === undefined || DIGITS.test(text), 'must be a number')
	.transform((text) => (text === undefined ? undefined : Number(text)));

const optionalId = optionalText.refine(
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
const LONGEST_JUSTIFICATION = 1_024;

interface NumberField<Name extends string> {
	displayName: string;
	name: Name;
	placeholder: string;
	description: string;
}

/** A parameter for a number by which the vault knows something, as it stands in paths and queries. */
export function idOf<const Name extends string>(field: NumberField<Name>) {
	return param({ ...field, type: 'string', default: '' }, optionalId);
}

/** The same as a body has it. */
export function numberOf<const Name extends string>(field: NumberField<Name>) {
	return param({ ...field, type: 'string', default: '' }, optionalNumber);
}

const oneCertificate = {
	displayName: 'Certificate ID',
	name: 'certificateId' as const,
	placeholder: 'e.g. 456',
	description: "The number of the certificate; 'Certificate: Get Many' gives it as 'id'",
};

export const certificateId = required(numberOf(oneCertificate));

/** The same as a filter. */
export function onlyCertificate(description: string) {
	return idOf({ ...oneCertificate, description });
}

export const authority = {
	displayName: 'CA ID',
	name: 'ca' as const,
	placeholder: 'e.g. 5',
	description: 'The number of the certification authority that is registered in the vault',
};

export const reason = required(
	numberOf({
		displayName: 'Reason Code',
		name: 'reason',
		placeholder: 'e.g. 3',
		description: 'The number of a reason that is registered in the vault',
	}),
);

export const justification = param(
	{
		displayName: 'Justification',
		name: 'justification',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Annual renewal',
		description: 'Why it is done, in at most 1024 characters',
	},
	limitedText(LONGEST_JUSTIFICATION),
);

export const itsmCode = param({
	displayName: 'ITSM Code',
	name: 'itsmCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. CHG0012345',
	description:
		"The governance code, needed if the access group has 'Governance code required when justifying'",
});

function listOf<const Name extends string>(
	displayName: string,
	name: Name,
	placeholder: string,
	description = `${displayName} of the certificate, separated by commas`,
) {
	return param(
		{ displayName, name, type: 'string', default: '', placeholder, description },
		textList,
	);
}

export const san = listOf(
	'Subject Alternative Names',
	'san',
	'e.g. www.example.com, example.com',
	'Further names that the certificate is for, separated by commas',
);
export const tags = listOf('Tags', 'tags', 'e.g. web, production');
export const environments = listOf('Environments', 'environments', 'e.g. production');
export const systems = listOf('Systems', 'systems', 'e.g. shop');

export const project = param({
	displayName: 'Project',
	name: 'project',
	type: 'string',
	default: '',
	placeholder: 'e.g. Shop',
	description: 'The project that the certificate belongs to',
});

export const commonName = param({
	displayName: 'Common Name',
	name: 'commonName',
	type: 'string',
	default: '',
	placeholder: 'e.g. www.example.com',
	description: 'The name that the certificate is for',
});

export const certificateType = {
	displayName: 'Type',
	name: 'certificateType' as const,
	type: 'options' as const,
	options: [
		{ name: 'Domain (DV)', value: '1' },
		{ name: 'Organization (OV)', value: '2' },
		{ name: 'Extended (EV)', value: '3' },
	],
	default: '1',
	description: 'What the authority checks before it signs',
};

export const domainType = {
	displayName: 'Domain Type',
	name: 'domainType' as const,
	type: 'options' as const,
	options: [
		{ name: 'Multiple Domains', value: 'MULT' },
		{ name: 'Single Domain', value: 'SING' },
		{ name: 'Wildcard', value: 'WILD' },
	],
	default: 'SING',
	description: 'How many domains the certificate is for',
};

export const organization = {
	displayName: 'Organization ID',
	name: 'organization' as const,
	placeholder: 'e.g. 42',
	description: 'The number of an organization that is registered in the vault',
};

export const responsible = {
	displayName: 'Responsible ID',
	name: 'responsible' as const,
	placeholder: 'e.g. 7',
	description: 'The number of the user of the vault who is responsible',
};

/** What the lists of certificates and of requests are filtered by alike. */
export const contentFilters = group(
	commonName,
	param(domainType),
	environments,
	idOf(organization),
	idOf(responsible),
	san,
	systems,
	tags,
	param(certificateType),
);

const commas = (list: string[]) => list.join(',') || undefined;

/** These filters, but for `responsible`, under the vendor's names and in its order; undefined is not sent. */
export function contentQuery(filter: ValuesOf<[typeof contentFilters]>) {
	return {
		type_certificate: filter.certificateType,
		type_domain: filter.domainType,
		organization: filter.organization,
		common_name: filter.commonName,
		san: commas(filter.san),
		tags: commas(filter.tags),
		environments: commas(filter.environments),
		systems: commas(filter.systems),
	};
}
