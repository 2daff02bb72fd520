/** The one environment of the demo's server: both its ends name it. */
export const environmentId = '6f1d7a4e-51c8-4a57-9b1e-3f0a2c7d8e90';
