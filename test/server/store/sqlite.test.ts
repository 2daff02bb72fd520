import { describe } from 'vitest';
import { storeContract } from './contract.js';
import { inFile } from './stores.js';

describe('the store in a file', () => storeContract(inFile));
