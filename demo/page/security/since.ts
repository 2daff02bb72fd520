const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** A day in words; `never` where there is none. */
export const since = (iso: string | null | undefined): string => (iso ? day.format(new Date(iso)) : 'never');
