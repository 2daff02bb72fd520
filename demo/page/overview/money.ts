const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });
const roundEuros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** 128431042 → €1,284,310.42; a true minus sign, so that columns line up. */
export const money = (cents: number): string => euros.format(cents / 100).replace('-', '−');
export const signedMoney = (cents: number): string => (cents > 0 ? `+${money(cents)}` : money(cents));
export const roundMoney = (cents: number): string => roundEuros.format(cents / 100).replace('-', '−');

export const dateIn = (days: number): string => {
  const date = new Date();
  date.setDate(date.getDate() + days);
  return day.format(date);
};
