const largestFileMegabytes = 100;

/** The words of the design system's file upload component; undefined where the file may be sent. */
export const checkFile = (file: File | undefined): string | undefined => {
  if (!file) return 'Select a CSV file';
  if (!/\.csv$/i.test(file.name)) return 'The selected file must be a CSV';
  if (file.size === 0) return 'The selected file is empty';
  if (file.size > largestFileMegabytes * 1024 * 1024) return `The selected file must be smaller than ${largestFileMegabytes}MB`;
  return undefined;
};
