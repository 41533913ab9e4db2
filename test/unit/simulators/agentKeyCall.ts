import { pam360Demo } from '../../simulators';
import { form } from './call';

/** A call that makes something: by it what a simulator does to calls is tried out. */
export const path = '/restapi/json/v1/agents/agentkey';

export const issue = form(
	{ INPUT_DATA: '{"operation":{"details":{"generateAgentKey":"true"}}}' },
	{ AUTHTOKEN: pam360Demo.authToken },
);
