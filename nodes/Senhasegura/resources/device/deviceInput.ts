import type { z } from 'zod';
import { optionalText, textList } from '../../../shared/input';

const form = /^[^:,]+:\d{1,5}$/;

/** Optional fields of a device, by their parameters. */
export const deviceMore = {
	connectivities: textList.refine((entries) => entries.every((entry) => form.test(entry)), {
		message: 'must be protocols with their ports, such as SSH:22',
	}),
	deviceDomain: textList,
	deviceTags: textList,
	sessionRemoteConfig: optionalText,
};

type DeviceMore = z.output<z.ZodObject<typeof deviceMore>>;

/**
 * The same under the names of the API; domains must be separated without spaces
 * (docs/api/senhasegura.md, "Devices").
 */
export function deviceMoreBody(values: DeviceMore) {
	return {
		device_domain: values.deviceDomain.join(',') || undefined,
		device_tags: values.deviceTags.join(',') || undefined,
		connectivities: values.connectivities.join(', ') || undefined,
		session_remote_config: values.sessionRemoteConfig,
	};
}
