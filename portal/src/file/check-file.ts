/** The words of the design system's file upload component; undefined where the file may be opened. `largest` in bytes. */
export const checkFile = (file: File | undefined, largest: number): string | undefined => {
  if (!file) return 'Select a file';
  if (!/\.(?:csv|tsv|txt|xlsx)$/i.test(file.name)) return 'The selected file must be a CSV or an Excel file (.xlsx)';
  if (file.size === 0) return 'The selected file is empty';
  if (file.size > largest) return `The selected file must be smaller than ${String(Math.floor(largest / 1024 / 1024))}MB`;
  return undefined;
};
