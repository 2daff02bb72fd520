import { describe } from 'vitest';
import { storeContract } from './contract.js';
import { inMemory } from './stores.js';

describe('the store in memory', () => storeContract(inMemory));
