import { generateKeys } from 'mfa-kit/server';

console.log(JSON.stringify(await generateKeys()));
