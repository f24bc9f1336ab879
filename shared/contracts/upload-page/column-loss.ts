interface Loss {
  readonly columns: RegExp;
  /** `%` stands for the column or columns. */
  readonly text: string;
}

/** What cannot be done without a column, in the order in which it matters. */
const losses: readonly Loss[] = [
  {
    columns: /sensitive_address_flag$/,
    text: 'We could not see which addresses must be kept secret. If any must be, add the column and send the file again now.',
  },
  {
    columns:
      /^(.+_)?(nhs_number|upn|nino|pnc_id|partner_person_id|surname|forename|middle_names|dob|dob_estimated|expected_birth_date|sex)$/,
    text: 'We could not use % to tell people apart.',
  },
  { columns: /^(.+_)?(address_line_1|town|postcode|uprn)$/, text: 'We could not use % to see who lives together.' },
  { columns: /^parent\d_/, text: 'We could not use % to see who looks after a child.' },
  { columns: /^ethnicity$/, text: 'We could not use % to check that everybody is treated fairly.' },
];
const otherwise = 'We could not take % into account.';

export interface ColumnLoss {
  readonly columns: readonly string[];
  readonly text: string;
}

/** Columns that a file did not have, put together by what is lost without them. */
export const columnLosses = (missing: readonly string[]): readonly ColumnLoss[] => {
  const lossOf = (column: string): string => losses.find(({ columns }) => columns.test(column))?.text ?? otherwise;
  return [...losses.map(({ text }) => text), otherwise].flatMap((text) => {
    const columns = missing.filter((column) => lossOf(column) === text);
    return columns.length === 0 ? [] : [{ columns, text: text.replace('%', columns.length === 1 ? 'it' : 'them') }];
  });
};
