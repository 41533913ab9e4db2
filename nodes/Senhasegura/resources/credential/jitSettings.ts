import { choice, ifGiven, refuse } from '../../../shared/input';
import { collection, group, param } from '../../../shared/param';
import { checkConnecting, connecting } from './connecting';
import { demandAll, text, toggle, unlessEmpty } from './setting';

/** The plugin and the template for a step such as `creation`. */
function jitStep<const Step extends string>(step: Step, label: string, verb: string) {
	return [
		text(`credential_${step}_plugin`, `${label} Plugin`, `${step}Plugin`, {
			description: `The plugin that ${verb} the user on the device, as the vault calls it`,
			placeholder: 'e.g. SSH',
		}),
		text(`credential_${step}_template`, `${label} Template`, `${step}Template`, {
			description: `The template of the plugin that ${verb} the user, as the vault calls it`,
			placeholder: 'e.g. Linux - Create User',
		}),
	] as const;
}

const creation = [
	...jitStep('creation', 'Creation', 'creates'),
	...jitStep('deletion', 'Deletion', 'removes'),
] as const;
const enabling = [
	...jitStep('enable', 'Enable', 'enables'),
	...jitStep('disable', 'Disable', 'disables'),
] as const;

const jit = toggle(
	'jit',
	'Just-in-Time',
	'jit',
	'Whether the user exists on the device, or is enabled there, only while it is needed',
);

const action = param(
	{
		displayName: 'Action',
		name: 'action',
		type: 'options',
		options: [
			{ name: 'Create and Delete the User', value: 'createAndDelete' },
			{ name: 'Enable and Disable the User', value: 'enableAndDisable' },
		],
		default: 'createAndDelete',
		description: 'What is done before and after; each needs two plugins with their templates',
	},
	ifGiven(choice(['createAndDelete', 'enableAndDisable'])),
);

const creationSteps = group(...creation);
const enablingSteps = group(...enabling);

/** The steps of one of two actions; those of the other are not sent. */
const jitGroup = group(
	action,
	jit,
	connecting.check(checkConnecting),
	creationSteps.as((given) => ({ creation: given })),
	enablingSteps.as((given) => ({ enabling: given })),
).as(({ action: chosen, jit: isOn, creation: created, enabling: enabled, ...how }, context) => {
	const isCreation = chosen === 'createAndDelete';
	const steps = isCreation ? created : enabled;
	if (chosen !== undefined) {
		demandAll(isCreation ? creation : enabling, steps, "is required by 'Action'", context);
	} else if (Object.keys({ ...created, ...enabled }).length > 0) {
		refuse(context, "needs 'Action', since plugins are given");
	}
	return {
		...(isOn !== undefined && { jit: isOn }),
		...(chosen !== undefined && {
			credential_creation_and_deletion: isCreation,
			enable_disable_credential: !isCreation,
		}),
		...how,
		...(chosen !== undefined && steps),
	};
});

/** How the user comes to be on the device only while it is needed (docs/api/senhasegura.md, "Storing a credential"). */
export const jitSettings = collection('JIT Settings', 'jitSettings', 'Add Setting', [jitGroup]).as(
	({ jitSettings: given }) => ({ jit_settings: unlessEmpty(given) }),
);
