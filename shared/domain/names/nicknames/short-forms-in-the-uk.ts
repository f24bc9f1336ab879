/**
 * Short forms and spellings met in the United Kingdom that the American list lacks: the name first, then what its bearers
 * are called or how the same name is written. Folded to a–z. Put together for this project from general knowledge of
 * British, Irish, Welsh, Polish, Romanian, South Asian, Arabic, African and Chinese naming; add lines as agencies' rows
 * show them, and raise the version of the cleaning when you do.
 */
export const shortFormsInTheUk = `
aisha ayesha aysha aishah aaisha ayeesha aicha
abdullah abdulla abdallah abdallahi abdullahi abdoulaye
abdulrahman abdurrahman abdurahman abdirahman abderrahmane abdelrahman
abigail abi abbie abby gail
adam adi
ahmed ahmad ahmet achmed ahmadou amadou
alan al alun
alastair alasdair alistair alister ali al
aleksander aleksandr alexander olek alek aleks
aleksandra alexandra ola olka aleks
alexandru alexander alex sandu sandel
alexandra alex lexi lexie sandra sasha
alexander alex xander alec alexis lex sasha sandy
alfie alfred
ali aly
alina ala
amelia millie mila amelie milly
amir ameer aamir
amina aminah aamina ameena aminata
andrei andrew andy andrey
andrew andy drew
andreea andrea deea
andrzej andrew jedrek andy
angharad hari
anna ania anka anya hania anne ann
anne ann annie anna
anthony tony ant anton
antoni antek tolek anthony
archie archibald
arkadiusz arek
ashok ash
barbara basia barb babs
bartosz bartek bartlomiej
beata beatka
bethany beth bethan
bethan beth bethany
bilal bilaal billal
boguslaw bogdan bogus
bronislaw bronek
bronwen bron bronwyn
catherine kathryn katherine cath cathy kate katie cat cathie kathleen
caitlin kaitlyn katelyn cait cate caitlyn
callum calum cal
cameron cam
carys caz
catalin catalina cata
catrin kate cat cati
charlotte lottie charlie lotte char
cheryl chez
christine chris chrissie tina
christopher chris kit topher christoper
clare claire clara
constantin costel costica costin dinu
cristina cristi tina christina
cristian cristi christian
czeslaw czesiek
daniel dan danny danni daniil
danielle dani danni
danuta danka danusia
dariusz darek darius
david dave davey dai dafydd davy dawid
dafydd dai david taff
dawid david dawidek
deborah deb debbie debs debra debbi
dennis den denny
dilwyn dil
dorota dorotka dora
dorothy dot dottie dolly
dumitru mitica dumitrel
edward ed eddie ted teddy ned eddy
edyta edith
eleanor ellie nell nellie elinor ella ellen lena
elizabeth liz lizzie beth betty libby eliza elsie bess betsy lisa elspeth ellie lib elisabeth bethan
elzbieta ela elka elizabeth
emilia emily milly emilka
emily em emmie millie emilie
emma em emmy
ewa eva ewka eve
evelyn evie eve lyn evelin
ezekiel zeke
fatima fatimah fatema fatma fatimata fatoumata fatou faatima
fiona fi
florence flo florrie flossie
florin florinel
francis frank fran frankie
frances fran francesca frankie fanny
franciszek franek frank
gabriel gabe gab gabi
gabriela gabi gabby gabriella
gareth gaz gary garth
gary gaz gazza
gavin gav
geoffrey geoff jeff jeffrey
george georgie gheorghe jerzy
georgina georgie gina georgia
geraint ger
gerard ged gerry jerry
gheorghe gigi ghita george gica
giorgi gio
grzegorz grzesiek grzes gregory greg
gurpreet guri gary preeti gurprit
gwenllian gwen
gwendolyn gwen gwenda wendy
halina hala
hannah hanna hana
harjit harjeet
harold harry hal
harpreet preet harprit
harry harold henry hari harrison
hasan hassan hasaan
helen nell ellen helena nellie
helena hela lena helen
henry harry hal hen
henryk heniek henry
husain hussain hussein hossain husein hussen hossein houssein
hywel howell howel
ibrahim ibraheem ebrahim abraham ibrahima
ieuan ifan evan iwan ioan john
ifan evan ieuan
imran emran
ioan ion john ionut nelu
ion ioan ionel nelu john
ionela iona nela
ionut ionel ion
irena irka irene
ireneusz irek
isabella bella izzy isabel isabelle issy isla belle
isabel isobel izzy bella isabelle issy
ismail ismaeel esmail ismael smail
iwona iwonka yvonne
jacek jacus
jack john jacky jackie
jacqueline jackie jacqui jacki jaqueline
jadwiga jadzia
jakub kuba jacob kubus
james jim jimmy jamie jem jaymie
jan janek john jasiek
janusz januszek
jaroslaw jarek
jasmine jas jaz yasmin jazmin
jason jase jay
jaswinder jas jassi
jayden jay jaydon jaiden
jennifer jen jenny jenni jennie
jeremy jez jem jerry
jerzy jurek george
jessica jess jessie
jillian gill gillian jill
gillian gill jill gilly
joanna asia jo joanne asha joasia
joanne jo joanna jojo
john jack johnny jon johnnie ian sean
jonathan jon jonny johnny jonathon johnathan jono
joseph joe joey jo josef jozef yusuf
joshua josh
jozef jozek joseph
juliet jules julie julia
julia jules julie julka
justyna justina
kamil kamilek
karen kaz kazza
karolina karola caroline
katarzyna kasia kaska catherine katherine
katherine kate katie kathy kath kat kit kitty kay katharine kathryn
kathleen kath kathy kate kay
katie kate katherine catherine
kazimierz kazik kaz
kenneth ken kenny
kevin kev
khadija khadijah khadeeja kadija khadiija khatija
khalid khaled khaalid
kimberley kim kimberly
kirsty kirsten
krzysztof krzysiek christopher krzys chris
krystyna krysia kryska christine
kulwinder kully
kuldeep kully
kulvinder kully
lauren loz laurie
laurence larry laurie loz lawrence
leonard len lenny leon
leslie les lesley
leszek lech
lewis lew louis
lillian lily lilly lil
llewellyn lew lyn llew
louis lou louie lewis
louise lou lulu
lukasz luke lukaszek
luke luka lucas
lynne lynn lyn linda
maciej maciek matthew mathew
magdalena magda lena madzia
malcolm malc mal
malgorzata gosia goska margaret malgosia
manjit manjeet
manpreet mani preet
marcin martin marcinek
marek mark
margaret maggie peggy meg mags marge madge greta rita margie
maria marysia mary mari mariana marika
mariam maryam miriam mariama maryan
marian marius
marius mario
marjorie marge margie
martin marty mart
mary molly polly mae maire may mari
mateusz matthew mati matt
matilda tilly tilda mattie
matthew matt matty mat mathew
maureen mo mau
megan meg meggie
mehmet mehmed muhammad
michael mike mick mickey mikey micky mikael
michal michael michalek mike
michelle shell shelley chelle mich
miguel mike michael
mihai michael misu mihaita
mihaela miha ela
mihail mihai misha
mildred millie
mirela mira
miroslaw mirek
mohinder mindy
monika monia monica
muhammad mohammed mohamed mohammad muhammed mohamad mohamud mohamoud mahamed md mohd mo muhamed mohammod mohamet muhamad mahomed mamadou mahamud moh mohummad mohd muhd mehmed mhmd
mustafa mustapha moustafa mostafa
nadia nadya
natalie nat natalia
natalia natalka tala natalie
nathan nate nath nathaniel
nicholas nick nicky nico nicolas
nicoleta nico nicole
nicola nicky nic nikki nicki nicole
nicolae nicu nicolaie nick nelu
nigel nige
nikola nicola nikolka
norman norm
oleksandr sasha alexander oleks
oliver ollie olly oli
olivia liv livvy livia
omar umar omer oumar
osman usman uthman ousmane othman
owain owen owein
pamela pam
patricia pat trish patsy tricia trisha patti
patrick pat paddy padraig rick patryk
patrycja patricia pati
patryk patrick
paul pauly pavel pawel
pawel paul pablo
penelope penny pen
peter pete petey piotr petru
petru petre petrica peter
philip phil pip phillip
piotr piotrek peter
przemyslaw przemek
qasim kasim qasem kassim
rachel rach rachael rae
radoslaw radek
rafal rafael ralph
raymond ray
rebecca becky becca bex beck
reginald reg reggie
rhiannon rhi anon
rhys reece rees reese
richard rich rick ricky dick richie
robert rob bob bobby robbie bert robin rab robyn
roderick rod roddy
roger rog
ronald ron ronnie
rosemary rose rosie romy
roxana roxi
rukhsana roxana ruksana rukhsar
ryszard richard rysiek
sadia saadia sadiya
said saeed sayeed saied syed
salma selma salmah
samantha sam sammy
samuel sam sammy samwell
sandra sandie sandy
sara sarah zara
sarah sara sally sal
satinder sat
sebastian seb bas
sean shaun shawn john
sharif shareef cherif
sharon shaz shaza
sheila shelagh
sian sean jane
sibusiso sbu
sidney sid sydney
simon si
sioned jane janet
slawomir slawek
sofia sophia sophie zofia
sophie soph sophia
stanislaw staszek stan stanley
stanley stan
stefan steve stephen stef
stephanie steph stephie steff
stephen steve stevie ste steven stephan
steven steve stevie ste stephen
stuart stu stewart
sukhdev sukh
sukhwinder sukhi
susan sue susie suzy suzanne
suzanne sue suzie suze
tadeusz tadek thaddeus
teresa terry tess theresa tereska
terence terry tel terrance
theodore theo ted teddy
thomas tom tommy tomos
timothy tim timmy
tomasz tomek thomas
tomos thomas tom twm
tracey tracy trace
urszula ula ursula
usha ush
valentin vali
valerie val
vasile vasilica basil
veronica ron ronnie vera vero
victoria vicky vic tori vickie vikki
vincent vince vinny vinnie
virginia ginny ginger
vladimir vlad volodymyr
volodymyr vladimir vova
walter walt wally
wayne wazza
weronika wera veronica
wieslaw wiesiek
wilfred wilf fred
william will bill billy willy liam wil gwilym
winifred win winnie freda
wioletta violeta wiola
wladyslaw wladek
wojciech wojtek
yasmin jasmine yasmine yasmeen jasmin yaz
youssef yusuf yousef yusef yousuf yussuf joseph youssouf
yusuf yousuf youssef yousef yusef yousaf iusuf
zachary zach zac zak zack
zainab zaynab zeynab zaineb zeinab
zbigniew zbyszek zbys
zdzislaw zdzisiek
zofia zosia sophie sofia
zubair zubayr
zygmunt zygmus
chukwuemeka emeka chuks
chukwudi chudi chidi
chinonso nonso
ngozi ngo
oluwaseun seun
oluwafemi femi
oluwatobi tobi
oluwadamilola dami damilola
oluwakemi kemi
oluwatoyin toyin
ayodele ayo dele
adebayo bayo ade
adewale wale ade
babatunde tunde baba
olufunke funke
tolulope tolu
temitope temi tope
ikechukwu ike iyke
nnamdi namdi
obinna obi
uchenna uche
ifeoma ify
kwame kwami
kofi koffi
yaa yaw
chiamaka amaka
tendai tendi
tatenda tate
farai fari
nomvula vula
thandiwe thandi thandeka
tsegaye tsega
tewodros teddy theodore
yohannes john yonas
haile hailu
hoyam huyam
hamza hamzah
haroon haron harun aaron
idris idrees edris
iqbal ikbal eqbal
ishaq isaac ishak
javed javaid jawed
jamil jameel
karim kareem kerim
mahmoud mahmood mehmood mahmud
nasir naser nasser
nazir nazeer
noor nur nour
rahim raheem
rashid rasheed
saleem salim selim
salih saleh
shafiq shafeek shafique
tahir taher
tariq tarik tareq
waseem wasim
zahid zaheed
zahra zara zehra
zaheer zahir
shabnam shabana
shazia shaziya
nasreen nasrin
parveen parvin perveen praveen
rahima raheema
razia raziya
rubina robina
saima saimah
samina sameena
shaheen shahin
tahira taheera
yasin yaseen yassin
farhan farhaan
faisal faysal feisal
bashir basheer
dawood daud dawud david
suleman sulaiman suleiman solomon soliman souleymane
musa moosa mousa moses
isa eesa issa
yahya yehia
yaqub yakub yaqoob jacob
ilyas elias ilias
jibril gabriel jibreel
maryam mary
`;
