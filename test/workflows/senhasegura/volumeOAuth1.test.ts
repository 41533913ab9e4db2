import { keepsOrder } from './volume';

describe('a thousand items, oAuth1', () => keepsOrder('oAuth1'));
