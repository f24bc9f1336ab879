import { drawTable, rankedTable } from '../random.ts';

/** A district with its outward code and the invented town names its addresses carry; shares follow the size of the place. */
export interface District {
  readonly outward: string;
  readonly town: string;
}

export const districts = drawTable<District>([
  [{ outward: 'L36', town: 'Mossbank' }, 26],
  [{ outward: 'L32', town: 'Northwood Vale' }, 18],
  [{ outward: 'L33', town: 'Towerfield' }, 14],
  [{ outward: 'L35', town: 'Westbrook Cross' }, 14],
  [{ outward: 'L28', town: 'Stockbridge Green' }, 9],
  [{ outward: 'L34', town: 'Eccleshall Park' }, 8],
  [{ outward: 'L14', town: 'Page Heath' }, 4],
  [{ outward: 'WA8', town: 'Ditton Marsh' }, 7],
]);

const streetNames = rankedTable(
  `Haddock_Brow Larkmoor Foxley_Bank Copplehouse Rimington Tarbock_Gate Saltergate Hollinhey Bracken_Fold Whinberry Kiln_Croft Longshaw Mossfield Quaker_Pits Sandiway Tithe_Barn
  Ashmuir Barnacre Calderfold Dunnockswood Eastmere Fernilee Garswood_Hey Heronmere Inglecroft Jubilee_Wharf Kestrel_Mere Lapwing_Moss Millrace Newhey Oakenholt Pinfold_End Quernmoor
  Roby_Hey Silverbeck Thorncote Upholme Vetch_Hill Woodmoss Yewdale_Bank Alderley_Brook Beechcombe Cranmoss Dovecliff Elmsett Furzeton Gorsehey Hawkstone Ivybridge_Rise`,
);
const streetKinds = drawTable([
  ['Road', 30],
  ['Avenue', 20],
  ['Close', 18],
  ['Drive', 10],
  ['Walk', 8],
  ['Lane', 6],
  ['Grove', 5],
  ['Way', 3],
] as const);
export const streets = { names: streetNames, kinds: streetKinds };

export const towerBlocks = ['Heron Court', 'Calder Heights', 'Mersey Reach', 'Whinmoor Tower', 'Larch House', 'Millrace Point'] as const;
export const hostels = ['Foxley House Hostel', 'The Lodge', 'Bracken Lodge', 'Pinfold Foyer'] as const;

export interface School {
  /** Four digits, as in characters 5–8 of a unique pupil number. */
  readonly estabNo: string;
  readonly name: string;
  readonly phase: 'primary' | 'secondary';
  readonly outward: string;
}

/** Invented; establishment numbers in the ranges of maintained primary (2xxx, 3xxx) and secondary (4xxx, 6xxx) schools. */
export const schools: readonly School[] = [
  { estabNo: '2101', name: 'Foxley Bank Primary School', phase: 'primary', outward: 'L36' },
  { estabNo: '2102', name: 'Mossfield Community Primary School', phase: 'primary', outward: 'L36' },
  { estabNo: '2107', name: 'Larkmoor Primary School', phase: 'primary', outward: 'L32' },
  { estabNo: '2110', name: 'Northwood Vale Primary School', phase: 'primary', outward: 'L32' },
  { estabNo: '2114', name: 'Towerfield Primary School', phase: 'primary', outward: 'L33' },
  { estabNo: '3301', name: 'St Oswin’s Catholic Primary School', phase: 'primary', outward: 'L33' },
  { estabNo: '3304', name: 'Holy Rood Catholic Primary School', phase: 'primary', outward: 'L36' },
  { estabNo: '2118', name: 'Westbrook Cross Primary School', phase: 'primary', outward: 'L35' },
  { estabNo: '2121', name: 'Stockbridge Green Primary School', phase: 'primary', outward: 'L28' },
  { estabNo: '2125', name: 'Eccleshall Park Primary School', phase: 'primary', outward: 'L34' },
  { estabNo: '4001', name: 'Mossbank High School', phase: 'secondary', outward: 'L36' },
  { estabNo: '4004', name: 'Northwood Academy', phase: 'secondary', outward: 'L32' },
  { estabNo: '4007', name: 'All Hallows Catholic High School', phase: 'secondary', outward: 'L36' },
  { estabNo: '6905', name: 'Towerfield Sixth Form and High School', phase: 'secondary', outward: 'L33' },
  { estabNo: '4010', name: 'Westbrook Park School', phase: 'secondary', outward: 'L35' },
];
