import { drawTable, rankedTable, type DrawTable } from '../random.ts';

/** Where a family's names come from. Shares are those of a borough in the North West of England, rounded. */
export type Community =
  'english' | 'irish' | 'welsh' | 'polish' | 'romanian' | 'pakistani' | 'indian' | 'bangladeshi' | 'arabic' | 'african' | 'chinese';

interface CommunityNames {
  readonly surnames: DrawTable<string>;
  /** Slavic surnames in -ski end in -ska for a woman. */
  readonly femaleSurname?: (surname: string) => string;
  /** Forenames by sex and generation, the most common first. */
  readonly male: { readonly older: DrawTable<string>; readonly younger: DrawTable<string> };
  readonly female: { readonly older: DrawTable<string>; readonly younger: DrawTable<string> };
  /** Department for Education ethnicity codes with their shares. */
  readonly ethnicity: DrawTable<string>;
}

/** English forenames change fast: one list per generation, chosen by year of birth. */
const englishForenames = {
  male: {
    1930: rankedTable(
      'John William James Robert Thomas George Peter Kenneth Ronald Brian Joseph Alan Derek Raymond Leslie Dennis Norman Eric Frank Gordon Harold Stanley Roy Albert Arthur Sidney',
    ),
    1955: rankedTable(
      'David John Stephen Michael Peter Robert Paul Alan Christopher Anthony Ian Kevin Keith Philip Graham Colin Barry Martin Terence Gary Nigel Trevor Geoffrey Neil Raymond Francis',
    ),
    1970: rankedTable(
      'Paul Mark David Andrew Stephen Darren Jason Lee Christopher Gary Carl Neil Simon Wayne Craig Anthony Dean Sean Ian Stuart Gareth Karl Shaun Matthew Barry Damian',
    ),
    1985: rankedTable(
      'Christopher Daniel Michael James Matthew David Andrew Lee Craig Adam Ryan Liam Thomas Ashley Scott Jamie Robert Carl Anthony Sean Gavin Phillip Stephen Kyle Ross Dale',
    ),
    1998: rankedTable(
      'Jack Thomas Joshua James Daniel Matthew Ryan Luke Connor Jordan Callum Adam Nathan Liam Kieran Lewis Kyle Bradley Jake Ben Josh Reece Declan Curtis Brandon Aidan',
    ),
    2008: rankedTable(
      'Jack Oliver Harry Charlie Alfie Thomas Jayden James Joshua Riley Lewis Ethan Logan Tyler Max Mason Leo Kai Harvey Jamie Finley Archie Dylan Corey Bobby Zak Ellis Kian',
    ),
    2016: rankedTable(
      'Noah Oliver George Muhammad Leo Harry Theo Freddie Arthur Alfie Jude Tommy Albie Roman Teddy Oscar Finley Reuben Louie Ronnie Hudson Jaxon Ezra Arlo Otis Vinnie Luca Hugo Rory',
    ),
  },
  female: {
    1930: rankedTable(
      'Margaret Mary Joan Jean Dorothy Patricia Sheila Doreen Barbara Maureen Joyce Eileen Audrey Irene Brenda Beryl Marjorie Edna Winifred Norah Kathleen Elsie Vera Hilda',
    ),
    1955: rankedTable(
      'Susan Linda Christine Margaret Carol Jean Patricia Barbara Ann Pauline Janet Maureen Sandra Lesley Elaine Gillian Marie Lynne Denise Jacqueline Kathleen Sheila Valerie Julie',
    ),
    1970: rankedTable(
      'Julie Karen Tracey Michelle Joanne Sharon Lisa Nicola Jacqueline Debbie Paula Dawn Alison Angela Amanda Donna Samantha Jane Lorraine Mandy Claire Sarah Deborah Beverley Gaynor',
    ),
    1985: rankedTable(
      'Sarah Laura Gemma Emma Rebecca Claire Victoria Samantha Rachel Amy Jennifer Nicola Katie Lisa Kelly Natalie Stacey Leanne Stephanie Hayley Danielle Kirsty Kerry Jodie Cheryl Katherine',
    ),
    1998: rankedTable(
      'Chloe Emily Megan Sophie Jessica Lauren Rebecca Charlotte Hannah Amy Bethany Jade Paige Shannon Georgia Abigail Ellie Courtney Leah Molly Kayleigh Demi Jodie Caitlin Elizabeth Yasmin',
    ),
    2008: rankedTable(
      'Olivia Ruby Grace Lily Ellie Chloe Mia Amelia Evie Summer Lexi Sophie Jessica Isabella Poppy Lacey Maisie Scarlett Freya Skye Daisy Tilly Brooke Gracie Amber Kayla Libby Holly',
    ),
    2016: rankedTable(
      'Olivia Amelia Isla Ava Mia Freya Lily Willow Ivy Florence Evelyn Harper Ada Elsie Rosie Millie Bonnie Nancy Margot Mabel Thea Orla Aria Delilah Penelope Nellie Hallie Robyn Luna',
    ),
  },
} as const;

export const englishForename = (sex: 'male' | 'female', birthYear: number): DrawTable<string> => {
  const lists = englishForenames[sex];
  if (birthYear < 1946) return lists[1930];
  if (birthYear < 1964) return lists[1955];
  if (birthYear < 1979) return lists[1970];
  if (birthYear < 1993) return lists[1985];
  if (birthYear < 2005) return lists[1998];
  return birthYear < 2013 ? lists[2008] : lists[2016];
};

const english = rankedTable(
  `Smith Jones Taylor Johnson Williams Brown Davies Roberts Hughes Wilson Thompson Walker Robinson Wright Hall Jackson Wood Turner Harrison Moore Cooper Ward Hill
  Green Clarke Morris Watson Carter Bennett Parker Cook Price Rimmer Fairhurst Ashton Aspinall Barton Birchall Critchley Fazakerley Halsall Hesketh Houghton Kenyon Leyland
  Lunt Molyneux Pilkington Rigby Rothwell Seddon Sutton Tickle Twist Whitfield Woods Appleton Atherton Ball Banks Barnes Bradshaw Burrows Chadwick Cross Dixon Edge Fletcher
  Forshaw Foster Gore Greenall Hampson Hayes Heyes Hodgson Holland Hunt Kay Knowles Lawton Lloyd Marsh Naylor Norris Owen Pickavance Platt Prescott Ratcliffe Sharples Shaw
  Tyrer Unsworth Webster Whalley Winstanley Yates Holden Hartley Grimshaw Entwistle Ormerod Threlfall Cowgill Brindle Catterall`,
);

const westernOnly = drawTable([['WBRI', 96] as const, ['MOTH', 2] as const, ['MWBC', 2] as const]);

export const communityNames: Readonly<Record<Community, CommunityNames>> = {
  english: {
    surnames: english,
    male: { older: englishForenames.male[1985], younger: englishForenames.male[2016] },
    female: { older: englishForenames.female[1985], younger: englishForenames.female[2016] },
    ethnicity: westernOnly,
  },
  irish: {
    surnames: rankedTable(
      `Kelly Murphy Byrne O'Brien Ryan Kennedy Doyle Lynch Murray Dunne McCarthy Gallagher O'Neill Flanagan McDonald Quinn Burke Duffy Moran Farrell Fitzgerald Carroll Connolly
      O'Connor McGrath Nolan Keenan Mulligan Riley Maguire McKenna Donnelly Hanlon Boyle Kavanagh Brennan Foley Cullen Rooney Gerrard McNulty O'Hare`,
    ),
    male: {
      older: rankedTable('Michael Patrick John Sean Kevin Anthony Francis Joseph Gerard Brendan Declan Liam Terence Brian Thomas'),
      younger: rankedTable('Jack Liam Sean Patrick Conor Finn Cillian Rory Declan Joseph Oisin Michael Daniel Thomas Aidan Eoin'),
    },
    female: {
      older: rankedTable('Mary Bernadette Margaret Theresa Colette Maureen Anne Siobhan Marie Kathleen Bridget Claire Patricia Catherine'),
      younger: rankedTable('Niamh Erin Aoife Saoirse Orla Caitlin Roisin Molly Grace Ciara Maeve Eva Katie Fiadh Sinead'),
    },
    ethnicity: drawTable([
      ['WBRI', 80],
      ['WIRI', 19],
      ['WIRT', 1],
    ] as const),
  },
  welsh: {
    surnames: rankedTable(
      'Evans Williams Davies Thomas Roberts Lewis Hughes Morgan Griffiths Edwards Owen Rees Pritchard Parry Powell Jenkins Ellis Lloyd Humphreys Pugh Bevan Meredith',
    ),
    male: {
      older: rankedTable('Gareth Huw Rhys Owen Dafydd Alun Glyn Emyr Ieuan Gwyn Dylan Aled'),
      younger: rankedTable('Dylan Rhys Osian Owen Harri Macsen Jac Ifan Tomos Evan Iolo Elis'),
    },
    female: {
      older: rankedTable('Sian Rhian Bethan Carys Nia Delyth Lowri Gwen Eirlys Angharad Mair'),
      younger: rankedTable('Seren Megan Ffion Cerys Lowri Alys Nia Mali Efa Cadi Gwen Erin'),
    },
    ethnicity: westernOnly,
  },
  polish: {
    surnames: rankedTable(
      'Nowak Kowalski Wisniewski Wojcik Kaminski Lewandowski Zielinski Szymanski Mazur Krawczyk Dabrowski Piotrowski Grabowski Pawlak Michalski Adamczyk Dudek Wieczorek',
    ),
    femaleSurname: (surname) => surname.replace(/(s|c)ki$/, '$1ka'),
    male: {
      older: rankedTable('Piotr Krzysztof Tomasz Marcin Pawel Michal Marek Grzegorz Lukasz Adam Rafal Dariusz'),
      younger: rankedTable('Jakub Antoni Filip Oliwier Szymon Kacper Oskar Adam Aleksander Nikodem Igor Maks'),
    },
    female: {
      older: rankedTable('Anna Katarzyna Agnieszka Monika Magdalena Joanna Aneta Ewa Malgorzata Dorota Karolina Beata'),
      younger: rankedTable('Zuzanna Maja Lena Zofia Oliwia Amelia Hanna Julia Nadia Wiktoria Pola Antonina'),
    },
    ethnicity: drawTable([['WOTH', 1]] as const),
  },
  romanian: {
    surnames: rankedTable(
      'Popescu Ionescu Popa Radu Dumitru Stan Gheorghe Stoica Matei Ciobanu Rusu Munteanu Marin Dinu Lungu Constantin Varga Lacatus',
    ),
    male: {
      older: rankedTable('Ion Vasile Florin Marius Adrian Cristian Gabriel Ionut Daniel Mihai Catalin'),
      younger: rankedTable('Andrei David Matei Luca Alexandru Gabriel Stefan Darius Rares Ianis'),
    },
    female: {
      older: rankedTable('Maria Elena Ioana Mihaela Cristina Daniela Alina Gabriela Simona Florentina'),
      younger: rankedTable('Sofia Maria Ana Daria Eva Ioana Antonia Alexia Bianca Denisa'),
    },
    ethnicity: drawTable([
      ['WOTH', 84],
      ['WROM', 16],
    ] as const),
  },
  pakistani: {
    surnames: rankedTable(
      'Khan Hussain Ahmed Ali Mahmood Iqbal Malik Akhtar Shah Hussein Mirza Butt Aslam Chaudhry Rashid Zaman Saeed Qureshi Bashir Rehman',
    ),
    male: {
      older: rankedTable('Mohammed Muhammad Tariq Imran Nadeem Shahid Asif Khalid Zahid Adeel Faisal Usman Naveed Amjad'),
      younger: rankedTable('Muhammad Ibrahim Yusuf Zayn Adam Hamza Musa Eesa Haris Ayaan Rayyan Zakariya Mohammed Bilal'),
    },
    female: {
      older: rankedTable('Shazia Saima Nasreen Samina Rukhsana Farzana Nadia Sadia Aneela Shabana Tahira Rabia'),
      younger: rankedTable('Fatima Maryam Aisha Zara Hafsa Zainab Inaya Amina Khadija Safa Hania Aleena Anaya'),
    },
    ethnicity: drawTable([
      ['APKN', 92],
      ['AOTH', 5],
      ['MWAS', 3],
    ] as const),
  },
  indian: {
    surnames: rankedTable(
      'Patel Singh Kaur Shah Sharma Kumar Desai Mistry Nair Thomas Varghese Reddy Joshi Mathew Chauhan Rao Iyer Parmar',
    ),
    male: {
      older: rankedTable('Rajesh Sanjay Amit Sunil Vijay Harpreet Manoj Anil Biju Ravi Jaspal Nitin'),
      younger: rankedTable('Arjun Aarav Vihaan Rohan Dev Krish Aryan Ishaan Joel Kiran Jay Samar'),
    },
    female: {
      older: rankedTable('Priya Anita Sunita Meena Kavita Manjit Bindu Rekha Neha Pooja Sheeja Hema'),
      younger: rankedTable('Anaya Diya Aanya Saanvi Riya Isha Maya Anika Meera Simran Tara Angel'),
    },
    ethnicity: drawTable([
      ['AIND', 95],
      ['AOTH', 5],
    ] as const),
  },
  bangladeshi: {
    surnames: rankedTable('Begum Miah Ahmed Uddin Islam Rahman Ali Hussain Chowdhury Khatun Hoque Alam Ullah Haque'),
    male: {
      older: rankedTable('Mohammed Abdul Shah Kamal Rafiqul Jahangir Nurul Shahin Anwar Rezaul'),
      younger: rankedTable('Muhammad Yusuf Ayman Rayhan Tahmid Zayan Adil Ismail Mahdi Safwan'),
    },
    female: {
      older: rankedTable('Rahima Nazma Shirin Salma Rehana Farida Nasima Hasina Ruksana Lutfa'),
      younger: rankedTable('Maryam Aisha Sumaiya Tasnim Nusrat Jannat Maisha Raisa Hafsa Zara'),
    },
    ethnicity: drawTable([
      ['ABAN', 95],
      ['AOTH', 5],
    ] as const),
  },
  arabic: {
    surnames: rankedTable(
      'Al-Hassan Saleh Ahmed Hassan Ibrahim Al-Masri Nasser Khalil Mansour Hamdan Said Abdi Darwish Haddad Qasim Yousef Omar',
    ),
    male: {
      older: rankedTable('Mohamed Ahmed Ali Khaled Omar Mustafa Hassan Ibrahim Yasser Samir Tariq Nabil'),
      younger: rankedTable('Mohammed Omar Adam Yousef Ali Karim Zaid Hamza Amir Rayan Ilyas'),
    },
    female: {
      older: rankedTable('Fatima Amal Huda Nadia Samira Rania Layla Mariam Hanan Zahra Iman'),
      younger: rankedTable('Maryam Lina Jana Salma Nour Layan Yasmin Sara Malak Amira Hala'),
    },
    ethnicity: drawTable([
      ['OOTH', 85],
      ['WOTH', 8],
      ['BAFR', 7],
    ] as const),
  },
  african: {
    surnames: rankedTable(
      'Okafor Adeyemi Mensah Moyo Ncube Okoro Balogun Owusu Eze Sibanda Abubakar Osei Dube Adebayo Boateng Mwangi Chukwu Tesfaye Diallo Ndlovu',
    ),
    male: {
      older: rankedTable('Emmanuel Samuel Tendai Chukwudi Kwame Tunde Joseph Farai Ibrahim Kofi Solomon Blessing'),
      younger: rankedTable('David Daniel Emmanuel Samuel Joshua Tobi Nathan Michael Kelechi Malachi Jeremiah Kojo'),
    },
    female: {
      older: rankedTable('Grace Blessing Mercy Ngozi Funmilayo Esther Precious Abena Rudo Comfort Patience Amara'),
      younger: rankedTable('Esther Grace Zoe Michelle Hannah Ada Deborah Favour Nia Tiana Abigail Sharon'),
    },
    ethnicity: drawTable([
      ['BAFR', 88],
      ['MWBA', 6],
      ['BOTH', 6],
    ] as const),
  },
  chinese: {
    surnames: rankedTable('Chan Wong Li Chen Wang Lam Cheung Zhang Liu Lee Ng Tang Ho Lin Yang Huang'),
    male: {
      older: rankedTable('Wei Ming Kevin Jian Raymond Chun Hao Kin Feng Tony'),
      younger: rankedTable('Ethan Jason Ryan Lucas Oscar Marcus Aidan Justin Kai Leo'),
    },
    female: {
      older: rankedTable('Mei Ling Yan Xiu Jenny Hui Wendy Fang Li Amy'),
      younger: rankedTable('Chloe Emily Sophie Mia Alice Hannah Jasmine Kitty Ellie Joyce'),
    },
    ethnicity: drawTable([['CHNE', 100]] as const),
  },
};

export const communityShares: DrawTable<Community> = drawTable([
  ['english', 66],
  ['irish', 15],
  ['welsh', 5],
  ['polish', 3.2],
  ['romanian', 1.6],
  ['pakistani', 2.6],
  ['indian', 1.5],
  ['bangladeshi', 0.8],
  ['arabic', 1.4],
  ['african', 2],
  ['chinese', 0.9],
]);

/** What people are called instead of the name on their birth certificate. */
export const nicknames: Readonly<Record<string, readonly string[]>> = {
  Alexander: ['Alex', 'Xander'],
  Amelia: ['Millie'],
  Andrew: ['Andy', 'Drew'],
  Anthony: ['Tony'],
  Bethany: ['Beth'],
  Charlotte: ['Lottie', 'Charlie'],
  Christopher: ['Chris'],
  Christine: ['Chris'],
  Daniel: ['Danny', 'Dan'],
  Danielle: ['Dani'],
  David: ['Dave'],
  Deborah: ['Debbie'],
  Dorothy: ['Dot'],
  Elizabeth: ['Liz', 'Beth', 'Lizzie'],
  Evelyn: ['Evie'],
  Florence: ['Flo', 'Florrie'],
  Francis: ['Frank'],
  Gerard: ['Ged'],
  Jacqueline: ['Jackie'],
  James: ['Jamie', 'Jim'],
  Jennifer: ['Jenny', 'Jen'],
  Jessica: ['Jess'],
  John: ['Jack', 'Johnny'],
  Joseph: ['Joe', 'Joey'],
  Joshua: ['Josh'],
  Katherine: ['Kate', 'Kathy', 'Katie'],
  Kathleen: ['Kath'],
  Kenneth: ['Ken'],
  Margaret: ['Maggie', 'Peggy'],
  Matthew: ['Matt'],
  Maureen: ['Mo'],
  Michael: ['Mike', 'Mick', 'Mikey'],
  Michelle: ['Shell'],
  Muhammad: ['Mo', 'Mohammed'],
  Natalie: ['Nat'],
  Nicola: ['Nicky'],
  Oliver: ['Ollie'],
  Patricia: ['Pat', 'Trish'],
  Patrick: ['Paddy'],
  Philip: ['Phil'],
  Raymond: ['Ray'],
  Rebecca: ['Becky', 'Becca'],
  Robert: ['Bob', 'Rob', 'Bobby'],
  Ronald: ['Ron'],
  Samantha: ['Sam'],
  Stephanie: ['Steph'],
  Stephen: ['Steve', 'Ste'],
  Susan: ['Sue'],
  Terence: ['Terry'],
  Theo: ['Teddy'],
  Thomas: ['Tom', 'Tommy'],
  Victoria: ['Vicky', 'Tori'],
  William: ['Bill', 'Billy', 'Will'],
};

/** Same-sex twins are often given names that clerks mix up. */
export const twinNames: Readonly<Record<'male' | 'female', readonly (readonly [string, string])[]>> = {
  male: [
    ['Jayden', 'Jaydon'],
    ['Harry', 'Harvey'],
    ['Liam', 'Leon'],
    ['Kai', 'Kian'],
    ['Alfie', 'Archie'],
    ['Tyler', 'Taylor'],
    ['Mason', 'Jason'],
  ],
  female: [
    ['Ellie', 'Elsie'],
    ['Lily', 'Lilly-Mae'],
    ['Mia', 'Maia'],
    ['Evie', 'Eva'],
    ['Lacey', 'Lexi'],
    ['Gracie', 'Grace'],
    ['Ava', 'Ada'],
  ],
};
