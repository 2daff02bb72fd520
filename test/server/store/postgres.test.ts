import { describe } from 'vitest';
import { storeContract } from './contract.js';
import { inPostgres } from './stores.js';

describe('the store on PostgreSQL', () => storeContract(inPostgres));
