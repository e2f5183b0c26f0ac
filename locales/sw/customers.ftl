# Needs a native reader.
# Customers, their contacts and bank details, and what waits for a second person.

# Why a value cannot be used.
unusable-no-phone = si nambari ya simu; iandike 0788 123 456, ya nje ya nchi kwa + mbele
unusable-no-email = si anwani ya barua pepe; iandike kama jina@kampuni.rw
unusable-no-time-of-day = si saa; iandike 08:30
unusable-ends-before-begin = lazima iwe baada ya { $begin }
unusable-no-account-number = nambari ya akaunti ina herufi na tarakimu 5 hadi 34
unusable-contact-ended = mawasiliano haya yameisha; mwongeze mtu huyu upya
unusable-whole-number = toa nambari kamili kuanzia { $from } hadi { $to }

# What a person may do.
action-customer-merge = kuunganisha wateja
action-contact-save = kuhifadhi watu wa kuwasiliana
action-bank-details-save = kuhifadhi maelezo ya benki
action-bank-details-read = kusoma maelezo ya benki kwa ukamilifu
action-approval-ask = kuomba idhini
action-approval-decide = kuamua maombi

# Why two customers may be one. Key: `alike-` and the code of receivables::customer::duplicate::Alike.
alike-tin = nambari ya mlipakodi (TIN) ile ile, { $tin }
alike-phone = nambari ya simu ile ile, { $phone }
alike-same-name = jina lile lile
alike-near-name = jina linalokaribia kufanana

# What commands say.
command-waits-for-approval = Hili linasubiri mtu wa pili, kama ombi { $id }: ideni approval approve { $id }

# Fields of customers, contacts and bank details.
field-call-from = piga simu kuanzia
field-call-to = piga simu hadi
field-collector = afisa wa ukusanyaji madeni
field-contact = mtu wa kuwasiliana
field-credit-limit = kikomo cha mkopo
field-days = siku
field-district = wilaya
field-email = barua pepe
field-gap = kinachokosekana
field-holder = mwenye akaunti
field-institution = benki au pesa za simu
field-phone = simu
field-purse = fedha ziko
field-terms-days = siku za kulipa

# Codes of customers, contacts, bank details and requests.
customer-business = biashara
customer-person = mtu binafsi
language-en = Kiingereza
language-fr = Kifaransa
language-rw = Kinyarwanda
language-sw = Kiswahili
position-accounts-payable = anayelipa ankara
position-manager = meneja
position-owner = mmiliki
position-legal = mwanasheria
position-other = mwingine
purse-bank = akaunti ya benki
purse-wallet = pesa za simu
limit-unset = hakijaamuliwa
limit-none = hakuna kikomo
limit-amount = kiasi
gap-tin = nambari ya mlipakodi (TIN)
gap-phone = simu
gap-email = barua pepe
gap-language = lugha
gap-terms = siku za kulipa
gap-limit = kikomo cha mkopo
gap-collector = afisa wa ukusanyaji madeni
request-bank-details = Maelezo ya benki
request-write-off = Kufuta deni
request-credit-note = Hati ya mkopo
request-refund = Kurejesha fedha
decision-waiting = linasubiri
decision-approved = limeidhinishwa
decision-rejected = limekataliwa
decision-withdrawn = limeondolewa

# Pages: the list of customers.
page-customers = Wateja
page-gaps = Data inayokosekana
page-duplicates = Wanaoweza kuwa mteja mmoja
page-approvals = Idhini
do-new-customer = Mteja mpya
do-edit = Badilisha
do-save = Hifadhi
customers-find = Jina, msimbo, TIN au simu
customers-all = wote
customers-nobody = hakuna
customers-none = Hakuna mteja anayelingana. Punguza masharti, au onyesha wote.
customers-show-all = Onyesha wote
customer-merged = ameunganishwa

# One customer.
customer-account = Fungua akaunti
customer-data = Data
customer-language = Lugha ya ujumbe
customer-limit-amount = Kikomo cha mkopo kwa { $currency }
customer-contacts = Watu wa kuwasiliana
customer-payers = Anayemlipia mteja huyu
payer-learned-from = ilijulikana kwa { $receipt }
payers-none = Bado hakuna anayejulikana. Unayemtaja kwa malipo atajulikana wakati ujao.
customer-bank = Maelezo ya benki ya kurejesha fedha
customer-merges = Wateja waliounganishwa
customer-history = Historia
customer-merged-into = Mteja huyu anatazamwa chini ya
customer-similar = Je, ni mmoja wa hawa?
customer-similar-what = Kama ndiye, tumia mteja huyo; kama siye, sema hapa chini na uhifadhi.
customer-anyway = Ni mteja mwingine: hifadhi hata hivyo
done-customer-saved = Taarifa za mteja zimehifadhiwa.

# Two people saved one customer.
conflict-title = Mtu mwingine amehifadhi mteja huyu wakati huo
conflict-who = Imehifadhiwa na { $who }.
conflict-what = Hapa chini kuna matoleo yote mawili; fomu ina yako pale ulipobadilisha, na yake kwingine. Rekebisha, kisha hifadhi.
conflict-field = Sehemu
conflict-common = Ulipoifungua
conflict-theirs = Sasa
conflict-mine = Yako
conflict-clash = nyote mmeibadilisha
history-when = Lini
history-who = Nani
history-was = Ilikuwa
history-became = Ikawa
history-none = Hakuna kilichobadilika bado.

# Contacts.
do-add-contact = Ongeza mtu wa kuwasiliana
do-add-payer = Ongeza mlipaji
do-forget = Sahau
do-end-contact = Maliza mawasiliano haya
contacts-none = Hakuna mtu anayejulikana hapa bado. Mwongeze anayelipa ankara.
contact-position = Nafasi
contact-channel = Anapendelea
contact-prefers = anapendelea
contact-days = Siku za kupiga simu
contact-primary = wa kuulizwa kwanza
contact-primary-what = Muulize mtu huyu kwanza
contact-ended = yameisha
contact-is-ended = Mawasiliano haya yameisha.
contact-end-reason = Kwa nini (ameondoka, ameomba aachwe …)
done-contact-saved = Taarifa za mtu wa kuwasiliana zimehifadhiwa.
done-contact-ended = Mawasiliano yameisha.

# Bank details.
bank-none = Hakuna bado.
bank-approved = Aliyeomba, aliyeidhinisha
bank-change = Maelezo mapya ya benki
bank-what = Yanatumika mtu mwingine akishaidhinisha. Hakikisha nambari na mteja, kwa simu uliyoijua awali.
bank-reason = Kwa nini, na ilihakikishwaje
do-ask = Omba idhini

# Duplicates and merges.
duplicates-what = Rekodi mbili za mteja mmoja hugawanya deni lake. Zilinganishe, na uunganishe zilizo moja; kilichoandikwa vitabuni hakibadiliki, na muungano unaweza kuondolewa.
duplicates-none = Hakuna wateja wawili wanaofanana.
duplicates-other = Huenda ni
duplicates-score = Kufanana
do-compare = Linganisha
merge-title = Unganisha wateja
merge-what = Wote wawili wanatazamwa kama akaunti moja. Kila mmoja hubaki na msimbo wake na yaliyoandikwa kwake, na muungano unaweza kuondolewa.
merge-this = anaingia kwa mwingine
merge-stays = anawakilisha wote wawili
merge-into = na
merge-into-code = Msimbo wa mteja anayewakilisha wote
merge-turn = Kinyume chake
merge-none = Hakuna mteja mwingine aliyeunganishwa na huyu.
merge-look = Unganisha mteja huyu na mwingine
merge-undone = umeondolewa
do-merge = Unganisha
do-unmerge = Ondoa muungano
done-customer-merged = Wateja wanatazamwa kama mmoja.
done-customer-unmerged = Kila mteja ana akaunti yake tena.

# What is missing.
gaps-of = kati ya wateja { $customers }
gaps-what = Kinachokosekana huchelewesha vikumbusho na hufanya malipo yasitambulike. Mwenye deni kubwa anatangulia.
gaps-none = Hakuna kinachokosekana hapa.
gaps-missing = Kinachokosekana

# Approvals.
approvals-what = Anachoomba mtu mmoja na mwingine huamua: maelezo ya benki, kufuta madeni makubwa, hati kubwa za mkopo, kurejesha fedha.
approvals-for-me = Yanakusubiri wewe
approvals-none-for-me = Hakuna kinachosubiri uamuzi wako.
approvals-mine = Ulichoomba
approvals-none-mine = Hakuna ulichoomba kinachosubiri.
approvals-others = Yanasubiri wengine
approvals-decided = Yaliyoamuliwa karibuni
approvals-alone = Yaliyoamuliwa na mwombaji
approvals-alone-what = Hapa aliyeomba ndiye aliyeidhinisha, siku moja baadaye na kwa sababu, kwa kuwa kampuni ina mtu mmoja.
approvals-is-alone = na aliyeomba
approvals-asked = Limeombwa na
approvals-new = Kinachoombwa
approvals-now = Sasa
approvals-note = Maelezo (kama yapo)
approvals-why-alone = Kwa nini unaamua peke yako
do-approve = Idhinisha
do-reject = Kataa
do-withdraw = Ondoa
done-approval-asked = Sasa inasubiri mtu wa pili.
done-approved = Imeidhinishwa na kutekelezwa.
done-rejected = Imekataliwa; hakuna kilichotekelezwa.
