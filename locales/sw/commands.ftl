# needs a native reader
# Kile amri zinachosema zenyewe: maendeleo, ushauri, na kwa nini iliyoombwa haikufanyika. Commands and flags stay as they
# are.

command-no-book = Hakuna kitabu katika { $path }. Tengeneza kwa ideni init --name "Kampuni yako", au taja kingine kwa --database.
command-zone-unknown = Ukanda wa saa { $zone } haujulikani na programu hii.
command-in-file = { $file }: { $why }
command-in-list = { $file }: { $why }
command-backup-written = { $file } limeandikwa, limefunguliwa na limethibitishwa.
command-restored = { $book } sasa ina kitabu, kimethibitishwa na kiko karantini: hakuna kinachotumwa kutoka humo.
command-in-quarantine = Kitabu hiki kilirejeshwa kutoka nakala na kiko karantini: hakuna ujumbe unaowekwa alama kuwa umetumwa. Kama ndicho kinachotumika sasa: ideni quarantine lift --reason SABABU
command-quarantine-lifted = Karantini imeondolewa.

command-no-book-yet = Bado hakuna kitabu hapa. Tengeneza kampuni: ideni init --name "Kampuni yako" --tin 123456789
command-try-demo = Au tazama ya kubuni: ideni demo
command-no-invoices = Bado hakuna ankara. Ziingize: ideni import invoices FAILI.csv
command-receipts-waiting = Malipo ambayo hayajaoanishwa yote: { $count }. Tumia: ideni cash apply
command-apply-yourself = Inachopendekeza tu, kioanishe mwenyewe: ideni allocation add MALIPO ANKARA
command-lines-waiting = Mistari ya taarifa inayosubiri mtu: { $count }. Tumia: ideni statement review
command-see-open = Madeni yaliyobaki: ideni ageing

command-instalment = "{ $value }" si awamu ya malipo; andika TAREHE:UZITO, kama 2026-09-30:50
command-line-of-document = "{ $value }" si mstari; andika MAELEZO;IDADI;BEI;DARAJA, kama Mchele 25 kg;10;30000;B, na punguzo baada yake kama lipo; au @MSIMBO;IDADI kwa bidhaa ya katalogi
command-credited-line = "{ $value }" si mstari; andika NO au NO:IDADI, kama 1:2.5,3

command-needs-opening-day = { $file } ni orodha ya umri wa madeni: yaliyobaki siku fulani, si mauzo. Toa siku ya kuhamia, nayo itakuwa mizania ya kufungulia: --opening-on YYYY-MM-DD
command-rows = mistari { $count }
command-all-refused = Hakuna kilichohifadhiwa: mistari yote { $count } imekataliwa, angalia juu.
command-atomic-refused = Hakuna kilichohifadhiwa: mistari { $count } imekataliwa na --atomic inataka yote au hakuna.
command-statement-too-large = { $file } ina baiti { $bytes }, zaidi ya taarifa inavyoweza kuwa. Igawanye kwa miezi.
command-does-not-add-up = mwanzo + mistari - mwisho = { $difference }: faili halijumlishi sawa; lilinganishe na la benki
command-lines-declared = faili linasema lina maingizo { $declared } lakini lina { $found }: huenda limekatwa; lipakue tena kutoka benki
command-messages-missing = Huenda ujumbe haupo: { $count }; salio linaruka (angalia gaps)

command-export-ending = { $file }: jina ndilo linalosema jinsi ya kuliandika. Taja faili linaloishia na .xlsx au .csv.
command-export-pdf = { $file }: toleo hili haliandiki PDF. Taja faili linaloishia na .xlsx au .csv.
command-export-exists = { $file } lipo tayari. Taja faili lingine, au andika juu yake kwa --force.
command-print-ending = { $file }: hati huandikwa kwenye faili linaloishia na .pdf.
command-exported = { $file }: mistari { $count }
command-sheet-full = Karatasi hubeba mistari 1,048,575, na hii ni zaidi. Toa kama CSV, au punguza ulichochagua.
command-set-up-at = Ideni iko katika { $address }. Bado hakuna kampuni hapa. Itengeneze:

command-opening-differs = Mizania ya kufungulia na { $file } zinatofautiana kwa wateja { $count }, angalia safu difference. Ingiza kinachokosekana, au rekebisha orodha na uthibitishe tena.
command-identities-broken = Mistari { $count } inavunja kanuni za vitabu: usiandike zaidi, hifadhi nakala ya hifadhidata na utoe taarifa.

command-making-demo = Inatengenezwa historia ya miaka miwili ya msambazaji; mara moja tu, chini ya dakika moja.
command-demo-ready = Kanuni zote za vitabu zinatimizwa. Kitabu ni { $book }.
command-demo-there = Kitabu cha mfano kipo tayari: { $book }. Futa faili ili kitengenezwe upya.
command-listens-on = Ideni iko katika { $address }.
command-sign-in-as = Ingia kama:
command-stop-with = Simamisha kwa Ctrl+C.
command-trust-us =
    Kinachotumwa kimesimbwa kwa cheti cha Ideni yenyewe, ambacho vivinjari havikijui: huonya. Fanya kila kompyuta na simu ikiamini mara moja:
      1. Nakili { $file } kwenye kifaa, kwa flashi au kwa mkono. Faili hili ni la wazi; mengine katika folda yake ni ya siri.
      2. Linganisha alama yake ya SHA-256 na hii: { $fingerprint }
      3. Windows: fungua faili, Install Certificate, Local Machine, Trusted Root Certification Authorities.
         Mac: lifungue katika Keychain Access, System, uchague Always Trust. Linux: katika mipangilio ya kivinjari, Certificates, Authorities.
         Android: Settings, Security, Install a certificate, CA certificate. iPhone: sakinisha profile, kisha General, About, Certificate Trust Settings.
         Firefox ina orodha yake: Settings, Certificates, Authorities, Import.
    Kinathibitisha mashine hii na anwani za ofisini tu.

demo-customers = kampuni na wateja wake
demo-day = { $on }
demo-checking = inakagua kanuni zote za kitabu
demo-done = tayari

failure-disk-full = Diski imejaa: hakuna kilichohifadhiwa katika tendo hili. Ongeza nafasi na ufanye tena.
failure-again = Hifadhidata imeomba kujaribu tena ({ $cause }). Fanya tena.
failure-rolled-back = Hakuna kilichoandikwa, kama ilivyoombwa.

formula-dso = madeni / mauzo ya mkopo * siku
formula-bpdso = madeni yasiyochelewa / mauzo ya mkopo * siku
formula-add = (madeni - madeni yasiyochelewa) / mauzo ya mkopo * siku
formula-cei_monthly = (mwanzo + mauzo / miezi - mwisho wote) / (mwanzo + mauzo / miezi - mwisho usiochelewa) * 100, kwa mauzo ya mwezi wa wastani
formula-cei_period = (mwanzo + mauzo - mwisho wote) / (mwanzo + mauzo - mwisho usiochelewa) * 100, kwa mauzo ya kipindi chote
formula-dso_countback = miezi kamili ya mauzo inaondolewa kwenye madeni, wa mwisho kwanza, kisha kilichobaki / mauzo ya mwezi huo * siku zake
formula-straight_through = malipo yaliyooanishwa yote na uoanishaji wa kiotomatiki pekee / malipo yote * 100
formula-for_people = malipo yote - malipo yaliyooanishwa yote na uoanishaji wa kiotomatiki pekee

report-ageing = Madeni yaliyobaki na umri wake
report-worklist = Wa kupigiwa simu anayefuata, na kwa nini
report-kpi = DSO, DSO bora zaidi, ADD, DSO ya kuhesabu nyuma, CEI na kiwango cha malipo yanayojioanisha, kila kimoja na fomula yake
report-provision = Kinachotarajiwa kupotea kati ya madeni yaliyobaki, kwa kiwango cha kila kundi; hakuna kinachoandikwa
report-revaluation = Madeni yaliyobaki kwa sarafu za kigeni, yalivyoandikwa na kwa kiwango cha siku; hakuna kinachoandikwa
report-opening-proof = Kilichoandikwa na mizania ya kufungulia, kwa kila mteja, kando ya orodha ilikotoka
report-journal = Kila mstari wa kila ingizo, kwa mpangilio wa siku
report-sales = Kilichotozwa, kwa jinsi kinavyotozwa kodi
report-certificates = Kodi walizozuia wateja, na vyeti vyake vilipo
