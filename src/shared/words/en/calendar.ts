/** Names of days from Sunday on and of months from January on, between spaces; the halves of the day as Intl has them. */
export const calendar = {
  days: 'Sun Mon Tue Wed Thu Fri Sat',
  months: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
  am: 'AM',
  pm: 'PM',
  nth: 'day {n}',
} as const;
