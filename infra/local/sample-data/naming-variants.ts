import type { Community } from './data/names.ts';
import type { Random } from './random.ts';

export interface WrittenName {
  readonly forename?: string | undefined;
  readonly middleNames?: string | undefined;
  readonly surname?: string | undefined;
}

type Name = Readonly<Record<'forename' | 'middleNames' | 'surname', string>>;

/** A way in which clerks write names of one culture otherwise; undefined where it does not apply to this name. */
type Variant = (name: Name, random: Random) => Partial<Name> | undefined;

/** Spellings of one name, any of which a clerk may hear. */
const spellings = (...groups: readonly string[]): Variant => {
  const lists = groups.map((group) => group.split(' '));
  return ({ forename, surname }, random) => {
    const other = (name: string): string | undefined => {
      const list = lists.find((names) => names.includes(name));
      return list === undefined ? undefined : random.pick(list.filter((each) => each !== name));
    };
    const given = other(forename);
    if (given !== undefined) return { forename: given };
    const family = other(surname);
    return family === undefined ? undefined : { surname: family };
  };
};

const swapped: Variant = ({ forename, surname }) => ({ forename: surname, surname: forename });

const respelt =
  (pattern: RegExp, replacement: string): Variant =>
  ({ surname }) =>
    pattern.test(surname) ? { surname: surname.replace(pattern, replacement) } : undefined;

const shortForms = (pairs: string): Variant => {
  const forms = new Map(
    pairs
      .split(' ')
      .map((pair) => pair.split('='))
      .map(([name = '', short = '']) => [name, short]),
  );
  return ({ forename }) => {
    const short = forms.get(forename);
    return short === undefined ? undefined : { forename: short };
  };
};

/** The second part of a surname, or one that a woman has beside it, is written in one file and not in another. */
const withPart =
  (...parts: readonly string[]): Variant =>
  ({ surname }, random) =>
    parts.includes(surname) ? undefined : { surname: `${surname} ${random.pick(parts)}` };

const doubleBarrelled: Variant = ({ surname }) => (surname.includes('-') ? { surname: surname.split('-')[1] ?? surname } : undefined);
const initial: Variant = ({ forename }) => ({ forename: forename.charAt(0) });
const capitals: Variant = ({ forename, surname }) => ({ forename: forename.toUpperCase(), surname: surname.toUpperCase() });
const spacesForHyphens: Variant = ({ forename, surname }) =>
  /-/.test(forename + surname) ? { forename: forename.replaceAll('-', ' '), surname: surname.replaceAll('-', ' ') } : undefined;

const muhammad = 'Mohammed Muhammad Mohamed Mohammad Muhammed Md';
const muslimNames = spellings(
  muhammad,
  'Ahmed Ahmad Ahmet',
  'Hussain Hussein Hossain Husain',
  'Yusuf Yousef Yousuf Yusef',
  'Aisha Ayesha Aishah',
  'Fatima Fatimah Fatema',
  'Maryam Mariam Miriam',
  'Ibrahim Ebrahim Ibraheem',
  'Said Saeed Sayed',
  'Rahman Rehman Rahmaan',
  'Chaudhry Chowdhury Choudhury Chaudhary',
  'Khaled Khalid',
  'Omar Umar Omer',
  'Usman Osman Uthman',
  'Nasser Nasir Naser',
  'Zainab Zaynab Zeinab',
  'Hoque Haque Haq',
  'Qasim Kasim Qassim',
);

const variants: Readonly<Record<Community, readonly Variant[]>> = {
  english: [
    doubleBarrelled,
    initial,
    capitals,
    shortForms('William=Bill Thomas=Tom Joshua=Josh Elizabeth=Liz Charlotte=Lottie Katherine=Kate'),
  ],
  irish: [
    respelt(/^O'/, 'O '),
    respelt(/^O'/, 'O’'),
    respelt(/^O'/, 'O'),
    respelt(/^Mc/, 'Mc '),
    respelt(/^Mc/, 'Mac'),
    spellings('Sean Shaun Shawn', 'Siobhan Shevaun', 'Catherine Kathryn', 'Niamh Neve', 'Caitlin Katelyn', 'Aidan Aiden'),
    capitals,
  ],
  welsh: [
    spellings('Sian Siân', 'Dafydd David', 'Rhys Rees', 'Ieuan Ifan', 'Owen Owain', 'Davies Davis', 'Tomos Thomas', 'Pritchard Prichard'),
    capitals,
    initial,
  ],
  polish: [
    respelt(/(s|c)ki$/, '$1ka'),
    respelt(/(s|c)ka$/, '$1ki'),
    spellings(
      'Wojcik Wójcik',
      'Zielinski Zieliński',
      'Kaminski Kamiński',
      'Dabrowski Dąbrowski',
      'Wisniewski Wiśniewski',
      'Lukasz Łukasz',
      'Michal Michał',
    ),
    shortForms(
      'Katarzyna=Kasia Malgorzata=Gosia Krzysztof=Krzys Jakub=Kuba Joanna=Asia Tomasz=Tomek Aleksander=Olek Agnieszka=Aga Piotr=Peter',
    ),
    swapped,
  ],
  romanian: [
    spellings('Stefan Ștefan', 'Catalin Cătălin', 'Ciobanu Ciobănu', 'Rares Rareș', 'Gheorghe George', 'Alexandru Alexander'),
    shortForms('Ion=Nelu Vasile=Lica Gabriela=Gabi Cristina=Cristi Mihaela=Miha Alexandru=Alex Mihai=Misu'),
    swapped,
    capitals,
  ],
  pakistani: [muslimNames, muslimNames, withPart('Begum', 'Bibi', 'Khan'), swapped],
  indian: [
    withPart('Kaur', 'Singh', 'Kumar'),
    spellings(
      'Varghese Varughese',
      'Mathew Matthew',
      'Chauhan Chouhan',
      'Harpreet Harprit',
      'Manjit Manjeet',
      'Sharma Sarma',
      'Pooja Puja',
    ),
    swapped,
    initial,
  ],
  bangladeshi: [muslimNames, muslimNames, respelt(/^(Begum|Khatun|Miah)$/, 'Akter'), respelt(/^Uddin$/, 'ud Din'), swapped],
  arabic: [muslimNames, respelt(/^Al-/, 'Al '), respelt(/^Al-/, 'El-'), respelt(/^Al-/, ''), respelt(/^(?!Al-)(.)/, 'Al-$1'), swapped],
  african: [
    swapped,
    initial,
    spellings('Chukwu Chuku', 'Okoro Okorro', 'Funmilayo Funmi', 'Chukwudi Chudi', 'Abubakar Aboubakar', 'Diallo Jallow', 'Kelechi Kele'),
    capitals,
  ],
  chinese: [
    swapped,
    swapped,
    spellings('Wang Wong', 'Zhang Cheung', 'Chen Chan', 'Li Lee', 'Huang Wong', 'Liu Lau'),
    ({ forename }, random) => ({ forename: `${forename}${random.pick([' ', '-', ''])}${random.pick(['Mei', 'Ling', 'Wai', 'Ho'])}` }),
  ],
};

/**
 * The name as an agency may have it that knows little of how the culture's names work: one of its variants, or the name as
 * it is where none fits. Made up for measuring; how often each happens in life is not known.
 */
export const writtenOtherwise = (name: WrittenName, community: Community, random: Random): WrittenName => {
  const { forename = '', middleNames = '', surname = '' } = name;
  if (forename === '' || surname === '') return name;
  for (const variant of random.shuffled([...variants[community], spacesForHyphens])) {
    const change = variant({ forename, middleNames, surname }, random);
    if (change !== undefined) return { ...name, ...change };
  }
  return name;
};
