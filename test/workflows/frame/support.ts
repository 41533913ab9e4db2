import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IExecuteFunctions,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { nodeProperties } from '../../../nodes/shared/description';
import type { Vendor } from '../../../nodes/shared/operation';
import { runVendorNode } from '../../../nodes/shared/run';

/** The name of a credential type for vendors that only tests know. */
export const TOY_CREDENTIAL = 'toyApi';

/** Every field is what a test gives; expressions are evaluated as in any credential. */
class ToyApi implements ICredentialType {
	name = TOY_CREDENTIAL;

	displayName = 'Toy API';

	properties = ['token', 'site', 'recipientPrivateKey'].map((name) => ({
		displayName: name,
		name,
		type: 'string' as const,
		default: '',
	}));
}

/** For the description of a node. */
export const toyCredentials = [{ name: TOY_CREDENTIAL, required: true }];

/** For a node in a workflow; the harness gives it to a node that is run by itself. */
export const toyReference = { [TOY_CREDENTIAL]: { id: TOY_CREDENTIAL, name: TOY_CREDENTIAL } };

/** A text field that is labelled as it is called. */
export const field = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name.charAt(0).toUpperCase() + name.slice(1),
	name,
	type: 'string',
	default: '',
	...more,
});

/** A node whose operations are those of a vendor that only tests know. */
export function toyNode<Api>(
	name: string,
	vendor: Vendor<Api>,
	more: Partial<INodeTypeDescription> = {},
) {
	return class implements INodeType {
		description: INodeTypeDescription = {
			displayName: name,
			name: name.charAt(0).toLowerCase() + name.slice(1).replaceAll(' ', ''),
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name },
			inputs: ['main'],
			outputs: ['main'],
			credentials: toyCredentials,
			properties: nodeProperties(vendor),
			...more,
		};

		async execute(this: IExecuteFunctions) {
			return await runVendorNode(this, vendor);
		}
	};
}

/** For a run of such a node. */
export function withToyCredential(data: ICredentialDataDecryptedObject = {}) {
	return { credentialTypes: [ToyApi], credentials: { [TOY_CREDENTIAL]: data } };
}
