/** Where a request came from, as the limits and the log see it. S-59. */
import { expect, test } from 'vitest';
import { networkOf } from '../../src/server/failureLimits.js';
import { addressOf } from '../../src/server/networkAddress.js';

const request = (forwarded?: string) =>
  new Request('https://api.test/', { headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });
const socket = { remoteAddress: '192.0.2.1' };

test.each([
  ['no proxy of ours: the header is not looked at', 0, '203.0.113.7', '192.0.2.1'],
  ['one: its entry', 1, '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['two: the entry of the outer one', 2, '10.0.0.1, 198.51.100.1, 203.0.113.7', '198.51.100.1'],
  ['one, and no header: the socket', 1, undefined, '192.0.2.1'],
  ['three, and fewer entries: the socket', 3, '203.0.113.7', '192.0.2.1'],
  [
    'one that writes the port as well: without it, or every connection would be another address',
    1,
    '203.0.113.7:5678',
    '203.0.113.7',
  ],
  ['the same of version 6', 1, '[2001:db8::1]:5678', '2001:db8::1'],
  ['one, and an empty entry: the socket', 1, '203.0.113.7, ', '192.0.2.1'],
])('%s', (_name, hops, forwarded, expected) => {
  expect(addressOf(request(forwarded), socket, hops)).toBe(expected);
});

test('the socket of a Node server, and nothing where there is none', () => {
  expect(addressOf(request(), { incoming: { socket } }, 0)).toBe('192.0.2.1');
  expect(addressOf(request('203.0.113.7'), undefined, 0)).toBeNull();
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:0001:2::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s belongs to the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
