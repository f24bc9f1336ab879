/**
 * How letters that are not a–z are written in them: the letter and its spelling, nothing after a letter that has no sound of
 * its own. Of the scripts in which names reach an English council: Latin letters that are no letter with a mark, Greek,
 * Cyrillic, Armenian, Hebrew, Arabic (with Persian, Urdu, Pashto and Kurdish letters), Devanagari, Bengali, Gurmukhi,
 * Gujarati, Tamil, Sinhala, Georgian and Ethiopic. Vowel signs are left out, as they are in unpointed Arabic.
 *
 * An extract of "any-ascii" by Hunter WB (anyascii.com), whose licence lies beside this file (LICENSE.any-ascii.txt): small
 * letters without marks only, apostrophes left out.
 */
const spellings = `
  ßss æae ðd øo þth đd ħh ıi ĸq łl ŋng œoe ŧt ƀb ƃb ƅ ƈc ƌd ƍz ƒf ƕhw ƙk ƚl ƛl ƞn ƣgh ƥp ƨ ƪsh ƫt ƭt ƴy ƶz ƹ ƺzh ƻdz ƽ ƾts ƿw
  ǀc ǁx ǂqc ǃq ǝe ǥg ȝy ȡd ȣou ȥz ȴl ȵn ȶt ȷj ȸdb ȹqp ȼc ȿs ɀz ɂ ɇe ɉj ɋq ɍr ɏy ɓb ɔo ɕc ɖd ɗd ɘe əe ɚer ɛe ɣg ɨi ʋv
  αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr ςs σs τt υy φf χch ψps ωo
  аa бb вv гg дd еe жzh зz иi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya ђdj єie ѕdz іi јj љlj
  њnj ћc џdzh ѡo ѣe ѥie ѧe ѩie ѫo ѭio ѯks ѱps ѳf ѵy ѹu ѻo ѽo ѿot ҁq ҋjh ҍ ҏrh ґg ғgh ҕgh җj ҙz қq ҝg ҟq ҡq ңng ҥng ҧph ҩw ҫs
  ҭth үu ұu ҳh ҵts ҷj ҹc һh ҽch ҿch ӄq ӆlh ӈng ӊnh ӌdzh ӎmh ӏh ӕae әa ӡdz өo ӷgh ӻxh ӽx ӿh
  ՙ ՠa աa բb գg դd եe զz էe ըy թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռrr սs վv տt րr ցts ւw փp քk
  օo ֆf ֈh
  א בv גg דd הh וv זz חh טt יy ךkh כkh לl םm מm ןn נn סs ע ףf פf ץts צts קk רr שs תt ׯyyy װv ױoy ײey
  ء ـ ا بb ةh تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظdh ع غgh ػg ؼg ؽy ؾi ؿi فf قq كk لl مm نn هh وw ىa يy ٮb ٯq ٱ ٲa
  ٳu ٴe ٹt ٺth ٻb ټt ٽt پp ٿth ڀbh ځdz ڂdz ڃn ڄj څts چch ڇch ڈd ډd ڊd ڋdd ڌdh ڍdh ڎdh ڏd ڐd ڑr ڒr ړr ڔr ڕr ږzh ڗd ژzh ڙr ښsh
  ڛs ڜch ڝts ڞch ڟth ڠng ڡf ڢf ڣp ڤv ڥv ڦph ڧq ڨg کk ڪk ګg ڬg ڭng ڮkp گg ڰgg ڱn ڲg ڳg ڴg ڵl ڶl ڷl ڸl ڹn ںn ڻn ڼn ڽny ھh ڿn ہh
  ۃh ۄo ۅo ۆo ۇu ۈu ۉu ۊu ۋv یy ۍey ێe ۏv ېe ۑny ےe ەe
  ऄa अa आa इi ईi उu ऊu ऋr ऌl ऍe ऎe एe ऐai ऑo ऒo ओo औau कk खkh गg घgh ङn चc छch जj झjh ञn टt ठth डd ढdh णn तt थth दd धdh नn पp
  फph बb भbh मm यy रr लl ळl वv शs षs सs हh ऽ ॐom ॠr ॡl ॱ ॲa ॳo ॴo ॵa ॶu ॷu ॸd ॹzh ॺy ॻg ॼj ॽ ॾd ॿb
  ঀ অa আa ইi ঈi উu ঊu ঋr ঌl এe ঐai ওo ঔau কk খkh গg ঘgh ঙn চc ছch জj ঝjh ঞn টt ঠth ডd ঢdh ণn তt থth দd ধdh নn পp ফph বb ভbh
  মm যy রr লl শs ষs সs হh ঽ ৎt ৠr ৡl ৰr ৱv ৼm
  ਅa ਆa ਇi ਈi ਉu ਊu ਏe ਐai ਓo ਔau ਕk ਖkh ਗg ਘgh ਙn ਚc ਛch ਜj ਝjh ਞn ਟt ਠth ਡd ਢdh ਣn ਤt ਥth ਦd ਧdh ਨn ਪp ਫph ਬb ਭbh ਮm ਯy ਰr
  ਲl ਵv ਸs ਹh ੜr ੲ ੳ ੴ
  અa આa ઇi ઈi ઉu ઊu ઋr ઌl ઍe એe ઐai ઑo ઓo ઔau કk ખkh ગg ઘgh ઙn ચc છch જj ઝjh ઞn ટt ઠth ડd ઢdh ણn તt થth દd ધdh નn પp ફph બb
  ભbh મm યy રr લl ળl વv શs ષs સs હh ઽ ૐom ૠr ૡl ૹzh
  ஃk அa ஆa இi ஈi உu ஊu எe ஏe ஐai ஒo ஓo கk ஙn சc ஜj ஞn டt ணn தt நn னn பp மm யy ரr றr லl ளl ழl வv ஶs ஷs ஸs ஹh ௐom
  අa ආa ඇae ඈae ඉi ඊi උu ඌu ඍr ඎr ඏl ඐl එe ඒe ඓai ඔo ඕo ඖau කk ඛkh ගg ඝgh ඞn ඟng චc ඡch ජj ඣjh ඤn ඥjn ඦnj ටt ඨth ඩd ඪdh ණn
  ඬnd තt ථth දd ධdh නn ඳnd පp ඵph බb භbh මm ඹmb යy රr ලl වv ශs ෂs සs හh ළl ෆf
  აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh
  ሀha ሁhu ሂhi ሃha ሄhe ህh ሆho ሇhoa ለle ሉlu ሊli ላla ሌle ልl ሎlo ሏlwa ሐha ሑhu ሒhi ሓha ሔhe ሕh ሖho ሗhwa መme ሙmu ሚmi ማma ሜme ምm ሞmo
  ሟmwa ሠse ሡsu ሢsi ሣsa ሤse ሥs ሦso ሧswa ረre ሩru ሪri ራra ሬre ርr ሮro ሯrwa ሰse ሱsu ሲsi ሳsa ሴse ስs ሶso ሷswa ሸshe ሹshu ሺshi ሻsha
  ሼshe ሽsh ሾsho ሿshwa ቀke ቁku ቂki ቃka ቄke ቅk ቆko ቇkoa ቈkwe ቊkwi ቋkwa ቌkwe ቍkwi ቐke ቑku ቒki ቓka ቔke ቕk ቖko ቘkwe ቚkwi ቛkwa ቜkwe
  ቝkwi በbe ቡbu ቢbi ባba ቤbe ብb ቦbo ቧbwa ቨve ቩvu ቪvi ቫva ቬve ቭv ቮvo ቯvwa ተte ቱtu ቲti ታta ቴte ትt ቶto ቷtwa ቸche ቹchu ቺchi ቻcha
  ቼche ችch ቾcho ቿchwa ኀha ኁhu ኂhi ኃha ኄhe ኅh ኆho ኇhoa ኈhwe ኊhwi ኋhwa ኌhwe ኍhwi ነne ኑnu ኒni ናna ኔne ንn ኖno ኗnwa ኘnye ኙnyu ኚnyi
  ኛnya ኜnye ኝny ኞnyo ኟnywa አa ኡu ኢi ኣa ኤe እ ኦo ኧwa ከke ኩku ኪki ካka ኬke ክk ኮko ኯkoa ኰkwe ኲkwi ኳkwa ኴkwe ኵkwi ኸhe ኹhu ኺhi ኻha
  ኼhe ኽh ኾho ዀhwe ዂhwi ዃhwa ዄhwe ዅhwi ወwe ዉwu ዊwi ዋwa ዌwe ውw ዎwo ዏwoa ዐa ዑu ዒi ዓa ዔe ዕ ዖo ዘze ዙzu ዚzi ዛza ዜze ዝz ዞzo ዟzwa
  ዠzhe ዡzhu ዢzhi ዣzha ዤzhe ዥzh ዦzho ዧzhwa የye ዩyu ዪyi ያya ዬye ይy ዮyo ዯyoa ደde ዱdu ዲdi ዳda ዴde ድd ዶdo ዷdwa ዸde ዹdu ዺdi ዻda ዼde
  ዽd ዾdo ዿdwa ጀje ጁju ጂji ጃja ጄje ጅj ጆjo ጇjwa ገge ጉgu ጊgi ጋga ጌge ግg ጎgo ጏgoa ጐgwe ጒgwi ጓgwa ጔgwe ጕgwi ጘnge ጙngu ጚngi ጛnga
  ጜnge ጝng ጞngo ጟngwa ጠte ጡtu ጢti ጣta ጤte ጥt ጦto ጧtwa ጨche ጩchu ጪchi ጫcha ጬche ጭch ጮcho ጯchwa ጰpe ጱpu ጲpi ጳpa ጴpe ጵp ጶpo ጷpwa
  ጸtse ጹtsu ጺtsi ጻtsa ጼtse ጽts ጾtso ጿtswa ፀtse ፁtsu ፂtsi ፃtsa ፄtse ፅts ፆtso ፇtsoa ፈfe ፉfu ፊfi ፋfa ፌfe ፍf ፎfo ፏfwa ፐpe ፑpu ፒpi
  ፓpa ፔpe ፕp ፖpo ፗpwa ፘrya ፙmya ፚfya
`;

const spellingOf: ReadonlyMap<string, string> = new Map(
  spellings
    .trim()
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 1), entry.slice(1)]),
);

/** The letter in a–z; itself where it is of another script. */
export const latinSpelling = (letter: string): string => spellingOf.get(letter) ?? letter;
