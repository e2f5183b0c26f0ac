# Needs a native reader.
# Customers, their contacts and bank details, and what waits for a second person.

# Why a value cannot be used.
unusable-no-phone = si nimero ya telefone; yandike nka 0788 123 456, iyo mu mahanga uyibanzirize +
unusable-no-email = si aderesi ya imeyili; yandike nka izina@isosiyete.rw
unusable-no-time-of-day = si isaha; yandike nka 08:30
unusable-ends-before-begin = igomba kuba nyuma ya { $begin }
unusable-no-account-number = nimero ya konti igira inyuguti n'imibare 5 kugeza 34
unusable-contact-ended = uyu muntu ntakivugishwa; ongera umwandike
unusable-whole-number = tanga umubare wuzuye kuva kuri { $from } kugeza kuri { $to }

# What a person may do.
action-customer-merge = guhuza abakiriya
action-contact-save = kubika abantu bo kuvugisha
action-bank-details-save = kubika konti za banki z'abakiriya
action-bank-details-read = gusoma konti za banki z'abakiriya zuzuye
action-approval-ask = gusaba kwemererwa
action-approval-decide = gufata icyemezo ku busabe

# Why two customers may be one. Key: `alike-` and the code of receivables::customer::duplicate::Alike.
alike-tin = nimero y'usora (TIN) imwe, { $tin }
alike-phone = nimero ya telefone imwe, { $phone }
alike-same-name = izina rimwe
alike-near-name = izina rijya gusa

# What commands say.
command-waits-for-approval = Ibi bitegereje undi muntu ubyemeza, nk'ubusabe { $id }: ideni approval approve { $id }

# Fields of customers, contacts and bank details.
field-call-from = guhamagara guhera
field-call-to = guhamagara kugeza
field-collector = ushinzwe kwishyuza
field-contact = umuntu wo kuvugisha
field-credit-limit = umwenda ntarengwa
field-days = iminsi
field-district = akarere
field-email = imeyili
field-gap = ibibura
field-holder = nyir'konti
field-institution = banki cyangwa mobile money
field-phone = telefone
field-purse = aho amafaranga ari
field-terms-days = iminsi yo kwishyura

# Codes of customers, contacts, bank details and requests.
customer-business = isosiyete
customer-person = umuntu
language-en = icyongereza
language-fr = igifaransa
language-rw = ikinyarwanda
language-sw = igiswahili
position-accounts-payable = ushinzwe kwishyura
position-manager = umuyobozi
position-owner = nyiri ubucuruzi
position-legal = ushinzwe amategeko
position-other = undi
purse-bank = konti ya banki
purse-wallet = mobile money
limit-unset = ntiwemejwe
limit-none = nta ntarengwa
limit-amount = umubare w'amafaranga
gap-tin = nimero y'usora (TIN)
gap-phone = telefone
gap-email = imeyili
gap-language = ururimi
gap-terms = iminsi yo kwishyura
gap-limit = umwenda ntarengwa
gap-collector = ushinzwe kwishyuza
request-bank-details = Konti ya banki y'umukiriya
request-write-off = Gusiba umwenda
request-credit-note = Inyandiko igabanya
request-refund = Gusubiza amafaranga
decision-waiting = burategereje
decision-approved = bwemejwe
decision-rejected = bwanzwe
decision-withdrawn = bwakuweho

# Pages: the list of customers.
page-customers = Abakiriya
page-gaps = Amakuru abura
page-duplicates = Abashobora kuba umwe
page-approvals = Ibyo kwemeza
do-new-customer = Umukiriya mushya
do-edit = Hindura
do-save = Bika
customers-find = Izina, kode, TIN cyangwa telefone
customers-all = bose
customers-nobody = nta n'umwe
customers-none = Nta mukiriya uhuye n'ibyo ushaka. Gabanya ibyo ushaka, cyangwa werekane bose.
customers-show-all = Erekana bose
customer-merged = yahujwe

# One customer.
customer-account = Fungura konti
customer-data = Amakuru
customer-language = Ururimi rw'ubutumwa
customer-limit-amount = Umwenda ntarengwa muri { $currency }
customer-contacts = Abo kuvugisha
customer-payers = Uwishyurira uyu mukiriya
payer-learned-from = byamenyekanye kuri { $receipt }
payers-none = Nta n'umwe uzwi. Uwo uvuze ku mafaranga yinjiye azamenyekana ubutaha.
customer-bank = Konti yo gusubirizaho amafaranga
customer-merges = Abakiriya bahujwe
customer-history = Amateka
customer-merged-into = Uyu mukiriya akurikiranwa kuri
customer-similar = Ni umwe muri aba?
customer-similar-what = Niba ari we, koresha uwo mukiriya; niba atari we, bivuge hasi ubike.
customer-anyway = Ni undi mukiriya: bika nubwo bimeze bityo
done-customer-saved = Amakuru y'umukiriya yabitswe.

# Two people saved one customer.
conflict-title = Hari undi wabitse uyu mukiriya hagati aho
conflict-who = Byabitswe na { $who }.
conflict-what = Dore uko byombi bimeze; urupapuro rufite ibyawe aho wagize icyo uhindura, n'ibye ahandi. Kosora, ubone kubika.
conflict-field = Aho byanditse
conflict-common = Wafunguye bimeze
conflict-theirs = Ubu
conflict-mine = Ibyawe
conflict-clash = mwembi mwabihinduye
history-when = Igihe
history-who = Uwabikoze
history-was = Byari
history-became = Byabaye
history-none = Nta cyahindutse.

# Contacts.
do-add-contact = Ongeramo uwo kuvugisha
do-add-payer = Ongeraho uwishyura
do-forget = Ibagirwa
do-end-contact = Hagarika kumuvugisha
contacts-none = Nta muntu uzwi hano. Ongeramo ushinzwe kwishyura inyemezabuguzi.
contact-position = Umwanya
contact-channel = Uburyo akunda
contact-prefers = akunda
contact-days = Iminsi yo guhamagara
contact-primary = ubazwa mbere
contact-primary-what = Banza ubaze uyu
contact-ended = ntakivugishwa
contact-is-ended = Uyu muntu ntakivugishwa.
contact-end-reason = Impamvu (yagiye, yasabye kutavugishwa …)
done-contact-saved = Amakuru y'uwo kuvugisha yabitswe.
done-contact-ended = Uyu muntu ntazongera kuvugishwa.

# Bank details.
bank-none = Nta yirandikwa.
bank-approved = Uwabisabye, uwabyemeje
bank-change = Konti nshya ya banki
bank-what = Ikoreshwa undi muntu amaze kuyemeza. Banza ubaze umukiriya iyo nimero kuri telefone wari usanzwe uzi.
bank-reason = Impamvu, n'uko byagenzuwe
do-ask = Saba ko byemezwa

# Duplicates and merges.
duplicates-what = Inyandiko ebyiri z'umukiriya umwe zigabanyamo umwenda we. Zigereranye, uhuze izimwe; ibyanditswe mu bitabo ntibihinduka, kandi ihuzwa rishobora gukurwaho.
duplicates-none = Nta bakiriya babiri basa.
duplicates-other = Ashobora kuba
duplicates-score = Uko basa
do-compare = Gereranya
merge-title = Huza abakiriya
merge-what = Bombi bakurikiranwa nka konti imwe. Buri wese agumana kode ye n'ibyanditsweho, kandi ihuzwa rishobora gukurwaho.
merge-this = yinjira mu wundi
merge-stays = uhagararira bombi
merge-into = na
merge-into-code = Kode y'umukiriya uhagararira bombi
merge-turn = Bihindure
merge-none = Nta wundi mukiriya wahujwe n'uyu.
merge-look = Huza uyu mukiriya n'undi
merge-undone = ryakuweho
do-merge = Huza
do-unmerge = Kuraho ihuzwa
done-customer-merged = Abakiriya bakurikiranwa nk'umwe.
done-customer-unmerged = Buri mukiriya yongeye kugira konti ye.

# What is missing.
gaps-of = mu bakiriya { $customers }
gaps-what = Ibibura bitinza kwibutsa kandi bigatuma ubwishyu butamenyekana. Ufite umwenda munini abanza.
gaps-none = Nta kibura hano.
gaps-missing = Ibibura

# Approvals.
approvals-what = Ibyo umwe asaba undi akabyemeza: konti za banki z'abakiriya, gusiba amadeni manini, inyandiko zigabanya nini, gusubiza amafaranga.
approvals-for-me = Bigutegereje
approvals-none-for-me = Nta kigutegereje ngo ugifateho icyemezo.
approvals-mine = Ibyo wasabye
approvals-none-mine = Nta cyo wasabye gitegereje.
approvals-others = Bitegereje abandi
approvals-decided = Ibyafashweho icyemezo vuba
approvals-alone = Ibyemejwe n'uwabisabye
approvals-alone-what = Hano uwabisabye ni we wabyemeje, nyuma y'umunsi kandi atanze impamvu, kuko isosiyete ifite umuntu umwe.
approvals-is-alone = n'uwabisabye
approvals-asked = Bwasabwe na
approvals-new = Ibisabwa
approvals-now = Ubu
approvals-note = Icyitonderwa (niba gihari)
approvals-why-alone = Impamvu ubyemeza wenyine
do-approve = Emeza
do-reject = Anga
do-withdraw = Kuraho
done-approval-asked = Ubu bitegereje undi muntu ubyemeza.
done-approved = Byemejwe kandi byakozwe.
done-rejected = Byanzwe; nta cyakozwe.
