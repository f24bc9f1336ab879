import type { Sustain } from '../measure.ts';

export const months = (count: number): Sustain => ({ unit: 'months', count });
export const terms = (count: number): Sustain => ({ unit: 'terms', count });
