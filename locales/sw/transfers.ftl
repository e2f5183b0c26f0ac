# needs a native reader

page-transfers = Uhamisho kati ya akaunti zako
transfers-what = Pesa zinazohama kati ya akaunti zako, au kutoka pochi ya simu kwenda benki, si malipo ya mtu. Ziko njiani hadi pande zote mbili zionekane.
transfers-maybe = Labda ni mwendo mmoja
transfers-in-transit = Ziko njiani
transfers-none = Hakuna kilicho njiani.
transfers-found = Pande zote mbili zimeonekana
transfer-out = Zilitoka
transfer-in = Ziliingia
transfer-other = Akaunti nyingine
transfer-state = Hali
transfer-days = { $days ->
    [one] njiani, siku 1
   *[other] njiani, siku { $days }
}
transfer-said-reference = pande zote zimeonekana: rejea ile ile
transfer-said-account = pande zote zimeonekana: mmoja unataja akaunti ya mwingine
transfer-said-amount = pande zote zimeonekana: pesa zako, kiasi kile kile na siku zile zile
transfer-said-person = pande zote zimeonekana: mtu alisema
do-mark-transfer = Mwendo mmoja
do-undo-transfer = Haukuwa uhamisho
done-transfer-marked = Sasa ni uhamisho kati ya akaunti zako, si malipo.
done-transfer-undone = Imerudishwa nyuma.
word-account = Akaunti
line-transfer = uhamisho wako
row-own-transfer = pesa zako: upande mwingine ulionekana katika { $account }, kwa hiyo si malipo
row-in-transit = pesa zako, ziko njiani hadi upande mwingine uonekane; si malipo
refund-transfer-between-own-accounts = Uhamisho kati ya akaunti zako
cause-transfer = uhamisho kati ya akaunti zako
kind-transfer = uhamisho
kind-money-that-went-out = mstari wa pesa zilizotoka
kind-number-of-an-account = namba ya akaunti
field-transfer = uhamisho
refusal-no-transfer = { $went } na { $came } si mwendo mmoja: kiasi ni tofauti, au ni akaunti ile ile. Chagua pande mbili za kiasi kimoja katika akaunti mbili.
refusal-undo-transfer = { $receipt } ni pesa zako, ziko njiani. Sema "haukuwa uhamisho" kwenye ukurasa wa uhamisho, au tumia `transfer undo`.
action-account-number = kusema namba ambazo benki huita akaunti ya pesa
action-transfer-save = kusema uhamisho kati ya akaunti, na kuurudisha nyuma

page-columns = Safu za jedwali la benki
columns-what = Sema mara moja kila safu ina nini; faili zijazo za akaunti zitasomwa hivyo. Kinachoonyeshwa na thamani kimechaguliwa tayari.
columns-missing = Hakuna safu yenye hii bado: { $field }. Bila hiyo hakuna mwendo unaosomeka.
columns-number = Safu { $number }
columns-none = hakuna tunachohitaji
columns-needed = Jedwali halisemi vya kutosha lisomeke. Sema safu zake zina nini.
do-keep-columns = Hifadhi na usome
do-see-columns = Safu

# What a column of a bank's table holds. Key: `bank-` and the field.
bank-on = Siku
bank-value-on = Siku ya thamani
bank-text = Maelezo
bank-reference = Rejea
bank-debit = Zilizotoka
bank-credit = Zilizoingia
bank-amount = Kiasi na alama yake
bank-side = Debiti au krediti
bank-balance = Salio baada yake
bank-currency = Fedha
bank-counterparty = Jina la upande mwingine
bank-counterparty-ref = Namba ya upande mwingine
bank-account = Akaunti yetu
