import { emptiableText, optionalText, refuseNothing } from '../../../shared/input';
import { group, sentAs } from '../../../shared/param';
import {
	accountName,
	accountPassword,
	department,
	description,
	domainName,
	location,
	notes,
	owner,
	resourceName,
	sapUserType,
	switchField,
} from '../shared/commonFields';
import { customFields } from '../shared/customFields';

/**
 * Fields that creating and updating a resource have in common (docs/api/pam360.md, "Creating a
 * resource" and "Changing a resource").
 *
 * @param text What is taken of a text: an update may empty one.
 */
const common = (text: typeof optionalText) =>
	group(
		location(text).looking({ description: 'Where the resource stands' }),
		sentAs(
			'DNSNAME',
			{
				displayName: 'DNS Name or IP Address',
				name: 'dnsName',
				type: 'string',
				default: '',
				placeholder: 'e.g. web01.example.com',
				description: 'The address under which PAM360 reaches the resource',
			},
			text,
		),
		department(text).looking({ description: 'The department that the resource belongs to' }),
		sentAs(
			'RESOURCEURL',
			{
				displayName: 'Resource URL',
				name: 'resourceUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://web01.example.com/admin',
				description: 'The web address of the resource',
			},
			text,
		),
		description('RESOURCEDESCRIPTION', text).looking({
			placeholder: 'e.g. Web front end',
			description: 'What the resource is for',
		}),
		owner(text),
		sentAs(
			'RESOURCETYPE',
			{
				displayName: 'Resource Type',
				name: 'resourceType',
				type: 'string',
				default: '',
				placeholder: 'e.g. Linux',
				description: "The name of the type, as 'Resource: Get Types' gives it",
			},
			text,
		),
		sentAs(
			'RESOURCEPASSWORDPOLICY',
			{
				displayName: 'Resource Password Policy',
				name: 'resourcePolicy',
				type: 'string',
				default: '',
				placeholder: 'e.g. Strong',
				description: 'The name of the password policy for the resource',
			},
			text,
		),
		switchField(
			'DISABLE_TAB_DUPLICATION',
			'Disable Tab Duplication',
			'disableTabDuplication',
			'the tab of a web session cannot be duplicated',
		),
		switchField(
			'WEBSITE_SESSION_RECORDING',
			'Record Website Sessions',
			'websiteSessionRecording',
			'website sessions are recorded',
		),
		switchField(
			'GATEWAY_SESSION_RECORDING',
			'Record Gateway Sessions',
			'gatewaySessionRecording',
			'sessions through the gateway are recorded',
		),
		customFields('RESOURCECUSTOMFIELD', 'Resource Custom Fields', 'resourceCustomFields'),
	);

/** Where PAM360 sends passwords to, and what keeps a resource from being misused. */
export const SAFEGUARDS = [
	'dnsName',
	'resourceUrl',
	'websiteSessionRecording',
	'gatewaySessionRecording',
];

/** What new resources and changes of others take alike. */
export const commonFields = common(optionalText);

/**
 * What only a new resource takes, its first account included (docs/api/pam360.md, "Creating a
 * resource").
 */
export const newFields = group(
	accountName().looking({ description: 'The name of a first account of the resource' }),
	accountPassword.looking({
		description: 'The password of the first account. Without it PAM360 makes one by policy.',
	}),
	sentAs('ACCOUNTPASSWORDPOLICY', {
		displayName: 'Account Password Policy',
		name: 'accountPolicy',
		type: 'string',
		default: '',
		placeholder: 'e.g. Strong',
		description: 'The name of the password policy for the first account',
	}),
	notes().looking({ description: 'Notes on the first account' }),
	customFields('ACCOUNTCUSTOMFIELD', 'Account Custom Fields', 'accountCustomFields'),
	domainName().looking({ description: 'The domain that the resource belongs to' }),
	sentAs('RESOURCEGROUPNAME', {
		displayName: 'Resource Group',
		name: 'resourceGroupName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Web servers',
		description: 'The name of a resource group that the resource joins',
	}),
	switchField(
		'ENABLEPRIVATEKEY',
		'Enable Private Key',
		'enablePrivateKey',
		'accounts of the resource can log in with a private key',
	),
	sentAs('RECORD_CONFIGURED_RESOURCE_URL', {
		displayName: 'Recorded URL',
		name: 'recordedUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://localhost',
		description: 'The web address whose sessions are recorded',
	}),
	sapUserType(),
);

/** What a new resource takes beside its name. */
export const createFields = group(commonFields, newFields);

/** What an update takes (docs/api/pam360.md, "Changing a resource"). */
export const changeFields = group(
	common(emptiableText),
	resourceName(emptiableText).looking({ description: 'The new name' }),
	sentAs('RESOURCETYPEID', {
		displayName: 'Resource Type ID',
		name: 'resourceTypeId',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description: 'The type by its ID, instead of by name',
	}),
	sentAs(
		'RESOURCEPASSWORDPOLICYID',
		{
			displayName: 'Resource Password Policy ID',
			name: 'resourcePolicyId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 101',
			description: 'The password policy by its ID, instead of by name',
		},
		emptiableText,
	),
	switchField(
		'RECORD_CONFIGURED_RESOURCE_URL',
		'Record Resource URL',
		'recordResourceUrl',
		'sessions at the web address of the resource are recorded',
	),
).check(refuseNothing);
