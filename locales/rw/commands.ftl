# needs a native reader
# Ibyo amategeko y'imashini avuga: aho bigeze, inama, n'impamvu icyasabwe kitakozwe. Commands and flags stay as they are.

command-no-book = Nta gitabo kiri kuri { $path }. Gikore na ideni init --name "Isosiyete yawe", cyangwa uvuge ikindi na --database.
command-zone-unknown = Akarere k'isaha { $zone } ntikazwi n'iyi porogaramu.
command-in-file = { $file }: { $why }
command-in-list = { $file }: { $why }
command-backup-written = { $file } yanditswe, irafungurwa, iragenzurwa.
command-restored = Ubu igitabo kiri muri { $book }, cyagenzuwe kandi cyashyizwe mu kato: nta cyoherezwa kivuyemo.
command-in-quarantine = Iki gitabo cyagaruwe muri kopi kandi kiri mu kato: nta butumwa bwemezwa ko bwoherejwe. Niba ari cyo gikoreshwa ubu: ideni quarantine lift --reason IMPAMVU
command-quarantine-lifted = Igitabo cyavuye mu kato.

command-no-book-yet = Nta gitabo kiri hano. Kora isosiyete: ideni init --name "Isosiyete yawe" --tin 123456789
command-try-demo = Cyangwa urebe iy'igerageza: ideni demo
command-no-invoices = Nta nyemezabuguzi zirimo. Zinjize: ideni import invoices DOSIYE.csv
command-receipts-waiting = Ubwishyu butarahuzwa bwose: { $count }. Koresha: ideni cash apply
command-apply-yourself = Ibyo itanga nk'igitekerezo gusa, bihuze ubwawe: ideni allocation add UBWISHYU INYEMEZABUGUZI
command-lines-waiting = Imirongo y'inyandiko ya banki itegereje umuntu: { $count }. Koresha: ideni statement review
command-see-open = Ibisigaye kwishyurwa: ideni ageing

command-instalment = "{ $value }" si icyiciro cyo kwishyura; andika ITARIKI:UBUREMERE, nka 2026-09-30:50
command-line-of-document = "{ $value }" si umurongo; andika IBISOBANURO;INGANO;IGICIRO;ICYICIRO, nka Umuceri 25 kg;10;30000;B, ukurikizeho igabanywa niba rihari; cyangwa @KODE;INGANO ku gicuruzwa cyo ku rutonde
command-credited-line = "{ $value }" si umurongo; andika NO cyangwa NO:INGANO, nka 1:2.5,3

command-needs-opening-day = { $file } ni urutonde rw'amadeni hakurikijwe igihe amaze: ibyari bisigaye kwishyurwa ku munsi umwe, si ibyagurishijwe. Tanga umunsi wo gutangiriraho, bibe intangiriro y'igitabo: --opening-on YYYY-MM-DD
command-rows = imirongo { $count }
command-all-refused = Nta cyabitswe: imirongo yose uko ari { $count } yanzwe, reba hejuru.
command-atomic-refused = Nta cyabitswe: imirongo { $count } yanzwe kandi --atomic isaba byose cyangwa ntihagire ikijyamo.
command-statement-too-large = { $file } ifite bayiti { $bytes }, irenze ingano y'inyandiko ya banki. Yigabanyemo amezi.
command-does-not-add-up = intangiriro + imirongo - iherezo = { $difference }: dosiye ntiteranya neza; yigereranye n'iya banki
command-lines-declared = dosiye ivuga ko irimo { $declared } ariko harimo { $found }: ishobora kuba yaciwe; yongere uyivane kuri banki
command-messages-missing = Ubutumwa bushobora kuba bubura: { $count }; ayasigaye kuri konti arasimbuka (reba gaps)

command-export-ending = { $file }: izina ni ryo rivuga uko yandikwa. Tanga dosiye irangirana na .xlsx cyangwa .csv.
command-export-pdf = { $file }: iyi verisiyo ntiyandika PDF. Tanga dosiye irangirana na .xlsx cyangwa .csv.
command-export-exists = { $file } isanzwe ihari. Tanga indi dosiye, cyangwa uyisimbuze na --force.
command-print-ending = { $file }: urupapuro rwandikwa muri dosiye irangirana na .pdf.
command-exported = { $file }: imirongo { $count }
command-sheet-full = Urupapuro rujyamo imirongo 1.048.575, iyi ni myinshi. Sohora nka CSV, cyangwa ugabanye ibyo wahisemo.
command-set-up-at = Ideni iri kuri { $address }. Nta sosiyete irimo. Yikore:

command-opening-differs = Intangiriro y'igitabo na { $file } biratandukanye ku bakiriya { $count }, reba inkingi difference. Injiza ibibura, cyangwa ukosore urutonde wongere ugenzure.
command-identities-broken = Imirongo { $count } inyuranya n'amahame y'ibitabo: ntukongere kwandika, bika kopi y'ububiko bw'amakuru, ubimenyeshe.

command-making-demo = Harakorwa amateka y'imyaka ibiri y'umucuruzi; rimwe gusa, mu gihe kitageze ku munota.
command-demo-ready = Amahame yose y'ibitabo arubahirijwe. Igitabo ni { $book }.
command-demo-there = Igitabo cy'icyitegererezo gisanzwe gihari: { $book }. Siba dosiye niba ushaka ko gikorwa bushya.
command-listens-on = Ideni iri kuri { $address }.
command-sign-in-as = Injira nka:
command-stop-with = Hagarikisha Ctrl+C.
command-trust-us =
    Ibyoherezwa birinzwe n'icyemezo cya Ideni ubwayo, mushakisha zitazi: zirabanza kuburira. Buri mudasobwa na telefone bicyemere rimwe:
      1. Koporora { $file } uyijyaneho, kuri flash cyangwa mu ntoki. Iyi dosiye si ibanga; izindi ziri kumwe na yo ni ibanga.
      2. Gereranya igikumwe cyayo cya SHA-256 n'iki: { $fingerprint }
      3. Windows: fungura dosiye, Install Certificate, Local Machine, Trusted Root Certification Authorities.
         Mac: yifungurire muri Keychain Access, System, uhitemo Always Trust. Linux: mu igenamiterere rya mushakisha, Certificates, Authorities.
         Android: Settings, Security, Install a certificate, CA certificate. iPhone: shyiramo profile, hanyuma General, About, Certificate Trust Settings.
         Firefox ifite urutonde rwayo: Settings, Certificates, Authorities, Import.
    Cyemeza iyi mashini n'aderesi zo mu biro gusa.

demo-customers = isosiyete n'abakiriya bayo
demo-day = { $on }
demo-checking = haragenzurwa amahame yose y'igitabo
demo-done = birangiye

failure-disk-full = Disiki yuzuye: nta cyabitswe muri iki gikorwa. Shaka umwanya wongere ubikore.
failure-again = Ububiko bw'amakuru busabye kongera kugerageza ({ $cause }). Ongera ubikore.
failure-rolled-back = Nta cyanditswe, nk'uko byasabwe.

formula-dso = amadeni / ibyagurishijwe ku mwenda * iminsi
formula-bpdso = amadeni atararenza igihe / ibyagurishijwe ku mwenda * iminsi
formula-add = (amadeni - amadeni atararenza igihe) / ibyagurishijwe ku mwenda * iminsi
formula-cei_monthly = (intangiriro + ibyagurishijwe / amezi - iherezo ryose) / (intangiriro + ibyagurishijwe / amezi - iherezo ritararenza igihe) * 100, ku ibyagurishijwe mu kwezi ugereranyije
formula-cei_period = (intangiriro + ibyagurishijwe - iherezo ryose) / (intangiriro + ibyagurishijwe - iherezo ritararenza igihe) * 100, ku ibyagurishijwe mu gihe cyose
formula-dso_countback = amezi yuzuye y'ibyagurishijwe akurwa ku madeni, uhereye ku guheruka, wongeyeho asigaye / ibyagurishijwe muri uko kwezi * iminsi yako
formula-straight_through = ubwishyu bwahujwe bwose na porogaramu yonyine / ubwishyu bwose * 100
formula-for_people = ubwishyu bwose - ubwishyu bwahujwe bwose na porogaramu yonyine

report-ageing = Ibisigaye kwishyurwa n'igihe bimaze
report-worklist = Uwo guhamagara ukurikira, n'impamvu
report-kpi = DSO, DSO nziza ishoboka, ADD, DSO ibarwa isubira inyuma, CEI n'igipimo cy'ubwishyu bwihuza, buri kimwe n'uko kibarwa
report-provision = Ibishobora guhomba mu bisigaye kwishyurwa, ku gipimo cya buri cyiciro; nta cyandikwa mu bitabo
report-revaluation = Ibisigaye kwishyurwa mu mafaranga y'amahanga, uko byanditswe no ku gipimo cy'umunsi; nta cyandikwa mu bitabo
report-opening-proof = Ibyanditswe mu ntangiriro y'igitabo, kuri buri mukiriya, iruhande rw'urutonde byavuyeho
report-journal = Buri murongo wa buri nyandiko y'igitabo, ukurikije iminsi
report-sales = Ibyishyujwe, hakurikijwe uko bisoreshwa
report-certificates = Imisoro abakiriya bafatiriye, n'aho ibyemezo byayo bigeze
