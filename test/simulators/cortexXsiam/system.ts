import type { Call } from './call';

/**
 * POST system/get_tenant_info, docs/api/cortex-xsiam.md, "Tenant information": expirations are numbers,
 * texts or 0.
 */
export const getTenantInfo = ({ context }: Call): object => ({ reply: context.state.tenantInfo });
