import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { demandSame } from '../../api/sameRecord';
import { pathSegment } from '../../../shared/url';
import { NO_SUCH_RULE } from './fields';

const single = z.object({ data: z.object({ rule_uuid: z.string().min(1) }).passthrough() });

export const RULE = 'platform/notifications/v1/rule';

export function pathOfRule(id: string): string {
	return `${RULE}/${pathSegment(id)}`;
}

/**
 * `GET /platform/notifications/v1/rule/{rule_uuid}` (docs/api/cortex-xsiam.md, "Notification rules").
 */
export async function readRule(api: CortexXsiamApi, id: string): Promise<IDataObject> {
	const { value } = await api.read({
		method: 'GET',
		path: pathOfRule(id),
		answer: single,
		what: 'the notification rule',
		meanings: [NO_SUCH_RULE],
	});
	const record = value.data as IDataObject;
	demandSame(record.rule_uuid, id, 'notification rule');
	return record;
}
