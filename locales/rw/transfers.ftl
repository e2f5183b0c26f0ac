# needs a native reader

page-transfers = Ihererekanya hagati ya konti zawe
transfers-what = Amafaranga ava kuri konti yawe ajya ku yindi, cyangwa ava muri telefoni ajya muri banki, si ubwishyu bw'uwo ari we wese. Aba ari mu nzira kugeza impande zombi zibonetse.
transfers-maybe = Bishoboka ko ari ihinduka rimwe
transfers-in-transit = Ari mu nzira
transfers-none = Nta mafaranga ari mu nzira.
transfers-found = Impande zombi zabonetse
transfer-out = Yasohotse
transfer-in = Yinjiye
transfer-other = Indi konti
transfer-state = Uko bimeze
transfer-days = { $days ->
    [one] ari mu nzira, umunsi 1
   *[other] ari mu nzira, iminsi { $days }
}
transfer-said-reference = impande zombi zabonetse: indango imwe
transfer-said-account = impande zombi zabonetse: rumwe ruvuga konti y'urundi
transfer-said-amount = impande zombi zabonetse: amafaranga yawe, angana, ku minsi imwe
transfer-said-person = impande zombi zabonetse: umuntu yarabyemeje
do-mark-transfer = Ni ihinduka rimwe
do-undo-transfer = Ntibyari ihererekanya
done-transfer-marked = Ubu ni ihererekanya hagati ya konti zawe, si ubwishyu.
done-transfer-undone = Byasubijwe inyuma.
word-account = Konti
line-transfer = hagati ya konti zawe
row-own-transfer = amafaranga yawe: urundi ruhande rwabonetse muri { $account }, si ubwishyu
row-in-transit = amafaranga yawe, ari mu nzira kugeza urundi ruhande rubonetse; si ubwishyu
refund-transfer-between-own-accounts = Ihererekanya hagati ya konti zawe
cause-transfer = ihererekanya hagati ya konti zawe
kind-transfer = ihererekanya
kind-money-that-went-out = umurongo w'amafaranga yasohotse
kind-number-of-an-account = nimero ya konti
field-transfer = ihererekanya
refusal-no-transfer = { $went } na { $came } si ihinduka rimwe: amafaranga ntangana, cyangwa ni konti imwe. Hitamo impande ebyiri z'amafaranga angana muri konti ebyiri.
refusal-undo-transfer = { $receipt } ni amafaranga yawe, ari mu nzira. Vuga ko "ntibyari ihererekanya" ku rupapuro rw'ihererekanya, cyangwa ukoreshe `transfer undo`.
action-account-number = kuvuga nimero banki zitaho konti y'amafaranga
action-transfer-save = kuvuga ihererekanya hagati ya konti, no kurisubiza inyuma

page-columns = Inkingi z'imbonerahamwe ya banki
columns-what = Vuga rimwe icyo buri nkingi irimo; dosiye zikurikira z'iyo konti zizasomwa zityo. Ibyo agaciro kerekana byamaze guhitwamo.
columns-missing = Nta nkingi irimo ibi: { $field }. Bitabonetse nta gikorwa cyasomwa.
columns-number = Inkingi { $number }
columns-none = nta cyo dukeneye
columns-needed = Imbonerahamwe ntivuga ibihagije ngo isomwe. Vuga icyo inkingi zirimo.
do-keep-columns = Bika usome
do-see-columns = Inkingi

# What a column of a bank's table holds. Key: `bank-` and the field.
bank-on = Umunsi
bank-value-on = Umunsi w'agaciro
bank-text = Icyo bivuga
bank-reference = Indango
bank-debit = Ayasohotse
bank-credit = Ayinjiye
bank-amount = Amafaranga n'ikimenyetso
bank-side = Ayasohotse cyangwa ayinjiye
bank-balance = Asigaye nyuma
bank-currency = Ifaranga
bank-counterparty = Izina ry'undi
bank-counterparty-ref = Nimero y'undi
bank-account = Konti yacu
