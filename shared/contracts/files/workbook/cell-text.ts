import { serialDate } from '../../../domain/calendar/serial-date.ts';
import type { NumberFormat } from './number-format.ts';

export interface CellStyles {
  readonly formats: readonly NumberFormat[];
  readonly since1904: boolean;
}

/** Excel keeps 15 digits; of a longer whole number the rest is gone, which this way of writing shows. */
const longestExact = 1e15;

const numberText = (value: number): string =>
  Math.abs(value) >= longestExact ? value.toExponential(14).toUpperCase() : String(Number(value.toPrecision(15)));

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const timeText = (share: number): string => {
  const seconds = Math.round(share * 86_400);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(rest)}`;
};

/** The text that a number in a cell stands for: what the sheet shows, without what is only decoration. */
export const numberCellText = (raw: string, style: number, styles: CellStyles): string => {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  const format = styles.formats[style] ?? { kind: 'plain' };
  switch (format.kind) {
    case 'plain':
      return numberText(value);
    case 'percent':
      return `${numberText(value * 100)}%`;
    case 'zeros':
      return Number.isInteger(value) && value >= 0 ? numberText(value).padStart(format.digits, '0') : numberText(value);
    case 'date': {
      const share = value - Math.floor(value);
      if (!format.withDay) return timeText(share);
      const day = serialDate(value, styles.since1904);
      if (day === undefined) return numberText(value);
      return format.withTime && share > 0 ? `${day} ${timeText(share)}` : day;
    }
  }
};

/** Characters that XML cannot hold stand as `_x000D_`. */
export const unescaped = (text: string): string =>
  text.includes('_x') ? text.replaceAll(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text;
