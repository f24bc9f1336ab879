/**
 * The tradition that a name looks to be from: a rough proxy to compare error rates by, wrong for many a person and never
 * part of a decision about anybody. A name that no list and no ending tells is `english-or-other`.
 */
export const nameOrigins = [
  'muslim',
  'sikh-or-hindu',
  'polish-or-slavic',
  'romanian',
  'irish-scottish-or-welsh',
  'african',
  'chinese-or-vietnamese',
  'spanish-or-portuguese',
  'english-or-other',
] as const;
export type NameOrigin = (typeof nameOrigins)[number];

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Folded parts of surnames, and forenames where they say more. */
const tellingNames: readonly (readonly [NameOrigin, ReadonlySet<string>])[] = [
  [
    'sikh-or-hindu',
    words(`singh kaur patel sharma kumar kumari devi shah desai mistry nair reddy joshi chauhan rao iyer parmar gupta verma mehta
      sandhu gill dhillon grewal sidhu bains dhaliwal pillai menon varghese harpreet gurpreet manpreet jaspal rajesh sanjay sunita
      priya kavita`),
  ],
  [
    'muslim',
    words(`khan hussain hussein hossain ahmed ahmad ali begum bibi khatun miah uddin iqbal malik akhtar akter mahmood mirza butt
      chaudhry chowdhury choudhury qureshi bashir rehman rahman islam hoque haque ullah hassan hasan ibrahim mohammed muhammad
      mohamed mohammad saleh nasser mansour hamdan darwish haddad qasim yousef omar abdi abdullah abdulrahman warsame osman
      yusuf siddiqui sheikh shaikh syed aziz rashid saeed khalil masri fatima aisha maryam khadija zainab mohamud farah`),
  ],
  [
    'african',
    words(`okafor adeyemi mensah moyo ncube okoro balogun owusu eze sibanda osei dube adebayo boateng mwangi chukwu tesfaye diallo
      ndlovu okonkwo nwosu asante appiah agyei kamau otieno banda phiri mutasa sithole nkrumah adewale ogunleye bello traore keita
      kwame kofi ngozi chukwudi tendai farai`),
  ],
  [
    'chinese-or-vietnamese',
    words(`chan wong li chen wang lam cheung zhang liu ng tang ho lin yang huang zhao wu zhou xu sun ma zhu hu guo he gao liang leung
      kwok nguyen tran pham le vu vo dang bui`),
  ],
  [
    'romanian',
    words(`popescu ionescu popa radu dumitru stan gheorghe stoica matei ciobanu rusu munteanu marin dinu lungu constantin varga lacatus
      ion vasile florin marius catalin ionut mihai mihaela`),
  ],
  [
    'irish-scottish-or-welsh',
    words(`kelly murphy byrne ryan kennedy doyle lynch murray dunne gallagher flanagan quinn burke duffy moran farrell fitzgerald carroll
      connolly nolan keenan mulligan riley reilly maguire donnelly hanlon boyle kavanagh brennan foley cullen rooney sullivan walsh
      evans davies lewis hughes morgan griffiths owen owens rees pritchard parry powell jenkins lloyd humphreys pugh bevan meredith
      obrien oconnor oneill oneil oreilly odonnell osullivan ohara ohare okeefe omalley oleary otoole orourke ogrady odwyer
      campbell stewart robertson cameron fraser ross`),
  ],
  [
    'spanish-or-portuguese',
    words(`garcia martinez rodriguez hernandez lopez gonzalez perez sanchez ramirez torres flores rivera gomez diaz cruz reyes morales
      ortiz silva santos ferreira pereira oliveira costa sousa fernandez vasquez castro alvarez ruiz mendez`),
  ],
  [
    'polish-or-slavic',
    words('nowak wojcik mazur krawczyk pawlak adamczyk dudek wieczorek kowalczyk novak ivanov katarzyna agnieszka malgorzata'),
  ],
];

const endings: readonly (readonly [NameOrigin, RegExp])[] = [
  ['polish-or-slavic', /(?:[sc]k[ia]|czyk|wicz|ov|ova|ev|eva|enko|chuk)$/],
  ['romanian', /(?:escu|eanu|oiu)$/],
  ['irish-scottish-or-welsh', /^ma?c[b-z][a-z]{2,}/],
  ['muslim', /(?:uddin|ullah|ulislam)$|^abdul/],
];

/** Of cleaned names: lower case a–z, words with a space between. The surname tells before the forename. */
export const nameOriginOf = (forename: string, surname: string): NameOrigin => {
  for (const name of [surname, forename]) {
    const parts = name.split(' ');
    for (const [origin, names] of tellingNames) if (parts.some((part) => names.has(part))) return origin;
    for (const [origin, ending] of endings) if (parts.some((part) => ending.test(part))) return origin;
  }
  return 'english-or-other';
};
