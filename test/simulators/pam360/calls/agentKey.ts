import { randomBytes } from 'node:crypto';
import { demandRole } from '../access';
import { record } from '../audit';
import type { Call, Success } from '../call';
import { serverTime, written } from '../dates';
import { Failure } from '../failures';
import type { Pam360AgentKey } from '../state';

/** A number of hours or its digits; the default only where the field was not sent at all. */
function validityHours({ input, settings }: Call): number {
	if (input.raw('validityPeriod') === undefined) return settings.defaultValidityHours;
	return input.integer('validityPeriod', 0, 1) || invalid('validityPeriod');
}

function invalid(name: string): never {
	throw new Failure(`Invalid value for ${name}.`);
}

function newKey(call: Call, hours: number): Pam360AgentKey {
	const { settings, now, orgName, token } = call;
	const endTime = serverTime(settings, now()).plus({ hours }).startOf('second').toMillis();
	return {
		agentKey: randomBytes(8).toString('hex'),
		endTime,
		agentKeyEndTime: written(settings, endTime, 'second'),
		orgName,
		token,
	};
}

/** POST /agents/agentkey, docs/api/pam360.md, "Agent keys"; what `false` does is not documented. */
export function fetchAgentKey(call: Call): Success {
	const { settings, state, now, orgName, input } = call;
	demandRole(call, 'manageResources');
	const wanted = input.boolean('generateAgentKey') ?? invalid('generateAgentKey');
	const hours = validityHours(call);

	let key = state.keys.findLast((one) => one.orgName === orgName && one.endTime > now());
	if (wanted) {
		key = newKey(call, hours);
		state.keys.push(key);
		record(call, 'User', 'Agent Key Generated');
	}
	if (!key) throw new Failure('No active agent key is available.');

	return {
		message: 'Agent key fetched successfully.',
		withStatusCode: true,
		details: {
			agentKey: settings.emptyAgentKey ? '' : key.agentKey,
			agentKeyEndTime: key.agentKeyEndTime,
		},
	};
}
