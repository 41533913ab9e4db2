import { keepsOrder } from './volume';

describe('a thousand items, oAuth2', () => keepsOrder('oAuth2'));
