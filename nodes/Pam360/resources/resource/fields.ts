import { emptiableText, optionalText, refuseNothing } from '../../../shared/input';
import { group, nullIfAdded, param, sentAs } from '../../../shared/param';
import { customFields } from '../shared/customFields';

export const resourceName = param({
	displayName: 'Resource Name',
	name: 'resourceName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. WEB-LINUX-01',
	description: 'The name under which PAM360 keeps the resource',
});

/**
 * Fields that creating and updating a resource have in common (docs/api/pam360.md, "Creating a
 * resource" and "Changing a resource").
 *
 * @param text What is taken of a text: an update may empty one.
 */
const common = (text: typeof optionalText) =>
	group(
		sentAs(
			'LOCATION',
			{
				displayName: 'Location',
				name: 'location',
				type: 'string',
				default: '',
				placeholder: 'e.g. Chennai',
				description: 'Where the resource stands',
			},
			text,
		),
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
		sentAs(
			'DEPARTMENT',
			{
				displayName: 'Department',
				name: 'department',
				type: 'string',
				default: '',
				placeholder: 'e.g. IT',
				description: 'The department that the resource belongs to',
			},
			text,
		),
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
		sentAs(
			'RESOURCEDESCRIPTION',
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. Web front end',
				description: 'What the resource is for',
			},
			text,
		),
		sentAs(
			'OWNERNAME',
			{
				displayName: 'Owner',
				name: 'ownerName',
				type: 'string',
				default: '',
				placeholder: 'e.g. admin',
				description: 'The user name of the owner',
			},
			text,
		),
		sentAs(
			'RESOURCETYPE',
			{
				displayName: 'Resource Type',
				name: 'resourceType',
				type: 'string',
				default: '',
				placeholder: 'e.g. Linux',
				description: 'The name of the type, as the operation Get Types gives it',
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
		sentAs('DISABLE_TAB_DUPLICATION', {
			displayName: 'Disable Tab Duplication',
			name: 'disableTabDuplication',
			type: 'boolean',
			default: true,
			description: 'Whether the tab of a web session cannot be duplicated',
		}),
		sentAs('WEBSITE_SESSION_RECORDING', {
			displayName: 'Record Website Sessions',
			name: 'websiteSessionRecording',
			type: 'boolean',
			default: true,
			description: 'Whether website sessions are recorded',
		}),
		sentAs('GATEWAY_SESSION_RECORDING', {
			displayName: 'Record Gateway Sessions',
			name: 'gatewaySessionRecording',
			type: 'boolean',
			default: true,
			description: 'Whether sessions through the gateway are recorded',
		}),
		customFields('RESOURCECUSTOMFIELD', 'Resource Custom Fields', 'resourceCustomFields'),
	);

/** What new resources and changes of others take alike. */
export const commonFields = common(optionalText);

/**
 * What only a new resource takes, its first account included (docs/api/pam360.md, "Creating a
 * resource").
 */
export const newFields = group(
	sentAs('ACCOUNTNAME', {
		displayName: 'Account Name',
		name: 'accountName',
		type: 'string',
		default: '',
		placeholder: 'e.g. administrator',
		description: 'The name of a first account of the resource',
	}),
	nullIfAdded(
		sentAs('PASSWORD', {
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The password of the first account. Without it PAM360 makes one by policy.',
		}),
	),
	sentAs('ACCOUNTPASSWORDPOLICY', {
		displayName: 'Account Password Policy',
		name: 'accountPolicy',
		type: 'string',
		default: '',
		placeholder: 'e.g. Strong',
		description: 'The name of the password policy for the first account',
	}),
	sentAs('NOTES', {
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Created by n8n',
		description: 'Notes on the first account',
	}),
	customFields('ACCOUNTCUSTOMFIELD', 'Account Custom Fields', 'accountCustomFields'),
	sentAs('DOMAINNAME', {
		displayName: 'Domain Name',
		name: 'domainName',
		type: 'string',
		default: '',
		placeholder: 'e.g. EXAMPLE',
		description: 'The domain that the resource belongs to',
	}),
	sentAs('RESOURCEGROUPNAME', {
		displayName: 'Resource Group',
		name: 'resourceGroupName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Web servers',
		description: 'The name of a resource group that the resource joins',
	}),
	sentAs('ENABLEPRIVATEKEY', {
		displayName: 'Enable Private Key',
		name: 'enablePrivateKey',
		type: 'boolean',
		default: true,
		description: 'Whether accounts of the resource can log in with a private key',
	}),
	sentAs('RECORD_CONFIGURED_RESOURCE_URL', {
		displayName: 'Recorded URL',
		name: 'recordedUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://localhost',
		description: 'The web address whose sessions are recorded',
	}),
	sentAs('SAP_USER_TYPE', {
		displayName: 'SAP User Type',
		name: 'sapUserType',
		type: 'string',
		default: '',
		placeholder: 'e.g. A',
		description: 'The type of an SAP user, by its letter',
	}),
);

/** What a new resource takes beside its name. */
export const createFields = group(commonFields, newFields);

/** What an update takes (docs/api/pam360.md, "Changing a resource"). */
export const changeFields = group(
	common(emptiableText),
	sentAs(
		'RESOURCENAME',
		{
			displayName: 'Resource Name',
			name: 'resourceName',
			type: 'string',
			default: '',
			placeholder: 'e.g. WEB-LINUX-01',
			description: 'The new name',
		},
		emptiableText,
	),
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
	sentAs('RECORD_CONFIGURED_RESOURCE_URL', {
		displayName: 'Record Resource URL',
		name: 'recordResourceUrl',
		type: 'boolean',
		default: true,
		description: 'Whether sessions at the web address of the resource are recorded',
	}),
).check(refuseNothing);
