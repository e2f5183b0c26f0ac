# needs a native reader
# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Menyu kuu
script-lost = Muunganisho umekatika. Ulichoandika bado kipo, na kujaribu tena ni salama.
script-retry = Jaribu tena
script-close = Funga
script-leave = Ulichoandika hakijahifadhiwa. Ukiache?
script-restored = Maandishi yako ambayo hayakutumwa yamerudi.
script-discard = Yafute
script-keys = Vitufe vya ukurasa huu
script-walk = mstari unaofuata na uliotangulia
script-choose = chagua mstari

# Charts.
chart-nothing = Hakuna cha kuchora bado.
chart-trend = Kutoka { $from } ({ $first }) hadi { $to } ({ $last }); chini kabisa { $low }, juu kabisa { $high }.
chart-period = Kipindi
chart-low = Chini
chart-likely = Inayotarajiwa
chart-high = Juu

# Search.
search-what = Unatafuta nini?
do-search = Tafuta
search-how = Lolote kati ya haya linatosha, kwa tahajia yoyote: jina au sehemu yake, msimbo wa mteja, nambari ya simu au tarakimu zake nne za mwisho, nambari ya mlipakodi (TIN), barua pepe, nambari ya ankara au ya malipo, kiasi kamili.
search-nothing = Hakuna kilichopatikana kwa "{ $text }".
search-more = Vipo vingine vinavyofanana. Andika zaidi ili kuviona.
search-facts = Maelezo
search-found-by = Imepatikana kwa
search-tin = TIN { $tin }
search-open = { $amount } imebaki kulipwa
search-customers = Wateja
search-invoices = Ankara na hati za kupunguza deni (credit note)
search-receipts = Malipo
found-nearly = { $what }, tahajia inayokaribiana
found-by-code = msimbo
found-by-number = nambari
found-by-reference = kumbukumbu
found-by-tin = nambari ya mlipakodi (TIN)
found-by-payment-code = msimbo wa malipo
found-by-phone = simu
found-by-email = barua pepe
found-by-name = jina
found-by-person = mtu aliyeko huko
found-by-payer = mlipaji
found-by-open-amount = kiasi kilichobaki
found-by-amount = kiasi

# Lists.
list-all = zote
list-clear = Ondoa kichujio
list-customer-code = Msimbo wa mteja
list-from = Kuanzia
list-until = Hadi
list-first-page = Ukurasa wa kwanza
list-next-page = Ukurasa unaofuata
list-previous-page = Ukurasa uliotangulia
list-walked-to = Imetafutwa hadi { $day } kwa sasa. Ukurasa unaofuata unatafuta nyuma zaidi.
field-state = hali
field-as-of = siku
field-known-at = ilijulikana
field-by = mstari kwa kila
field-page = ukurasa
done-by = { $user }, { $at }
word-yes = ndiyo

# Invoices. States agree with the invoice.
page-invoices = Ankara
invoices-none = Hakuna ankara iliyoandikwa bado. Ingiza ulizonazo kutoka kwenye faili.
invoices-none-fit = Hakuna ankara inayolingana na haya yote.
invoice-state-open = haijalipwa
invoice-state-overdue = imechelewa kulipwa
invoice-state-settled = imelipwa yote
invoice-state-disputed = ina mgogoro
invoice-state-awaited = cheti kinasubiriwa
invoice-issued-on = Ilitolewa
invoice-posted-on = Iliandikwa vitabuni
invoice-lines = Mistari
line-what = Kitu
line-quantity = Idadi
line-price = Bei kwa kila moja
line-tax-class = Daraja la kodi
invoice-net = Kabla ya kodi
line-tax = Kodi
invoice-instalments = Awamu za malipo
invoice-instalment = awamu ya { $number }
do-new-invoice = Ankara mpya
invoice-new-what = Andika mistari, kokotoa ankara, kisha iingize vitabuni. Msimbo, jina, TIN au simu husema nani anatozwa; bila tarehe ya kulipa, masharti ya mteja yanatumika.
prices = Bei
prices-net = bila kodi
prices-gross = pamoja na kodi
line-unit = Kipimo
line-discount = Punguzo
do-work-out = Kokotoa
do-post-invoice = Ingiza ankara vitabuni
do-more-lines = Mistari zaidi
done-invoice-posted = Ankara imeingizwa vitabuni.
done-invoice-posted-twin = Ankara imeingizwa vitabuni. Nyingine ya mteja yuleyule, tarehe na jumla ileile inasema sawa: angalia kama haikutozwa mara mbili.
invoice-instalment-head = Awamu
invoice-moved = Kilichoibadilisha
invoice-not-moved = Hakuna kilicholipwa wala kupunguzwa bado.
invoice-facts = Kuihusu
invoice-terms = Masharti
invoice-early = Kulipa mapema
invoice-early-offer = hadi { $day }: { $amount } inatosha, punguzo { $discount }
do-print = Chapisha
do-print-statement = Taarifa ya akaunti
page-billing = Ya kutoza
billing-what = Mikataba inachotoza hadi leo, na wanachodaiwa zaidi wanaochelewa kulipa. Hakuna kinachoandikwa kabla hujakubali.
billing-due = Mikataba iliyofika
billing-nothing-due = Hakuna cha kutoza leo.
billing-parked = { $count ->
    [one] Ankara moja inasubiri: mteja wake angepata leo zaidi ya kampuni inavyoruhusu. Iangalie, kisha itoze.
   *[other] Ankara { $count } zinasubiri: wateja wake wangepata leo zaidi ya kampuni inavyoruhusu. Ziangalie, kisha zitoze.
}
billing-is-parked = inakusubiri
billing-period = Kipindi
billing-difference = Kulinganisha na kipindi kilichopita
billing-more = na nyingine { $count }
billing-late = Ada na riba za kuchelewa
billing-nothing-late = Hakuna cha kutoza. Kinachotozwa huamuliwa kwenye mipangilio: riba ya kuchelewa, ada, siku za msamaha.
billing-days = Siku
billing-interest = Riba
billing-fee = Ada
billing-contracts = Mikataba
billing-no-contracts = Bado hakuna. “ideni contract add” huandika mmoja.
billing-lasts = Kuanzia
billing-billed-to = Imetozwa hadi
do-bill-contracts = { $count ->
    [one] Andika ankara moja
   *[other] Andika ankara { $count }
}
do-bill-parked = Andika na zinazosubiri
do-raise-late-charges = Toza kuchelewa kwa ankara { $count }
done-contracts-billed = Kilichofika kimetozwa.
done-late-charges-raised = Ada za kuchelewa zimetozwa.
word-contract = Mkataba
contract-line = { $what }, { $from } hadi { $until }
late-interest-line = Riba kwa { $invoice }: siku { $days } kwa { $rate } % kwa mwaka
late-fee-line = Ada ya kuchelewa kwa { $invoice }
invoice-certificates = Kodi iliyozuiwa
certificate-say = Sema kilichotokea
certificate-said = Namba ya hati, kipindi cha ritani, au sababu
certificate-what = Alichozuia mteja hakijachelewa; cheti chake kinasubiriwa. Bila kiasi, ni kile aina hiyo huchukua kwenye ankara.
certificate-kind = Kilichozuiwa
certificate-awaited = cheti kinasubiriwa
certificate-on-file = kimepokelewa
certificate-claimed = kimedaiwa
certificate-refused = kimekataliwa
certificate-settled = kimelipwa vinginevyo
do-certificate-await = Subiri cheti
do-certificate-file = Kipo hapa
do-certificate-claim = Kimedaiwa kwenye ritani
do-certificate-refuse = Hakipo
done-certificate-saved = Cheti kimeandikwa.
word-awaited = cheti kinasubiriwa
title-certificates = Vyeti vya kodi iliyozuiwa
invoice-bill-to = Imetumwa kwa
invoice-beneficiary = Mnufaika
invoice-credits = Inapunguza ankara
invoice-opening = Sehemu ya mizania ya kufungulia
invoice-credit-notes = Hati za kupunguza deni (credit note)
invoice-notices = Vikumbusho
seen-as-of = Kama ilivyokuwa { $day }.
seen-as-known = Kama ilivyokuwa { $day }, kama ilivyojulikana { $at }.
seen-not-yet = Haikuwepo bado.
seen-now = Kama ilivyo sasa

# The ledger.
ledger-title = Maingizo ya leja
ledger-what = Kilichoandikwa vitabuni kwa ajili yake, debiti na krediti.
ledger-account = Akaunti
ledger-cause = Kwa ajili ya
ledger-debit = Debiti
ledger-credit = Krediti
cause-invoice = ankara
cause-credit-note = hati ya kupunguza deni (credit note)
cause-receipt = malipo
cause-identification = mlipaji ametambuliwa
cause-settlement = ulipaji
cause-opening = mizania ya kufungulia
cause-refund = urejeshaji wa fedha

# Receipts. States agree with the receipt, the money received.
page-receipts = Malipo
receipts-none = Hakuna fedha zilizoingia bado. Ingiza taarifa ya benki au ya pesa za simu.
receipts-none-fit = Hakuna malipo yanayolingana na haya yote.
receipt-unnamed = bila kumbukumbu
receipt-state-unidentified = mlipaji hajulikani
receipt-state-unapplied = yako kwenye akaunti
receipt-state-applied = yameoanishwa
receipt-state-refunded = yamerejeshwa
receipt-from = Kutoka kwa
receipt-left = Kilichobaki kuoanishwa
receipt-became = Kilichofanyika nayo
receipt-untouched = Hakuna kilichofanyika nayo bado.
receipt-identified = Mlipaji amejulikana
receipt-line = Mstari wa taarifa
receipt-text = Maandishi
receipt-balance-after = Salio baadaye
receipt-taken-in = Yaliingizwa
receipt-no-line = Hayana mstari wa taarifa: mtu aliyaandika, au yalitoka kwenye faili la malipo.
receipt-next-exception = Yanayofuata yanayosubiri

# Receipts that wait.
page-exceptions = Malipo yanayosubiri
exceptions-what = Kila malipo yako kando ya kinachoweza kufanyika nayo, na kwa nini. Hakuna kinachooanishwa kabla hujakubali.
exceptions-nobodys = Mlipaji hajulikani
exceptions-on-account = Kwenye akaunti
exceptions-none = Hakuna kinachosubiri hapa. Taarifa ijayo inaweza kuleta kitu.
exceptions-same-amount = Kiasi hiki hasa kimebaki kulipwa kwenye:
exceptions-other-invoice = Ankara nyingine
exceptions-whose = Sema ni ya nani
exceptions-find-customer = Tafuta mteja
exceptions-no-customer = Hakuna mteja anayelingana na hilo.
proposal-sure = hakika
proposal-proposed = pendekezo
proposal-none = hakuna pendekezo
do-apply-proposal = Oanisha kama ilivyopendekezwa
do-identify = Ni yao
done-receipt-applied = Malipo yameoanishwa.
done-receipt-identified = Mlipaji amejulikana sasa. Kinachoweza kulipwa kiko kando.

# The ageing.
ageing-by = Mstari kwa kila
ageing-by-customer = mteja
ageing-by-invoice = ankara
ageing-by-segment = kundi la wateja
ageing-by-currency = sarafu
ageing-all = Yote yaliyobaki kulipwa
ageing-known-at = Kama ilivyojulikana
ageing-known-at-what = Kilichoandikwa baadaye hakihesabiwi: jibu lililotolewa wakati huo. Kwa saa ya kampuni, hadi dakika.
ageing-buckets = Mipaka ya siku za kuchelewa
ageing-nothing = Hakuna deni lililobaki hapa.
ageing-unidentified = Fedha zilizoingia, mlipaji hajulikani:
ageing-items = Awamu zilizobaki kulipwa: { $count }, { $amount }
do-credit-invoice = Punguza ankara
do-post-credit-note = Ingiza hati ya mkopo vitabuni
credit-what = Imebaki { $left } ya kupunguza; bila kiasi wala idadi, yote.
credit-amount = Kiasi pamoja na kodi
credit-explanation = Kilichotokea, na kinachothibitisha
credit-left = Kilichobaki
credit-quantity = Idadi ya kupunguza
done-credit-note-posted = Hati ya mkopo imeingizwa vitabuni.
done-credit-note-asked = Mtu wa pili ameombwa kuidhinisha hati ya mkopo.
credit-reason-missing-quantity = idadi pungufu
credit-reason-missing-item = bidhaa haipo
credit-reason-damaged = imeharibika
credit-reason-wasted = imepotea
credit-reason-shortage = malighafi pungufu
credit-reason-returned = imerudishwa
credit-reason-wrong-tin = TIN ya mteja si sahihi
credit-reason-wrong-name = jina la mteja si sahihi
credit-reason-wrong-price = bei si sahihi
credit-reason-wrong-quantity = idadi si sahihi
credit-reason-wrong-item = bidhaa si sahihi
credit-reason-wrong-tax = daraja la kodi si sahihi
credit-reason-other = nyingine
