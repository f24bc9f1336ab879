const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Before a name, never the name itself unless nothing else is there. Folded. */
export const titles = words(`
  mr mrs ms miss mx master dr doctor prof professor rev revd reverend sir dame lady lord fr father sr sister br brother imam
  mufti maulana moulana molana hafiz hafez haji hajj hadji alhaj alhaji hajji ustad shri sri smt shrimati pan pani
  doamna domnul sheikha councillor cllr capt captain major sgt cpl
`);

/** A title that stands for the whole forename: nobody is called that. */
export const bareTitles = words('mr mrs ms miss mx master sir madam dr');

/** Irish women's and inherited forms, by what men of the family write; the word behind is lenited. */
export const gaelicForms: Readonly<Record<string, string>> = { ni: 'o', ui: 'o', nic: 'mac', mhic: 'mac' };

/** Behind a name: the generation, which tells father and son apart. */
export const generations = words('jr jnr junior sr snr senior ii iii iv 2nd 3rd');

/** Behind a name: honours and degrees. */
export const honours = words('esq mbe obe cbe kbe qc kc jp phd bsc msc ba ma frcs rn');

/**
 * Written as a word of its own or as the beginning of the next, in the same name: de la Cruz, van der Berg, Mc Donald,
 * O Brien, St John, Abdul Rahman. Closed up, so that both spellings meet.
 */
export const joinedParticles = words(`
  de da do dos das du di del della dello dal dalla la le las los van von vande vanden vander den der ten ter zu zum zur
  mac mc o fitz st saint san santa santo af av abdul abdel abdal abdur abdus abd abdoul abou abu umm um
`);

/** Articles and words for son and daughter that half the files leave out: al-Hassan, bin Omar, bint Ali. Dropped. */
export const droppedParticles = words('al el ul ur ud us as ash an ad bin ibn bint binte ibnu ould');

/**
 * Parts of names that say what somebody is, not which family they are of: faith, sex, respect. Shared by so many and so
 * often left out that another one beside it is no contradiction. Folded.
 */
const commonParts = words(`
  kaur singh kumar kumari devi lal rani begum begam begom bibi khatun khatoon khanom khanum khanam khanim akhtar akhter akter
  akther parveen perveen sultana nessa nisa bano banu miah mia mian mohammed muhammad mohammad mohamed muhammed md mohd syed
  sayed syeda sheikh shaikh shaik mst mosammat musammat mossammat bhai ben bai
`);

/** Whether a folded word is a part of a name that families do not hand down as theirs: Kaur, Singh, Begum, Bibi, Khatun, Syed. */
export const isCommonNamePart = (word: string): boolean => commonParts.has(word);

/** Those of them that stand in the place of a surname for want of one. Mohammed or Kumar alone may be a family's name. */
const titleNames = words(`
  kaur singh devi begum begam begom bibi khatun khatoon khanom khanum khanam khanim akhtar akhter akter akther parveen perveen sultana
  nessa nisa bano banu mst mosammat musammat mossammat
`);

/** Whether a folded surname of one word or more is made of such words only: Kaur, Begum, Bibi Khatun. */
export const isBareTitleName = (surname: string): boolean =>
  surname.includes(' ') ? surname.split(' ').every((word) => titleNames.has(word)) : titleNames.has(surname);

/** Roles and remarks in the place of any name. Folded. */
const roles = `
  adult anon anonymous applicant aunt auntie baby blank boy boyfriend brother carer child client cousin customer dad daughter
  deceased declined delete dummy duplicate emergency father female fetus foetus foster friend fnu gentleman girl girlfriend
  grandad granddaughter grandma grandmother grandfather grandparent grandson guardian guest hh home house household housemate
  husband infant lady landlord lnu lodger male man mother member mum na name neighbour neighbor newborn nil nn no nobody none
  nonames noname null nan notknown notgiven notrecorded notstated occupant occupier owner parent partner patient person pupil
  refused relative resident roommate sibling sister someone somebody son spouse staff stepchild student surname lastname
  firstname forename dau dweller eldest hija hijo juvenile kid kids minor oldest teenager toddler youngest tba tbc tenant test tester triplet twin uncle undefined unk unborn unknown unnamed unspecified user
  various visitor wife withheld woman worker x xx xxx xxxx yy zz zzz zzzz
`;
const roleWords = words(roles);

/** What may stand between such words: `lady of the house`, `twin one`, `baby boy a`. */
const connectives = words(
  'of the in at to for and not known given recorded stated provided first last full any one two three 1 2 3 i ii a b c f m this is',
);

/** Roles that are real surnames too: taken for a role only where the forename is one as well. */
const alsoSurnames = words(
  'child friend guest kid minor house home male man son parent person blank pupil newborn owner foster uncle lady test nan no',
);

/** Begin a child's row before it is named: `baby smith`, `unborn of jane`, `twin 2 jones`. */
const unnamedChild = words('baby infant newborn unborn twin triplet fetus foetus bb bo babyboy babygirl childof babyof twinone twintwo');

const unborn = words('unborn fetus foetus');

export const isUnbornWord = (word: string): boolean => unborn.has(word);
export const isUnnamedChildWord = (word: string): boolean => unnamedChild.has(word) || /^twin\d$/.test(word);

/** Whether these words together are a role or a remark and not a name. One that also is a surname counts only where `certain`. */
export const areRoleWords = (name: readonly string[], certain: boolean): boolean => {
  if (name.length > 1 && roleWords.has(name.join(''))) return true;
  let roles = 0;
  for (const word of name) {
    if (roleWords.has(word) || isUnnamedChildWord(word)) roles += certain || !alsoSurnames.has(word) || name.length > 1 ? 1 : 0;
    else if (!connectives.has(word)) return false;
  }
  return roles > 0 || (name.length > 1 && name.every((word) => connectives.has(word)));
};
