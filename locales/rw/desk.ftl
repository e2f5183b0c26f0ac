# needs a native reader
# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Urutonde rw'ibanze
script-lost = Umurongo wacitse. Ibyo wanditse biracyahari, kandi ongera ugerageze nta kibazo.
script-retry = Ongera ugerageze
script-close = Funga
script-leave = Ibyo wanditse ntibirabikwa. Ubireke?
script-restored = Ibyo wari wanditse bitoherejwe byagarutse.
script-discard = Bisibe
script-keys = Utubuto tw'uru rupapuro
script-walk = umurongo ukurikira n'ubanza
script-choose = hitamo umurongo

# Charts.
chart-nothing = Nta cyo gushushanya kiraboneka.
chart-trend = Kuva kuri { $from } ({ $first }) kugeza kuri { $to } ({ $last }); ayo hasi { $low }, ayo hejuru { $high }.
chart-period = Igihe
chart-low = Make
chart-likely = Ateganyijwe
chart-high = Menshi

# Search.
search-what = Urashaka iki?
do-search = Shakisha
search-how = Kimwe muri ibi kirahagije, uko wacyandika kose: izina cyangwa igice cyaryo, kode y'umukiriya, nimero ya telefoni cyangwa imibare yayo ine ya nyuma, nimero y'usora (TIN), imeyili, nimero y'inyemezabuguzi cyangwa y'inyemezabwishyu, umubare w'amafaranga nyawo.
search-nothing = Nta cyabonetse kuri "{ $text }".
search-more = Hari n'ibindi bihuje. Andika byinshi kurushaho kugira ngo ubibone.
search-facts = Ibisobanuro
search-found-by = Byabonetse hifashishijwe
search-tin = TIN { $tin }
search-open = { $amount } bitarishyurwa
search-customers = Abakiriya
search-invoices = Inyemezabuguzi n'inyandiko zizigabanya
search-receipts = Inyemezabwishyu
found-nearly = { $what }, yanditswe bijya gusa
found-by-code = kode
found-by-number = nimero
found-by-reference = indango
found-by-tin = nimero y'usora (TIN)
found-by-phone = telefoni
found-by-email = imeyili
found-by-name = izina
found-by-person = umuntu uhakora
found-by-payer = uwishyuye
found-by-open-amount = amafaranga atarishyurwa
found-by-amount = umubare w'amafaranga

# Lists.
list-all = byose
list-clear = Kuraho akayunguruzo
list-customer-code = Kode y'umukiriya
list-from = Guhera
list-until = Kugeza
list-first-page = Urupapuro rwa mbere
list-next-page = Urupapuro rukurikira
list-previous-page = Urupapuro rubanza
list-walked-to = Ubu harebwe kugera ku wa { $day }. Urupapuro rukurikira rureba inyuma kurushaho.
field-state = uko bihagaze
field-as-of = umunsi
field-known-at = byari bizwi ku
field-by = umurongo kuri
field-page = urupapuro
done-by = { $user }, { $at }
word-yes = yego

# Invoices. States agree with the invoice.
page-invoices = Inyemezabuguzi
invoices-none = Nta nyemezabuguzi iranditswe. Injiza izo ufite uhereye kuri dosiye.
invoices-none-fit = Nta nyemezabuguzi ihuye n'ibi byose.
invoice-state-open = ntirishyurwa
invoice-state-overdue = yarengeje igihe
invoice-state-settled = yarangiye
invoice-state-disputed = iraburanwa
invoice-issued-on = Yatanzwe ku wa
invoice-posted-on = Yanditswe mu bitabo ku wa
invoice-lines = Imirongo
line-what = Ikintu
line-quantity = Ingano
line-price = Igiciro cya kimwe
line-tax-class = Icyiciro cy'umusoro
line-tax = Umusoro
invoice-instalments = Ibice byo kwishyura
invoice-instalment = igice cya { $number }
invoice-instalment-head = Igice
invoice-moved = Ibyayihinduye
invoice-not-moved = Nta cyishyuwe cyangwa ngo kigabanywe.
invoice-facts = Ibiyerekeye
invoice-bill-to = Yahawe
invoice-beneficiary = Ugenerwabikorwa
invoice-credits = Igabanya inyemezabuguzi
invoice-opening = Iri mu byatangiranye igitabo
invoice-credit-notes = Inyandiko zigabanya
invoice-notices = Ibyibutso
seen-as-of = Uko byari ku wa { $day }.
seen-as-known = Uko byari ku wa { $day }, nk'uko byari bizwi ku wa { $at }.
seen-not-yet = Yari itarabaho.
seen-now = Uko bimeze ubu

# The ledger.
ledger-title = Ibyanditswe mu bitabo
ledger-what = Ibyanditswe kuri yo, mu byinjiye no mu byasohotse.
ledger-account = Konti
ledger-cause = Impamvu
ledger-debit = Debi
ledger-credit = Keredi
cause-invoice = inyemezabuguzi
cause-credit-note = inyandiko igabanya inyemezabuguzi
cause-receipt = inyemezabwishyu
cause-identification = uwishyuye yamenyekanye
cause-settlement = iyishyurwa
cause-opening = intangiriro y'igitabo
cause-refund = isubizwa

# Receipts. States agree with the receipt, the money received.
page-receipts = Inyemezabwishyu
receipts-none = Nta mafaranga arinjira. Injiza inyandiko ya banki cyangwa ya telefoni yawe.
receipts-none-fit = Nta nyemezabwishyu ihuye n'ibi byose.
receipt-unnamed = nta ndango
receipt-state-unidentified = uwishyuye ntazwi
receipt-state-unapplied = ari kuri konti
receipt-state-applied = yakoreshejwe
receipt-state-refunded = yasubijwe
receipt-from = Bivuye kwa
receipt-left = Asigaye gukoreshwa
receipt-became = Ibyayakorewe
receipt-untouched = Nta kirayakorerwa.
receipt-identified = Uwishyuye yamenyekanye
receipt-line = Umurongo w'inyandiko ya banki
receipt-text = Amagambo
receipt-balance-after = Asigaye nyuma
receipt-taken-in = Yinjijwe ku wa
receipt-no-line = Nta murongo w'inyandiko ya banki: yanditswe n'umuntu, cyangwa na dosiye y'inyemezabwishyu.
receipt-next-exception = Igikurikiyeho gitegereje

# Receipts that wait.
page-exceptions = Inyemezabwishyu zitegereje
exceptions-what = Buri yose iri kumwe n'icyo yakoreshwa, n'impamvu. Nta kintu gikorwa utabivuze.
exceptions-nobodys = Uwishyuye ntazwi
exceptions-on-account = Ari kuri konti
exceptions-none = Nta gitegereje hano. Inyandiko ya banki itaha ishobora kugira icyo izana.
exceptions-same-amount = Aya mafaranga nyayo atarishyurwa kuri:
exceptions-other-invoice = Indi nyemezabuguzi
exceptions-whose = Vuga nyir'ayo
exceptions-find-customer = Shakisha umukiriya
exceptions-no-customer = Nta mukiriya uhuye n'ibyo.
proposal-sure = birazwi neza
proposal-proposed = icyifuzo
proposal-none = nta cyifuzo
do-apply-proposal = Koresha uko byifujwe
do-identify = Ni ayabo
done-receipt-applied = Ubwishyu bwakoreshejwe.
done-receipt-identified = Uwishyuye yamenyekanye. Ibyo yakwishyura biri iruhande.

# The ageing.
ageing-by = Umurongo kuri
ageing-by-customer = umukiriya
ageing-by-invoice = inyemezabuguzi
ageing-by-segment = itsinda
ageing-by-currency = ifaranga
ageing-all = Ibitarishyurwa byose
ageing-known-at = Nk'uko byari bizwi ku wa
ageing-known-at-what = Ibyanditswe nyuma ntibibarwa: igisubizo cyatanzwe icyo gihe. Ku isaha y'ikigo, ku munota.
ageing-buckets = Imbibi z'iminsi y'ubukererwe
ageing-nothing = Nta kitarishyurwa hano.
ageing-unidentified = Byinjiye, uwishyuye ntazwi:
ageing-items = Ibice bitarishyurwa: { $count }, { $amount }
