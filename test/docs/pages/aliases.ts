/** For `resolve.alias` of Vite: what your code imports stays as it is, and this kit answers. */
export const alias = [
  { find: '@dynamic-labs/sdk-react-core', replacement: 'mfa-kit' },
  { find: '@dynamic-labs/sdk-api-core', replacement: 'mfa-kit' },
  { find: '@dynamic-labs-sdk/client', replacement: 'mfa-kit/client' },
];
