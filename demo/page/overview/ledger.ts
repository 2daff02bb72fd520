/** What a small team's treasury might hold: made up, and the same for everybody. Amounts are in cents. */
export interface Account {
  name: string;
  bank: string;
  detail: string;
  balance: number;
}

export interface Transfer {
  id: string;
  party: string;
  purpose: string;
  /** Days before today. */
  daysAgo: number;
  amount: number;
  status: 'settled' | 'awaiting';
}

export interface Due {
  id: string;
  what: string;
  inDays: number;
  amount: number;
}

export const accounts: readonly Account[] = [
  { name: 'Treasury bills', bank: 'Kestrel', detail: '13 weeks, 3.1\u00a0%', balance: 419_151_68 },
  { name: 'Operating', bank: 'Nordbank', detail: 'ending 4821', balance: 412_908_14 },
  { name: 'Payroll reserve', bank: 'Nordbank', detail: 'ending 1170', balance: 268_000_00 },
  { name: 'Tax set aside', bank: 'Kestrel', detail: 'ending 9032', balance: 184_250_60 },
];

export const total = accounts.reduce((sum, account) => sum + account.balance, 0);

/** Below this the team wants to be told. */
export const reserve = 600_000_00;

/** Balance at the end of each of the last fourteen weeks, the last one today's, and what is expected of the next five. */
export const history: readonly number[] = [
  918, 904, 1102, 1071, 1035, 1194, 1168, 1090, 1122, 1247, 1213, 1186, 1231, 1284.3,
].map((thousands) => thousands * 1000_00);
export const forecast: readonly number[] = [1284.3, 1016, 1088, 1141, 1102, 1219].map(
  (thousands) => thousands * 1000_00,
);

export const transfers: readonly Transfer[] = [
  {
    id: 't1',
    party: 'Alder & Finch',
    purpose: 'Invoice 2207, design',
    daysAgo: 0,
    amount: -8_400_00,
    status: 'awaiting',
  },
  { id: 't2', party: 'Lumen Robotics', purpose: 'Annual licence', daysAgo: 1, amount: 64_000_00, status: 'settled' },
  { id: 't3', party: 'Northgrid Cloud', purpose: 'Servers', daysAgo: 2, amount: -11_932_47, status: 'settled' },
  { id: 't4', party: 'Team', purpose: 'Payroll, 14 people', daysAgo: 4, amount: -86_215_30, status: 'settled' },
  { id: 't5', party: 'Mira Okafor', purpose: 'Travel, Lisbon', daysAgo: 5, amount: -642_18, status: 'settled' },
  { id: 't6', party: 'Quayside Labs', purpose: 'Milestone 3', daysAgo: 7, amount: 112_500_00, status: 'settled' },
];

export const dues: readonly Due[] = [
  { id: 'd1', what: 'VAT, second quarter', inDays: 3, amount: -148_310_00 },
  { id: 'd2', what: 'Office, Harbour Street', inDays: 6, amount: -6_900_00 },
  { id: 'd3', what: 'Payroll', inDays: 10, amount: -86_500_00 },
  { id: 'd4', what: 'Lumen Robotics, support', inDays: 12, amount: 18_000_00 },
];
