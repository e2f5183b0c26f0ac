# needs a native reader
# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Urutonde rw'ibanze
script-lost = Umurongo wacitse. Ibyo wanditse biracyahari, kandi kongera kugerageza nta kibazo biteza.
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
search-how = Kimwe muri ibi kirahagije, uko wacyandika kose: izina cyangwa igice cyaryo, kode y'umukiriya, nimero ya telefone cyangwa imibare yayo ine ya nyuma, nimero y'usora (TIN), imeyili, nimero y'inyemezabuguzi cyangwa y'ubwishyu, umubare w'amafaranga nyawo.
search-nothing = Nta cyabonetse kuri "{ $text }".
search-more = Hari n'ibindi bihuje. Andika byinshi kurushaho kugira ngo ubibone.
search-facts = Ibisobanuro
search-found-by = Byabonetse hifashishijwe
search-tin = TIN { $tin }
search-open = { $amount } asigaye kwishyurwa
search-customers = Abakiriya
search-invoices = Inyemezabuguzi n'inyandiko zizigabanya
search-receipts = Ubwishyu
found-nearly = { $what }, yanditswe bijya gusa
found-by-code = kode
found-by-number = nimero
found-by-reference = indango
found-by-tin = nimero y'usora (TIN)
found-by-payment-code = kode yo kwishyura
found-by-phone = telefone
found-by-email = imeyili
found-by-name = izina
found-by-person = umuntu uhakora
found-by-payer = uwishyuye
found-by-open-amount = amafaranga asigaye kwishyurwa
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
invoice-state-settled = yarangije kwishyurwa
invoice-state-disputed = iriho ikibazo
invoice-state-awaited = hategerejwe icyemezo
invoice-issued-on = Yatanzwe ku wa
invoice-posted-on = Yanditswe mu bitabo ku wa
invoice-lines = Imirongo
line-what = Ikintu
line-quantity = Ingano
line-price = Igiciro cya kimwe
line-tax-class = Icyiciro cy'umusoro
invoice-net = Hatarimo umusoro
line-tax = Umusoro
invoice-instalments = Ibyiciro byo kwishyura
invoice-instalment = icyiciro cya { $number }
do-new-invoice = Inyemezabuguzi nshya
invoice-new-what = Andika imirongo, ubare inyemezabuguzi, hanyuma uyandike mu bitabo. Kode, izina, TIN cyangwa telefone bivuga uwishyuzwa; iyo nta tariki yo kwishyura, hakurikizwa amasezerano y'umukiriya.
prices = Ibiciro
prices-net = bitarimo umusoro
prices-gross = birimo umusoro
line-unit = Igipimo
line-discount = Igabanywa
do-work-out = Bara
do-post-invoice = Andika inyemezabuguzi mu bitabo
do-more-lines = Indi mirongo
done-invoice-posted = Inyemezabuguzi yanditswe mu bitabo.
done-invoice-posted-twin = Inyemezabuguzi yanditswe mu bitabo. Hari indi y'umukiriya umwe, amatariki amwe n'igiteranyo kimwe: reba niba itishyujwe kabiri.
invoice-instalment-head = Icyiciro
invoice-moved = Ibyayihinduye
invoice-not-moved = Nta cyishyuwe cyangwa ngo kigabanywe.
invoice-facts = Ibiyerekeye
invoice-terms = Uko byumvikanywe
invoice-early = Kwishyura mbere y'igihe
invoice-early-offer = kugeza { $day }: { $amount } birahagije, hagabanutseho { $discount }
do-print = Sohora
do-print-statement = Imiterere ya konti
page-billing = Ibyo kwishyuza
billing-what = Ibyo amasezerano yishyuza kugeza uyu munsi, n'ibyo abatinda kwishyura bongeraho. Nta cyandikwa utarabyemeza.
billing-due = Amasezerano agejeje igihe
billing-nothing-due = Nta gikwiye kwishyuzwa uyu munsi.
billing-parked = { $count ->
    [one] Inyemezabuguzi imwe irategereje: umukiriya wayo yahabwa uyu munsi izirenze izo ikigo cyemera. Yirebe, hanyuma uyishyuze.
   *[other] Inyemezabuguzi { $count } ziritegereje: abakiriya bazo bahabwa uyu munsi izirenze izo ikigo cyemera. Zirebe, hanyuma uzishyuze.
}
billing-is-parked = irategereje umwanzuro wawe
billing-period = Igihe
billing-difference = Ugereranyije n'igihe cyabanje
billing-more = n'izindi { $count }
billing-late = Amande n'inyungu z'ubukererwe
billing-nothing-late = Nta gicibwa. Ibicibwa bigenwa mu igenamiterere: inyungu z'ubukererwe, amande, iminsi y'imbabazi.
billing-days = Iminsi
billing-interest = Inyungu
billing-fee = Amande
billing-contracts = Amasezerano
billing-no-contracts = Nta ariho. "ideni contract add" ni yo iyandika.
billing-lasts = Kuva
billing-billed-to = Yishyujwe kugeza
do-bill-contracts = { $count ->
    [one] Andika inyemezabuguzi imwe
   *[other] Andika inyemezabuguzi { $count }
}
do-bill-parked = Andika n'izitegereje
do-raise-late-charges = Ca amande ku nyemezabuguzi { $count }
done-contracts-billed = Ibyari bigejeje igihe byishyujwe.
done-late-charges-raised = Amande y'ubukererwe yaciwe.
word-contract = Amasezerano
contract-line = { $what }, { $from } kugeza { $until }
late-interest-line = Inyungu kuri { $invoice }: iminsi { $days } kuri { $rate } % ku mwaka
late-fee-line = Amande y'ubukererwe kuri { $invoice }
invoice-certificates = Imisoro yafatiriwe
certificate-say = Vuga uko byagenze
certificate-said = Inomero y'icyemezo, igihe cy'imenyekanisha, cyangwa impamvu
certificate-what = Ibyo umukiriya yafatiriye ntibyarengeje igihe; hategerejwe icyemezo cyabyo. Nta mubare utanzwe, hafatwa ibyo ubwo bwoko bukura ku nyemezabuguzi.
certificate-kind = Icyafatiriwe
certificate-awaited = hategerejwe icyemezo
certificate-on-file = cyarabonetse
certificate-claimed = cyakuwe mu musoro
certificate-refused = cyaranzwe
certificate-settled = byishyuwe ukundi
do-certificate-await = Tegereza icyemezo
do-certificate-file = Cyabonetse
do-certificate-claim = Cyakuwe mu imenyekanisha
do-certificate-refuse = Nta gihari
done-certificate-saved = Icyemezo cyanditswe.
word-awaited = hategerejwe icyemezo
title-certificates = Ibyemezo by'imisoro yafatiriwe
invoice-bill-to = Yahawe
invoice-beneficiary = Umugenerwabikorwa
invoice-credits = Igabanya inyemezabuguzi
invoice-opening = Iri mu ntangiriro y'igitabo
invoice-credit-notes = Inyandiko zigabanya inyemezabuguzi
invoice-notices = Ubutumwa bwibutsa
seen-as-of = Uko byari ku wa { $day }.
seen-as-known = Uko byari ku wa { $day }, nk'uko byari bizwi ku wa { $at }.
seen-not-yet = Yari itarabaho.
seen-now = Uko bimeze ubu

# The ledger.
ledger-title = Ibyanditswe mu bitabo
ledger-what = Ibyanditswe mu bitabo kuri yo, muri debi no muri keredi.
ledger-account = Konti
ledger-cause = Impamvu
ledger-debit = Debi
ledger-credit = Keredi
cause-invoice = inyemezabuguzi
cause-credit-note = inyandiko igabanya inyemezabuguzi
cause-receipt = ubwishyu
cause-identification = uwishyuye yamenyekanye
cause-settlement = iyishyurwa
cause-opening = intangiriro y'igitabo
cause-refund = isubizwa ry'amafaranga

# Receipts. States agree with the receipt, the money received.
page-receipts = Ubwishyu
receipts-none = Nta mafaranga arinjira. Injiza inyandiko ya banki cyangwa ya mobile money yawe.
receipts-none-fit = Nta bwishyu buhuye n'ibi byose.
receipt-unnamed = nta ndango
receipt-state-unidentified = uwishyuye ntazwi
receipt-state-unapplied = buri kuri konti
receipt-state-applied = bwahujwe
receipt-state-refunded = bwasubijwe
receipt-from = Buvuye kwa
receipt-left = Asigaye guhuzwa
receipt-became = Ibyabukorewe
receipt-untouched = Nta kirabukorerwa.
receipt-identified = Uwishyuye yamenyekanye
receipt-line = Umurongo w'inyandiko ya banki
receipt-text = Amagambo
receipt-balance-after = Asigaye nyuma
receipt-taken-in = Bwinjijwe ku wa
receipt-no-line = Nta murongo w'inyandiko ya banki bufite: bwanditswe n'umuntu, cyangwa bwavuye muri dosiye y'ubwishyu.
receipt-next-exception = Ubukurikira butegereje

# Receipts that wait.
page-exceptions = Ubwishyu butegereje
exceptions-what = Buri bwishyu buri kumwe n'icyo bwakoreshwa, n'impamvu. Nta gihuzwa utarabyemeza.
exceptions-nobodys = Uwishyuye ntazwi
exceptions-on-account = Buri kuri konti
exceptions-none = Nta gitegereje hano. Inyandiko ya banki itaha ishobora kugira icyo izana.
exceptions-same-amount = Aya mafaranga neza ni yo asigaye kwishyurwa kuri:
exceptions-other-invoice = Indi nyemezabuguzi
exceptions-whose = Vuga nyirabwo
exceptions-find-customer = Shakisha umukiriya
exceptions-no-customer = Nta mukiriya uhuye n'ibyo.
proposal-sure = birazwi neza
proposal-proposed = icyifuzo
proposal-none = nta cyifuzo
do-apply-proposal = Huza uko byifujwe
do-identify = Ni ubwabo
done-receipt-applied = Ubwishyu bwahujwe.
done-receipt-identified = Uwishyuye yamenyekanye. Ibyo yakwishyura biri iruhande.

# The ageing.
ageing-by = Umurongo kuri
ageing-by-customer = umukiriya
ageing-by-invoice = inyemezabuguzi
ageing-by-segment = itsinda ry'abakiriya
ageing-by-currency = ifaranga
ageing-all = Ibisigaye kwishyurwa byose
ageing-known-at = Nk'uko byari bizwi ku wa
ageing-known-at-what = Ibyanditswe nyuma ntibibarwa: igisubizo cyatanzwe icyo gihe. Ku isaha y'isosiyete, ku munota.
ageing-buckets = Imbibi z'iminsi y'ubukererwe
ageing-nothing = Nta gisigaye kwishyurwa hano.
ageing-unidentified = Ayinjiye, uwishyuye ntazwi:
ageing-items = Ibyiciro bisigaye kwishyurwa: { $count }, { $amount }
do-credit-invoice = Gabanya inyemezabuguzi
do-post-credit-note = Andika inyandiko igabanya mu bitabo
credit-what = Hasigaye { $left } bishobora kugabanywa; iyo nta mafaranga cyangwa ingano byanditswe, byose.
credit-amount = Amafaranga arimo umusoro
credit-explanation = Ibyabaye, n'ikibihamya
credit-left = Ibisigaye
credit-quantity = Ingano igabanywa
done-credit-note-posted = Inyandiko igabanya yanditswe mu bitabo.
done-credit-note-asked = Undi muntu asabwe kwemeza inyandiko igabanya.
credit-reason-missing-quantity = ingano ibura
credit-reason-missing-item = igicuruzwa kibura
credit-reason-damaged = cyangiritse
credit-reason-wasted = cyapfuye ubusa
credit-reason-shortage = ibikoresho fatizo bidahagije
credit-reason-returned = cyasubijwe
credit-reason-wrong-tin = TIN y'umukiriya itari yo
credit-reason-wrong-name = izina ry'umukiriya ritari ryo
credit-reason-wrong-price = igiciro kitari cyo
credit-reason-wrong-quantity = ingano itari yo
credit-reason-wrong-item = igicuruzwa kitari cyo
credit-reason-wrong-tax = icyiciro cy'umusoro kitari cyo
credit-reason-other = ikindi
