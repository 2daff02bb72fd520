export const environmentId = '11111111-2222-4333-8444-555555555555';
export const apiBaseUrl = '/api/v0';
