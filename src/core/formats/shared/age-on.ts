/**
 * Age in whole years on a day.
 * @param birthDate `YYYY-MM-DD`
 * @param day `YYYY-MM-DD`, more may follow
 * @returns null where either is not known, or the age is impossible
 */
export function ageOn(birthDate: string | null, day: string | null): number | null {
  const born = /^(\d{4})-(\d\d)-(\d\d)/.exec(birthDate ?? '');
  const then = /^(\d{4})-(\d\d)-(\d\d)/.exec(day ?? '');
  if (!born || !then) return null;
  const beforeBirthday = `${then[2]}${then[3]}` < `${born[2]}${born[3]}` ? 1 : 0;
  const years = Number(then[1]) - Number(born[1]) - beforeBirthday;
  return years >= 0 && years <= 130 ? years : null;
}
